"""What keeps the file small, and what takes an article out: on a real file, by a fake clock."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from plain_stage import plain_stage

from runtime.local.ledger import ledger
from runtime.local.log import Log
from runtime.local.retention import forget, prune, retire
from runtime.local.worker import Workers
from runtime.memory import DefaultSettings, MemorySink
from runtime.metrics import Metrics
from runtime.services import ProcessServices
from schemas.alert import Delivery
from schemas.article import Article, Enriched, WireArticle
from schemas.outcome import Dead, Done, Outcome, Output
from schemas.stage import Stage
from schemas.story import StoryMember
from schemas.topics import ARTICLES, DEAD, DELIVERIES, ENRICHED, STORIES
from stores.sqlite.database import WAL_BYTES, Database
from stores.sqlite.store import EmbeddedStore
from stores.stages import IndexStep
from wirewatch.pipeline import topology

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "wire.db")
    yield made
    made.close()


@pytest.fixture
def log(database: Database, clock: Clock) -> Log:
    return Log(database, clock)


@pytest.fixture
def store(database: Database) -> EmbeddedStore:
    return EmbeddedStore(database)


def article(identity: str, at: datetime = NOW) -> Article:
    return Article(id=identity, revision="1", title="T", text=f"Text of {identity}.", fetched_at=at)


def wire(one: Enriched) -> WireArticle:
    return WireArticle(**dict(one), story_id=one.id, first_seen=one.fetched_at)


def way(store: EmbeddedStore) -> tuple[Stage, Stage, Stage]:
    def enrich(batch: Sequence[Article]) -> list[Outcome]:
        return [Done((Output(ENRICHED, Enriched(**dict(one))),)) for one in batch]

    return (
        plain_stage("enrich", ARTICLES, enrich),
        plain_stage("index", ENRICHED, lambda batch: store.write([wire(one) for one in batch])),
        plain_stage("late", ENRICHED, lambda batch: [Done() for _ in batch]),
    )


def run(log: Log, *stages: Stage) -> None:
    runtime = Workers(stages, ProcessServices(DefaultSettings(), log, MemorySink), log, Metrics())
    runtime.start()
    runtime.drain()
    runtime.stop()


def count(database: Database, what: str) -> int:
    return int(database.read.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def test_the_log_is_pruned_behind_the_slowest_stage_and_bodies_stay_with_the_store(
    log: Log, database: Database, store: EmbeddedStore
) -> None:
    enrich, index, late = way(store)
    log.publish([Output(ARTICLES, article(str(number))) for number in range(700)])
    run(log, enrich, index)
    prune(database, (enrich, index, late))
    assert count(database, "log WHERE topic='articles'") == 0
    assert count(database, "log WHERE topic='enriched'") == 700  # `late` has read nothing yet
    run(log, late)
    prune(database, (enrich, index, late))
    assert count(database, "log") == 0
    assert count(database, "bodies") == 700
    kept = store.get("5")
    assert kept is not None
    assert kept.text == "Text of 5."


def test_a_pruned_log_goes_on_where_it_was(log: Log, database: Database, store: EmbeddedStore) -> None:
    stages = way(store)
    for identity in ("a", "b"):
        log.publish([Output(ARTICLES, article(identity))])
        run(log, *stages)
        prune(database, stages)
    assert store.get("b") is not None
    assert count(database, "position WHERE next=2") == 3


def test_retention_lets_go_of_all_that_is_older(
    log: Log, database: Database, store: EmbeddedStore, clock: Clock
) -> None:
    old = NOW - timedelta(days=40)
    clock.now = old
    log.publish([Output(ARTICLES, article("old", old)), Output(ARTICLES, article("dead", old))])
    stages = way(store)
    run(log, plain_stage("enrich", ARTICLES, lambda batch: [_end(one) for one in batch]), *stages[1:])
    log.publish(
        [
            Output(STORIES, StoryMember(id="old", story_id="old", first_seen=old, signature="")),
            Output(DELIVERIES, Delivery(id="told", subscription="s", status="delivered", at=old)),
        ]
    )
    clock.now = NOW
    log.publish([Output(ARTICLES, article("new"))])
    run(log, *stages)
    prune(database, stages)
    retire(database, NOW, days=0)
    assert store.get("old") is not None
    retire(database, NOW, days=30)
    IndexStep(ProcessServices(DefaultSettings(retention_days=30), log, lambda: store)).tick(NOW)
    assert (store.get("old") is None, store.get("new") is None) == (True, False)
    assert list(log.read(DEAD, 0, 10)) == []
    assert count(database, "state") == 0
    assert count(database, "bodies") == 1
    account = ledger(database, topology().way)
    assert (account.fetched, account.balanced) == (1, False)  # the way here has no stage named story


def _end(one: Article) -> Outcome:
    if one.id == "dead":
        return Dead("unlucky", "it rained")
    return Done((Output(ENRICHED, Enriched(**dict(one))),))


def test_forgetting_reaches_what_is_in_flight(log: Log, database: Database, store: EmbeddedStore) -> None:
    enrich, index, late = way(store)
    log.publish([Output(ARTICLES, article("a")), Output(ARTICLES, article("b"))])
    entries = log.batch(enrich)
    outcomes = enrich.open(None)([entry.record for entry in entries])
    assert forget(log, database, store, "a", NOW)  # between the step and its commit
    log.commit(enrich, entries, outcomes)
    run(log, index, late)
    assert (store.get("a") is None, store.get("b") is None) == (True, False)
    assert count(database, "bodies") == 1
    assert log.publish([Output(ARTICLES, article("a"))]).dropped == (("forgotten", 1),)
    assert not forget(log, database, store, "nobody", NOW)


def test_retention_gives_the_file_back(log: Log, database: Database, clock: Clock) -> None:
    clock.now = NOW - timedelta(days=40)
    for start in range(0, 4000, 500):
        ids = [f"{number}-{'x' * 500}" for number in range(start, start + 500)]
        log.publish(
            [Output(STORIES, StoryMember(id=id, story_id=id, first_seen=clock.now, signature="")) for id in ids]
        )
    clock.now = NOW
    full = _size(database)
    retire(database, NOW, days=30)
    assert count(database, "state") == 0
    assert _size(database) < full / 2


def test_a_long_reading_does_not_leave_a_long_write_ahead_log(log: Log, database: Database, tmp_path: Path) -> None:
    wal = tmp_path / "wire.db-wal"
    database.read.execute("BEGIN")
    database.read.execute("SELECT count(*) FROM state").fetchone()
    while wal.stat().st_size < 2 * WAL_BYTES:
        log.publish([Output(ARTICLES, article(f"{wal.stat().st_size}-{n}-{'x' * 20_000}")) for n in range(20)])
    database.read.execute("COMMIT")
    for number in range(3):  # one folds it into the file, the next begins it anew
        log.publish([Output(ARTICLES, article(f"after {number}"))])
    assert wal.stat().st_size <= WAL_BYTES


def test_the_last_days_of_a_topic_are_asked_for_by_its_newest_record(log: Log) -> None:
    seen = {"old": NOW - timedelta(days=400), "then": NOW - timedelta(days=100), "newest": NOW - timedelta(days=97)}
    log.publish(
        [Output(STORIES, StoryMember(id=id, story_id=id, first_seen=at, signature="")) for id, at in seen.items()]
    )
    found = log.scan(STORIES, StoryMember, last=timedelta(days=8))
    assert {member.id for member in found} == {"then", "newest"}
    assert len(list(log.scan(STORIES, StoryMember))) == 3
    found = log.scan(STORIES, StoryMember, last=timedelta(days=8), since=NOW - timedelta(days=98))
    assert {member.id for member in found} == {"newest"}
    found = log.scan(STORIES, StoryMember, last=timedelta(days=1), since=NOW - timedelta(days=101))
    assert {member.id for member in found} == {"newest"}


def _size(database: Database) -> int:
    """Of the file, once what was written is folded into it."""
    database.read.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return database.path.stat().st_size
