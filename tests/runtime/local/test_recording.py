"""What became of alerts is kept in the store: by a stage of its own, behind the one that tells."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from plain_stage import plain_stage
from wire_articles import NOON, wire_article

from alerts.identity import alert_id
from runtime.local.ledger import ledger, trace
from runtime.local.log import Log
from runtime.local.retention import prune
from runtime.services import ProcessServices
from schemas.alert import Alert, Delivery, Subscription
from schemas.feed import Feed
from schemas.outcome import Dead, Done, Dropped, Output
from schemas.stage import Stage
from schemas.topics import ALERTS, DEAD, DELIVERIES, FEEDS, SUBSCRIPTIONS, WIRE
from stores.sqlite.database import Database
from wirewatch.compose.local import LocalPipeline
from wirewatch.pipeline import topology
from wirewatch.settings import Settings


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "log.db")
    yield made
    made.close()


def delivery(id: str, article: str = "a", at: int = 0) -> Delivery:
    names = ("subscription", "subscription_name", "query", "matched_part", "scope", "story_id")
    same: dict[str, Any] = dict.fromkeys(names, "s")
    alert = Alert(id=id, revision="1", article_id=article, title="Tomahawk", first_seen=NOON, matched_at=NOON, **same)
    return Delivery(id=id, subscription="s", status="kept", at=NOON + timedelta(seconds=at), alert=alert)


def settled(log: Log, stage: Stage) -> list[Delivery]:
    """What the stage reads next, committed."""
    entries = log.batch(stage)
    records = [entry.record for entry in entries]
    log.commit(stage, entries, stage.open(None)(records))
    return [record for record in records if isinstance(record, Delivery)]


RECORD = plain_stage("record", DELIVERIES, lambda batch: [Done() for _ in batch])


def test_a_stage_reads_every_change_of_a_compacted_topic_in_order(database: Database) -> None:
    log = Log(database, read=frozenset({DELIVERIES}))
    changes = [delivery("x"), delivery("y"), delivery("x", at=5)]
    log.publish([Output(DELIVERIES, one) for one in changes])
    log.publish([Output(FEEDS, Feed(url="http://a/"))])
    assert log.lag(RECORD) == 3
    assert settled(log, RECORD) == changes
    assert log.get(DELIVERIES, "x", Delivery) == changes[2]
    assert len(list(log.items(DELIVERIES, Delivery))) == 2
    assert prune(database, (RECORD,)) == 3
    assert list(log.read(FEEDS, 0, 10)) == []
    log.publish([Output(DELIVERIES, delivery("z"))])
    assert [one.id for one in settled(log, RECORD)] == ["z"]


def test_what_no_stage_reads_is_state_alone(database: Database) -> None:
    log = Log(database)
    log.publish([Output(DELIVERIES, delivery("x"))])
    assert list(log.read(DELIVERIES, 0, 10)) == []
    assert log.get(DELIVERIES, "x", Delivery) is not None


def test_a_dead_letters_outputs_are_kept_with_it(database: Database) -> None:
    log = Log(database, read=frozenset({DELIVERIES}))
    refused = delivery("x").model_copy(update={"status": "refused"})
    stage = plain_stage("deliver", ALERTS, lambda batch: [Dead("refused", "no", (Output(DELIVERIES, refused),))])
    log.publish([Output(ALERTS, delivery("x").alert)])  # type: ignore[arg-type]  # it has one
    settled(log, stage)
    assert len(list(log.read(DEAD, 0, 10))) == 1
    assert settled(log, RECORD) == [refused]
    assert log.replay_letters("x", "deliver", topology()) == 1
    assert log.lag(stage) == 1


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[LocalPipeline]:
    with LocalPipeline(Settings(db=tmp_path / "wire.db"), lambda: NOON) as made:
        wanted = Subscription(id="s", name="Tomahawk", query="tomahawk", policy="every")
        made.publish([Output(SUBSCRIPTIONS, wanted)])
        yield made


def test_what_is_matched_and_told_is_found_in_the_store(wire: LocalPipeline) -> None:
    told = wire_article("a", "A Tomahawk flew. It rained.", title="News")
    wire.publish([Output(WIRE, told), Output(WIRE, wire_article("b"))])
    wire.start().drain()
    (row,) = wire.store.alerts("Tomahawk").alerts
    assert (row.article_id, row.status, row.why, row.matched_at) == ("a", "kept", ("A Tomahawk flew.",), NOON)
    assert [one.outcome for one in trace(wire.database, row.id)] == ["done", "done"]
    assert ledger(wire.database, wire.topology.way).fetched == 0


def test_a_forgotten_article_leaves_nothing_of_its_alerts(wire: LocalPipeline) -> None:
    wire.publish([Output(WIRE, wire_article(id, "A Tomahawk flew.")) for id in ("a", "b")])
    services = ProcessServices(wire.settings, wire.log, lambda: wire.store, lambda: NOON)
    for name in ("match", "deliver"):
        stage = wire.topology.stage(name)
        entries = wire.log.batch(stage)
        wire.log.commit(stage, entries, stage.open(services)([entry.record for entry in entries]))
    record = wire.topology.stage("record")
    entries = wire.log.batch(record)
    assert [entry.record.alert.article_id for entry in entries] == ["a", "b"]  # type: ignore[attr-defined]
    wire.forget("a")  # while the batch is with the step
    wire.log.commit(record, entries, record.open(services)([entry.record for entry in entries]))
    assert [row.article_id for row in wire.store.alerts().alerts] == ["b"]
    wire.forget("b")
    assert wire.store.alerts().alerts == ()
    rows = wire.database.read.execute(
        "SELECT record FROM log UNION ALL SELECT record FROM state WHERE topic='delivery'"
    )
    assert not [row for row in rows if "Tomahawk" in row["record"]]


def test_that_a_forgotten_article_was_told_stays_known_without_its_words(wire: LocalPipeline) -> None:
    waiting = delivery("waits").model_copy(update={"status": "waiting", "told": ()})
    told = delivery("told").model_copy(update={"status": "delivered"})
    wire.publish([Output(DELIVERIES, told), Output(DELIVERIES, waiting)])
    wire.forget("a")
    left = list(wire.log.items(DELIVERIES, Delivery))
    assert [(one.id, one.status, one.alert) for one in left] == [("told", "delivered", None)]


def test_of_a_story_whose_first_article_is_forgotten_a_copy_that_came_before_is_told_in_its_place(
    wire: LocalPipeline,
) -> None:
    digest = Subscription(id="d", name="d", query="tomahawk", channels=("json://127.0.0.1:9",), policy="digest")
    wire.publish([Output(SUBSCRIPTIONS, digest)])
    wire.publish([Output(WIRE, wire_article(id, "A Tomahawk flew.", story_id="first")) for id in ("first", "copy")])
    services = ProcessServices(wire.settings, wire.log, lambda: wire.store, lambda: NOON)
    deliver = wire.topology.stage("deliver").open(services)
    for stage, step in ((wire.topology.stage("match"), None), (wire.topology.stage("deliver"), deliver)):
        entries = wire.log.batch(stage)
        wire.log.commit(stage, entries, (step or stage.open(services))([entry.record for entry in entries]))

    wire.publish(deliver.tick(NOON))
    wire.forget("first")
    wire.publish(deliver.tick(NOON))
    waiting = wire.log.get(DELIVERIES, alert_id("d", "first"), Delivery)
    assert waiting is not None
    assert waiting.alert is not None
    assert (waiting.status, waiting.alert.article_id) == ("waiting", "copy")
    wire.start().drain()
    assert {(row.id, row.article_id) for row in wire.store.alerts(subscription="d").alerts} == {(waiting.id, "copy")}
    wire.forget("copy")
    assert not [one for one in wire.log.items(DELIVERIES, Delivery) if one.alert]


def test_what_is_forgotten_while_it_is_told_is_not_remembered(wire: LocalPipeline) -> None:
    wire.publish([Output(ALERTS, delivery("x").alert)])  # type: ignore[arg-type]  # it has one
    deliver = wire.topology.stage("deliver")
    entries = wire.log.batch(deliver)
    services = ProcessServices(wire.settings, wire.log, lambda: wire.store, lambda: NOON)
    outcomes = deliver.open(services)([entry.record for entry in entries])
    assert not isinstance(outcomes[0], Dropped)
    wire.forget("a")
    wire.log.commit(deliver, entries, outcomes)
    assert wire.log.get(DELIVERIES, "x", Delivery) is None
