"""What is the embedded store's own: bodies stored once, an index that never drifts, short transactions, a full disk."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from generated_news import article
from wire_articles import NOON, wire_article

from schemas.article import Quote, WireArticle
from schemas.outcome import Done, Hold
from stores.analysis import GENERATION
from stores.document import MOST_QUOTES
from stores.query import parse
from stores.sqlite import bodies, searching
from stores.sqlite import reindex as reindex_module
from stores.sqlite import terms as terms_module
from stores.sqlite.database import Database
from stores.sqlite.reindex import reindex
from stores.sqlite.searching import articles_of
from stores.sqlite.store import EmbeddedStore


def _bodies(database: Database) -> int:
    return int(database.read.execute("SELECT count(*) FROM bodies").fetchone()[0])


def _check_index(database: Database) -> None:
    """Raises where the full-text index disagrees with itself."""
    with database.write() as connection:
        for table in ("article_terms", "quote_terms"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES('integrity-check')")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "store.db")
    yield database
    database.close()


def test_a_body_is_stored_once_whoever_refers_to_it(database: Database) -> None:
    store = EmbeddedStore(database)
    store.write([wire_article("a", "The same text."), wire_article("b", "The same text."), wire_article("c", "Other.")])
    assert _bodies(database) == 2
    with database.write() as connection:
        assert bodies.put(connection, "The same text.", None) == bodies.put(connection, "The same text.", None)
        assert bodies.put(connection, "x", "y\nz") != bodies.put(connection, "x\ny", "z")
        assert bodies.put(connection, "The same text.", "was") != bodies.put(connection, "The same text.", None)


def test_only_bodies_that_nobody_refers_to_are_collected(database: Database) -> None:
    store = EmbeddedStore(database)
    database.create("CREATE TABLE log(offset INTEGER PRIMARY KEY, body_id INTEGER)")
    with database.write() as connection:
        held, loose = bodies.put(connection, "held", None), bodies.put(connection, "loose", "original")
        connection.execute("INSERT INTO log VALUES(1, ?)", (held,))
        assert bodies.collect(connection) == 1
        assert bodies.get(connection, held) == ("held", None)
        with pytest.raises(KeyError):
            bodies.get(connection, loose)
    store.write([wire_article("a", "held")])
    with database.write() as connection:
        connection.execute("DELETE FROM log")
        assert bodies.collect(connection) == 0
    store.forget("a")
    assert _bodies(database) == 0


def test_a_body_of_any_text_comes_back(database: Database) -> None:
    EmbeddedStore(database)
    with database.write() as connection:
        for text in ("", "\ud800 lone", "🚀" * 1000, "a\0b"):
            assert bodies.get(connection, bodies.put(connection, text, text)) == (text, text)


def test_the_index_stays_sound_through_updates_and_deletions(database: Database) -> None:
    from random import Random

    random = Random(7)
    store = EmbeddedStore(database)
    for round_ in range(3):
        changed = [
            article(number, random).model_copy(update={"fetched_at": NOON + timedelta(seconds=round_)})
            for number in range(30)
        ]
        assert store.write(changed) == [Done()] * 30
        _check_index(database)
    for number in range(0, 30, 2):
        store.forget(f"A{number}")
    _check_index(database)
    store.expire(NOON + timedelta(days=1))
    _check_index(database)
    assert store.count() == _bodies(database) == 0
    left = database.read.execute("SELECT count(*) FROM article_terms WHERE article_terms MATCH 'said'").fetchone()[0]
    assert left == 0


def test_a_reopened_file_knows_everything(tmp_path: Path) -> None:
    first = Database(tmp_path / "store.db")
    EmbeddedStore(first).write([wire_article("a", "Tomahawk.")])
    first.close()
    second = Database(tmp_path / "store.db")
    assert EmbeddedStore(second).search(parse("tomahawk", NOON)).total == 1
    second.close()


def test_an_answer_is_of_one_moment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore(database)
    store.write([wire_article("a", "Tomahawk.")])

    def while_it_is_forgotten(connection: sqlite3.Connection, rowids: Sequence[int]) -> list[WireArticle]:
        assert store.forget("a")
        return articles_of(connection, rowids)

    monkeypatch.setattr(searching, "articles_of", while_it_is_forgotten)
    assert [one.id for one in store.search(parse("tomahawk", NOON)).articles] == ["a"]
    assert store.get("a") is None


def test_a_long_batch_is_written_in_short_transactions(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store, entered = EmbeddedStore(database), []
    write = database.write

    @contextmanager
    def counted() -> Iterator[sqlite3.Connection]:
        entered.append(1)
        with write() as connection:
            yield connection

    monkeypatch.setattr(database, "write", counted)
    long = "word " * 5_000
    store.write([wire_article(f"a{number}", long) for number in range(9)])
    assert len(entered) == 9


def test_a_full_disk_holds(database: Database) -> None:
    store = EmbeddedStore(database)
    with database.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")
    many = [wire_article(f"a{number}", f"{number} " * 3_000) for number in range(40)]
    with pytest.raises(Hold, match="full"):
        store.write(many)
    with database.write() as connection:
        connection.execute("PRAGMA max_page_count=100000")
    assert store.write(many) == [Done()] * 40
    _check_index(database)


def test_more_quotes_than_can_be_numbered_are_cut(database: Database) -> None:
    text = "“a”" * (MOST_QUOTES + 5)
    quotes = tuple(Quote(start=3 * n + 1, end=3 * n + 2, kind="direct") for n in range(MOST_QUOTES + 5))
    store = EmbeddedStore(database)
    store.write([wire_article("a", text, quotes=quotes)])
    found = store.get("a")
    assert isinstance(found, WireArticle)
    assert len(found.quotes) == MOST_QUOTES
    assert store.count(parse("quotes:(a)", NOON)) == 1


def test_articles_of_one_moment_keep_the_order_they_came_in(database: Database) -> None:
    store = EmbeddedStore(database)
    store.write([wire_article(f"a{number}") for number in range(5)])
    found = store.search(parse("*", NOON)).articles
    assert [one.id for one in found] == ["a4", "a3", "a2", "a1", "a0"]


def test_a_new_analyser_indexes_everything_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore(database)
    store.write([wire_article(f"a{number}", f"Missiles {number}") for number in range(25)])
    monkeypatch.setattr(terms_module, "terms_in", lambda text, own: [word.lower()[::-1] for word in text.split()])
    reindex(database, generation=GENERATION + 1)
    query = parse("title:x OR text:selissim", NOON)
    assert store.count(query) == 25
    assert store.count(parse("missiles", NOON)) == 0
    _check_index(database)


def test_an_interrupted_reindex_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore(database)
    store.write([wire_article(f"a{number}", "Missiles") for number in range(25)])
    some, calls = reindex_module._some, iter(range(2))

    def twice(connection: sqlite3.Connection, below: int) -> int:
        next(calls)
        return some(connection, below)

    with monkeypatch.context() as broken:
        broken.setattr(reindex_module, "_some", twice)
        with pytest.raises(StopIteration):
            reindex(database, generation=GENERATION + 1)
    assert 0 < store.count(parse("missile", NOON)) < 25
    reindex(database, generation=GENERATION + 1)
    assert store.count(parse("missile", NOON)) == 25
    _check_index(database)


def test_a_commit_that_fails_takes_nothing_later_with_it(tmp_path: Path) -> None:
    database = Database(tmp_path / "other.db")
    database.create(
        "CREATE TABLE a(id INTEGER PRIMARY KEY); CREATE TABLE b(a REFERENCES a(id) DEFERRABLE INITIALLY DEFERRED)"
    )
    with pytest.raises(sqlite3.IntegrityError), database.write() as connection:
        connection.execute("INSERT INTO b VALUES(1)")
    with database.write() as connection:
        connection.execute("INSERT INTO a VALUES(2)")
    assert [tuple(row) for row in database.read.execute("SELECT * FROM a")] == [(2,)]
    assert not database.read.execute("SELECT * FROM b").fetchall()
    database.close()
