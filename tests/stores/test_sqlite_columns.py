"""What SQLite counts by in memory is what the file holds, whatever was written, written anew and taken out."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from stores.query import Query, parse
from stores.query.tree import Everything
from stores.sqlite import columns
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.store import Histogram, Interval, Moment, Said

EVERYTHING = Query("*", Everything())
TALK = "“We need rain,” said Ann Lee. “Rain again,” Bob Ray said. “No,” said Ann Lee."
SAID = [("We need rain,", "Ann Lee"), ("Rain again,", "Bob Ray"), ("No,", "Ann Lee")]
# Of several portions, also before 1970; two in one millisecond, and one that is moved behind them.
seen = st.sampled_from([
    NOON, NOON, NOON + timedelta(milliseconds=1), NOON - timedelta(days=3), datetime(1969, 12, 31, 23, 59, tzinfo=UTC)
])  # fmt: skip
dates = st.one_of(st.none(), seen, st.integers(-400, 30).map(lambda hours: NOON + timedelta(hours=hours)))


@st.composite
def articles(draw: st.DrawFn) -> WireArticle:
    return wire_article(
        draw(st.sampled_from("abcdef")),
        TALK,
        said=draw(st.lists(st.sampled_from(SAID), max_size=3, unique=True)),
        first_seen=draw(seen),
        published=draw(dates),
        source=draw(st.sampled_from(["one.org", "two.org", None])),
    )


changes = st.one_of(
    st.lists(articles(), min_size=1, max_size=4),
    st.sampled_from("abcdef"),  # forgotten
    seen,  # what is older is expired
)


@pytest.fixture
def all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even the fewest are not looked up in the file."""
    monkeypatch.setattr(columns, "_FEW", -1)


@settings(max_examples=25)
@given(st.lists(changes, min_size=1, max_size=8))
def test_counts_are_those_of_the_articles_that_are_there(given: Sequence[object]) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(columns, "_FEW", -1)
        path = Path(folder) / "store.db"
        database, beside = Database(path), Database(path)
        store, other = EmbeddedStore(database), EmbeddedStore(beside)
        for change in given:
            _made(store, change)
            for one in (store, other):  # another process reads the same
                _check(one)
        beside.close()
        database.close()


def _made(store: EmbeddedStore, change: object) -> None:
    match change:
        case list():
            store.write(change)
        case str():
            store.forget(change)
        case datetime():
            store.expire(change)


def _check(store: EmbeddedStore) -> None:
    there = [article for id in store.ids() if (article := store.get(id)) is not None]
    store.histogram(EVERYTHING)
    assert len(store._kept._whole.rowids) == len(there)  # what was taken out takes no memory
    for interval in ("hour", "day"):
        for moment in ("published", "first_seen"):
            assert store.histogram(EVERYTHING, interval, moment) == _histogram(there, interval, moment)
    told = {one.name: one for one in store.speakers(Said())}
    said = Counter(quote.speaker.name for article in there for quote in article.quotes if quote.speaker)
    assert {name: one.quotes for name, one in told.items()} == said
    for name, one in told.items():
        assert store.speakers(Said(person=name)) == (one,)
        quoting = [article for article in there if any(q.speaker and q.speaker.name == name for q in article.quotes)]
        published = [article.published for article in quoting if article.published]
        assert one.articles == len(quoting)
        assert one.first_seen == min(article.first_seen for article in quoting)
        assert (one.first_published, one.last_published) == (
            min(published, default=None), max(published, default=None)
        )  # fmt: skip
        sources = Counter(
            article.source
            for article in quoting
            for q in article.quotes
            if article.source and q.speaker and q.speaker.name == name
        )
        assert dict(one.sources) == sources


def _histogram(there: Sequence[WireArticle], interval: Interval, moment: Moment) -> Histogram:
    found = [getattr(article, moment) for article in there]
    hour = {"hour": None, "day": 0}[interval]
    starts = Counter(
        date.replace(minute=0, second=0, microsecond=0, **({} if hour is None else {"hour": hour}))
        for date in found
        if date is not None
    )
    return Histogram(tuple(sorted(starts.items())), found.count(None))


def test_one_that_was_begun_before_a_change_sees_what_was(tmp_path: Path, all_kept: None) -> None:
    database = Database(tmp_path / "store.db")
    store = EmbeddedStore(database)
    store.write([wire_article("a", published=NOON)])
    older = database.read
    older.execute("BEGIN")
    before = store._kept.of(older, columns.read_numbers(str(older.execute("SELECT rowid FROM articles").fetchone()[0])))
    with Database(tmp_path / "store.db").write() as connection:
        connection.execute("UPDATE articles SET published = published + 1")
    again = store._kept.of(older, before.rowids)
    older.execute("COMMIT")
    assert again.published.tolist() == before.published.tolist()
    assert store._kept.of(older, before.rowids).published.tolist() == (before.published + 1).tolist()
    database.close()


def test_a_file_of_before_is_counted_in_every_portion(tmp_path: Path, all_kept: None) -> None:
    days = [NOON - timedelta(days=number * 5) for number in range(20)]
    database = Database(tmp_path / "store.db")
    store = EmbeddedStore(database)
    store.write([wire_article(f"a{at}", TALK, said=SAID, published=day, first_seen=day) for at, day in enumerate(days)])
    wanted, people = store.histogram(EVERYTHING), store.speakers(Said())
    database.create(
        "DROP TABLE portions; DROP TRIGGER articles_insert; DROP TRIGGER articles_delete; DROP TRIGGER articles_update;"
        "CREATE INDEX quotes_speaker ON quotes(speaker); CREATE INDEX quotes_speaker_id ON quotes(speaker_id)"
    )
    database.close()
    database = Database(tmp_path / "store.db")
    store = EmbeddedStore(database)
    assert (store.histogram(EVERYTHING), store.speakers(Said())) == (wanted, people)
    assert len(wanted.bars) == len(days)
    store.write([wire_article("b", published=NOON - timedelta(days=2), first_seen=NOON - timedelta(days=2))])
    assert len(store.histogram(EVERYTHING).bars) == len(days) + 1
    database.close()


def test_few_and_many_are_counted_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path / "store.db")
    store = EmbeddedStore(database)
    store.write(
        [
            wire_article(
                f"a{at}",
                "rain" if at % 2 else "snow",
                published=NOON if at % 3 else None,
                first_seen=NOON - timedelta(days=at),
            )
            for at in range(9)
        ]
    )
    rain = parse("rain", NOON)
    few = store.histogram(rain), store.histogram(rain, "hour", "first_seen")
    monkeypatch.setattr(columns, "_FEW", -1)
    assert (store.histogram(rain), store.histogram(rain, "hour", "first_seen")) == few
    database.close()
