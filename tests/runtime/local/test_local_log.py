"""The local log and runtime: nothing lost, nothing twice, one outcome each."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from desk import alert
from fleet.waiting import until
from hypothesis import given
from hypothesis import strategies as st
from plain_stage import plain_stage

from runtime.local.ledger import ledger, trace
from runtime.local.log import Log
from runtime.local.worker import Workers
from runtime.memory import DefaultSettings, MemorySink
from runtime.metrics import Metrics
from runtime.ports import Published
from runtime.services import ProcessServices
from runtime.topology import Topology
from schemas.alert import Delivery, Subscription
from schemas.article import Article, Enriched, WireArticle
from schemas.feed import Feed
from schemas.ledger import Forgotten, Letter
from schemas.outcome import Dead, Done, Dropped, Hold, Outcome, Output
from schemas.stage import Stage, Step
from schemas.topics import ARTICLES, DEAD, DELIVERIES, ENRICHED, FEEDS, FORGOTTEN, SUBSCRIPTIONS, WIRE
from stores.sqlite.database import Database, DatabaseError

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def article(
    identity: str = "a", revision: str = "1", text: str = "Some text.", feed: str = "https://example.org/feed"
) -> Article:
    return Article(id=identity, revision=revision, title="A title", text=text, feed=feed, fetched_at=NOW)


def enrich(batch: Sequence[Article]) -> list[Outcome]:
    return [Done((Output(ENRICHED, Enriched(**dict(one))),)) for one in batch]


def tell(batch: Sequence[Enriched]) -> list[Outcome]:
    return [Done((_next(one, 1),)) for one in batch]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "log.db")
    yield made
    made.close()


@pytest.fixture
def log(database: Database) -> Log:
    moments = iter(NOW + timedelta(seconds=number) for number in range(100_000))
    return Log(database, lambda: next(moments))


def publish(log: Log, *articles: Article) -> Published:
    return log.publish([Output(ARTICLES, one) for one in articles])


def working(log: Log, *stages: Stage) -> Workers:
    return Workers(stages, ProcessServices(DefaultSettings(), log, MemorySink), log, Metrics())


def run(log: Log, *stages: Stage) -> None:
    runtime = working(log, *stages)
    runtime.start()
    runtime.drain()
    runtime.stop()


WAY = (
    plain_stage("enrich", ARTICLES, enrich, writes=(ENRICHED,)),
    plain_stage("story", ENRICHED, tell, writes=(WIRE,)),
)
LEDGER_WAY = (*WAY, plain_stage("index", WIRE, lambda batch: [Done() for _ in batch], ends_way=True))


def test_what_is_published_is_read_in_order_with_its_body(log: Log) -> None:
    articles = [article(str(number), text=f"Text {number} 😀.") for number in range(5)]
    publish(log, *articles)
    assert [entry.record for entry in log.read(ARTICLES, 0, 10)] == articles


def test_the_same_revision_is_let_in_once(log: Log) -> None:
    assert publish(log, article()).accepted == 1
    assert publish(log, article()).dropped == (("same revision", 1),)
    assert publish(log, article(revision="2")).accepted == 1
    assert publish(log, article(revision="1")).accepted == 1  # an edit taken back is an edit


def test_what_was_told_of_an_article_that_was_forgotten_meanwhile_is_not_kept(log: Log) -> None:
    told = [Delivery(id=id, subscription="s", status="delivered", at=NOW, alert=alert(id)) for id in ("a", "b")]
    log.publish([Output(FORGOTTEN, Forgotten(id="a", at=NOW))])
    log.publish([Output(DELIVERIES, one) for one in told])
    assert list(log.items(DELIVERIES, Delivery)) == told[1:]


def test_a_file_read_again_changes_nothing_even_where_it_holds_two_revisions(log: Log) -> None:
    rows = [article(revision="1", feed="old.jsonl"), article(revision="2", feed="old.jsonl")]
    assert publish(log, *rows).accepted == 2
    assert publish(log, *rows).dropped == (("same revision", 2),)


def test_a_body_is_stored_once(log: Log, database: Database) -> None:
    publish(log, article())
    run(log, WAY[0])
    assert database.read.execute("SELECT count(*) FROM log").fetchone()[0] == 2
    assert database.read.execute("SELECT count(*) FROM bodies").fetchone()[0] == 1


def test_a_step_that_raises_on_one_makes_a_letter_of_that_one_only(log: Log, database: Database) -> None:
    def picky(batch: Sequence[Article]) -> list[Outcome]:
        if any(one.id == "bad" for one in batch):
            raise RuntimeError("cannot")
        return enrich(batch)

    publish(log, article("good"), article("bad"), article("fine"))
    run(log, plain_stage("enrich", ARTICLES, picky))
    assert [ENRICHED.key_of(entry.record) for entry in log.read(ENRICHED, 0, 10)] == ["good", "fine"]
    (letter,) = [Letter.model_validate(entry.record) for entry in log.read(DEAD, 0, 10)]
    assert (letter.id, letter.stage, letter.reason) == ("bad", "enrich", "RuntimeError")
    assert letter.record["text"] == "Some text."
    account = ledger(database, LEDGER_WAY)
    assert account.dead == {"enrich: RuntimeError": 1}
    assert account.in_flight == 2
    assert account.balanced


def test_a_replayed_letter_goes_through_and_is_counted(log: Log, database: Database) -> None:
    publish(log, article())
    run(log, plain_stage("enrich", ARTICLES, lambda batch: [Dead("unlucky", "it rained") for _ in batch]))
    assert log.replay_letters("a", "story", Topology(LEDGER_WAY)) == 0
    assert log.replay_letters("a", None, Topology(LEDGER_WAY)) == 1
    run(log, *WAY)
    assert list(log.read(DEAD, 0, 10)) == []
    assert [row.outcome for row in trace(database, "a")] == ["done", "done", "done"]


def test_a_hold_keeps_the_batch_and_goes_on_by_itself(log: Log) -> None:
    refusals = iter(range(2))

    def moody(batch: Sequence[Article]) -> list[Outcome]:
        if next(refusals, None) is not None:
            raise Hold("the store is away")
        return enrich(batch)

    publish(log, article())
    run(log, plain_stage("enrich", ARTICLES, moody))
    assert [ENRICHED.key_of(entry.record) for entry in log.read(ENRICHED, 0, 10)] == ["a"]


def test_a_stop_while_held_leaves_the_batch_on_the_log(log: Log) -> None:
    def away(_batch: Sequence[Article]) -> list[Outcome]:
        raise Hold("the store is away")

    stage = plain_stage("enrich", ARTICLES, away)
    publish(log, article())
    runtime = working(log, stage)
    runtime.start()
    while not runtime.held()["enrich"]:
        log.pulse.wait(0.01)
    assert runtime.held()["enrich"][0].why == "the store is away"
    runtime.stop()
    assert log.lag(stage) == 1


def test_a_step_with_too_few_outcomes_is_no_way_to_lose_articles(log: Log, database: Database) -> None:
    publish(log, article("a"), article("b"))
    run(log, plain_stage("enrich", ARTICLES, lambda batch: []))
    assert ledger(database, LEDGER_WAY).dead == {"enrich: ValueError": 2}


def test_state_keeps_the_last_record_of_a_key(log: Log) -> None:
    feed = Feed
    log.publish([Output(FEEDS, feed(url="http://a/")), Output(FEEDS, feed(url="http://a/", title="A"))])
    found = log.get(FEEDS, "http://a/", feed)
    assert found is not None
    assert found.title == "A"
    assert log.get(FEEDS, "http://b/", feed) is None
    assert len(list(log.items(FEEDS, feed))) == 1


@pytest.mark.parametrize("content", [b"this is no database, it is a letter to a friend" * 30, b"\x00" * 5000])
def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"letter\.db is not a database of wirewatch.*--db"):
        Log(Database(path))
    assert path.read_bytes() == content


ENDS = st.sampled_from(["done", "dropped", "dead"])


@given(st.lists(st.tuples(ENDS, ENDS), max_size=30), st.integers(0, 30))
def test_the_ledger_balances_whatever_the_outcomes(
    tmp_path_factory: pytest.TempPathFactory, ends: list[tuple[str, str]], handled: int
) -> None:
    """Stopped anywhere: every revision has one place, and the sum is what was fetched."""
    database = Database(tmp_path_factory.mktemp("ledger") / "log.db")
    try:
        log = Log(database, lambda: NOW)
        publish(log, *(article(str(number)) for number in range(len(ends))))
        stages = [plain_stage("enrich", ARTICLES, _ending(ends, 0)), plain_stage("story", ENRICHED, _ending(ends, 1))]
        for stage in stages:
            entries = log.batch(stage)[:handled]
            if entries:
                log.commit(stage, entries, stage.open(None)([entry.record for entry in entries]))
        account = ledger(database, LEDGER_WAY)
        counted = account.indexed + sum(account.dropped.values()) + sum(account.dead.values())
        assert account.fetched == len(ends) == counted + account.in_flight
        assert account.balanced
    finally:
        database.close()


def _next(one: Article, place: int) -> Output:
    if place == 0:
        return Output(ENRICHED, Enriched(**dict(one)))
    return Output(WIRE, WireArticle(**dict(one), story_id=one.id, first_seen=NOW))


def _ending(ends: list[tuple[str, str]], place: int) -> Callable[[Sequence[Article]], list[Outcome]]:
    def step(batch: Sequence[Article]) -> list[Outcome]:
        made: dict[str, Callable[[Article], Outcome]] = {
            "done": lambda one: Done((_next(one, place),)),
            "dropped": lambda one: Dropped("a rule"),
            "dead": lambda one: Dead("a reason", "an error"),
        }
        return [made[ends[int(one.id)][place]](one) for one in batch]

    return step


def test_a_lost_record_is_named(log: Log, database: Database) -> None:
    publish(log, article("kept"), article("lost"))
    with database.write() as connection:
        connection.execute("DELETE FROM log WHERE id='lost'")
    assert ledger(database, LEDGER_WAY).unaccounted == (("lost", "1"),)


def test_a_full_disk_holds_the_stage_and_loses_nothing(log: Log, database: Database) -> None:
    """SQLite says "database or disk is full" for a file that may not grow as for a disk that is full."""
    publish(log, *(article(str(number), text=f"{number} " * 2000) for number in range(20)))
    with database.write() as connection:
        connection.execute(f"PRAGMA max_page_count={connection.execute('PRAGMA page_count').fetchone()[0]}")
    stage = plain_stage("enrich", ARTICLES, _grown)
    runtime = working(log, stage)
    runtime.start()
    while not runtime.held()["enrich"]:
        log.pulse.wait(0.01)
    assert "is the disk full?" in runtime.held()["enrich"][0].why
    assert log.lag(stage) == 20
    with database.write() as connection:
        connection.execute("PRAGMA max_page_count=1000000")
    runtime.drain()
    runtime.stop()
    assert [ENRICHED.key_of(entry.record) for entry in log.read(ENRICHED, 0, 30)] == [
        str(number) for number in range(20)
    ]


def _grown(batch: Sequence[Article]) -> list[Outcome]:
    """Outputs that need room."""
    return [
        Done((Output(ENRICHED, Enriched(**dict(one), notes=(random.Random(one.id).randbytes(4000).hex(),))),))
        for one in batch
    ]


def test_a_mapping_that_is_asked_for_before_a_commit_has_the_change_after_it(log: Log, database: Database) -> None:
    subscriptions = [Subscription(id=str(n), name="n", query="x") for n in range(3)]
    log.publish([Output(SUBSCRIPTIONS, one) for one in subscriptions])
    first = log.mapping(SUBSCRIPTIONS, Subscription)
    changed = subscriptions[1].model_copy(update={"query": "y"})
    with database.write() as connection:
        log.append(connection, Output(SUBSCRIPTIONS, changed))
        asked = Thread(target=lambda: log.mapping(SUBSCRIPTIONS, Subscription))
        asked.start()
        asked.join()
    log.wake()
    now = log.mapping(SUBSCRIPTIONS, Subscription)
    assert now["1"] == changed
    assert now["0"] is first["0"]
    assert log.mapping(SUBSCRIPTIONS, Subscription) is now


def test_what_changes_while_a_mapping_is_made_is_in_the_next_one(log: Log) -> None:
    class Meanwhile(Subscription):
        """Somebody changes it just after it was read."""

        @classmethod
        def model_validate_json(cls, *given: Any, **options: Any) -> "Meanwhile":
            found = super().model_validate_json(*given, **options)
            if found.query in ("x", "z"):
                changed = {"x": "y", "z": "last"}[found.query]
                log.publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="n", query=changed))])
            return found

    log.publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="n", query="x"))])
    assert [log.mapping(SUBSCRIPTIONS, Meanwhile)["s"].query for _ in range(2)] == ["x", "y"]
    log.publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="n", query="z"))])
    assert [log.mapping(SUBSCRIPTIONS, Meanwhile)["s"].query for _ in range(2)] == ["z", "last"]


def test_a_stage_says_how_often_it_is_asked_for_what_is_due(log: Log) -> None:
    asked: dict[str, int] = {"often": 0, "seldom": 0}

    class Asked(Step[Article]):
        def __init__(self, name: str, services: object) -> None:
            self._name = name

        def __call__(self, batch: Sequence[Article]) -> Sequence[Outcome]:
            return [Done() for _ in batch]

        def tick(self, now: datetime) -> Sequence[Output]:
            asked[self._name] += 1
            log.wake()  # it looks again at once
            return ()

    stages = [
        Stage(name, ARTICLES, open=partial(Asked, name), tick_seconds=seconds)
        for name, seconds in (("often", 0.0), ("seldom", 3600.0))
    ]
    runtime = working(log, *stages)
    runtime.start()
    until(lambda: asked["often"] > 2 and asked["seldom"] > 0, within=60)
    runtime.stop()
    assert asked["seldom"] == 1
