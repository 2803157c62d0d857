"""What was appended last is read from memory: the same as from the file, and never what the file has not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.local.log import Log
from runtime.local.recent import Appended, Recent
from runtime.local.retention import forget
from runtime.memory import MemorySink
from schemas.article import Article
from schemas.ledger import Forgotten
from schemas.outcome import Output
from schemas.topics import ARTICLES, FORGOTTEN, TOKENS
from stores.sqlite.database import Database

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "log.db")
    yield made
    made.close()


def article(id: str, revision: str = "1") -> Article:
    return Article(id=id, revision=revision, title="T", text=f"Text {id}.", original="O", fetched_at=NOW)


def publish(log: Log, *articles: Article) -> None:
    log.publish([Output(ARTICLES, one) for one in articles])


def read(log: Log) -> list[tuple[int, Article]]:
    return [(entry.offset, entry.record) for entry in log.read(ARTICLES, 0, 100)]  # type: ignore[misc]  # articles


def test_what_is_read_from_memory_is_what_the_file_has(database: Database) -> None:
    log = Log(database)
    told = article("a")
    publish(log, told, article("b"), article("a", "2"))
    assert read(log) == read(Log(database))
    assert read(log)[0][1] is told


def test_what_was_not_committed_is_not_read(database: Database) -> None:
    log = Log(database)
    with pytest.raises(AttributeError):
        log.publish([Output(ARTICLES, article("a")), Output(TOKENS, article("x"))])  # which has no name
    publish(log, article("b"))
    assert read(log) == [(0, article("b"))]


def test_what_was_forgotten_is_not_read_and_not_kept(database: Database) -> None:
    log = Log(database)
    publish(log, article("a"), article("b"))
    forget(log, database, MemorySink(), "a", NOW)
    assert [one.id for _, one in read(log)] == ["b"]
    assert read(log) == read(log)
    assert log.get(FORGOTTEN, "a", Forgotten) is not None
    assert log._recent.get(ARTICLES, 0) is None  # nothing else shows it


def test_the_first_make_room_for_the_last() -> None:
    recent = Recent(most=1000)
    for number in range(10):
        recent.keep([Appended(ARTICLES, number, article(str(number)), 300)])
    kept = [number for number in range(10) if recent.get(ARTICLES, number) is not None]
    assert kept == [8, 9]
