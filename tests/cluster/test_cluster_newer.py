"""A rolling upgrade: what a newer worker writes waits for a worker that can read it, and nothing of it is dead."""

import json
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from fleet.articles import article, generated
from fleet.fleet import Fleet, Member
from fleet.waiting import until

from runtime.kafka import dead_letters, ledger
from runtime.kafka.codec import EncodedRecord, TraceContext, encode
from runtime.kafka.publisher import KafkaPublish
from schemas.alert import Subscription
from schemas.article import Article
from schemas.ledger import Letter, Origin, OutcomeRow
from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import ARTICLES, DEAD, OUTCOMES, SUBSCRIPTIONS, Topic
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers

WAY = ("enrich", "story", "index", "match")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def newer(fleet: Fleet, topic: Topic, record: Record, version: int = 2, **more: object) -> EncodedRecord:
    """The record as the next version may write it: a header that says so, or a field more."""
    old = encode(fleet.place.cluster, Output(topic, record), TraceContext())
    value = json.dumps(json.loads(old.value) | more).encode()
    headers = {**dict(old.headers), "schema": f"{type(record).__name__}/{version}".encode()}
    return EncodedRecord(old.topic, old.key, value, tuple(headers.items()))


def send(fleet: Fleet, *records: EncodedRecord) -> None:
    publish = KafkaPublish(fleet.place.cluster)
    publish.send(records)
    publish.close()


def held(member: Member) -> bool:
    return bool(member.metric("wirewatch_held_seconds"))


def fetched(fleet: Fleet, each: Article) -> EncodedRecord:
    """Its entry in the ledger."""
    row = OutcomeRow(id=each.id, revision=each.revision, stage="fetch", outcome="done", at=NOW)
    return encode(fleet.place.cluster, Output(OUTCOMES, row), TraceContext())


@pytest.mark.parametrize(("version", "more"), [(2, {}), (1, {"mood": "grave"})])
def test_a_newer_article_waits_for_the_newer_worker(fleet: Fleet, version: int, more: dict[str, object]) -> None:
    """The older one lets go of it when the newer one joins; what the older versions wrote is read by both."""
    before, odd = generated(5, "before"), article("odd")
    older, *_ = fleet.start(*WAY)
    fleet.publish(before)
    fleet.settle([(each.id, each.revision) for each in before], within=60)
    send(fleet, fetched(fleet, odd), newer(fleet, ARTICLES, odd, version, **more))
    until(lambda: held(older), within=40)
    assert not dead_letters.letters(fleet.place.cluster)
    (fleet.place.folder / "newer").touch()
    fleet.start("enrich")
    until(lambda: older.status == 75, within=60)
    account = fleet.settle([(odd.id, odd.revision)], within=60)
    assert (account.indexed, account.dead, account.balanced) == (6, {}, True)


def test_a_newer_subscription_holds_what_needs_it_and_kills_nothing(fleet: Fleet) -> None:
    known = Subscription(id="s", name="s", query="tomahawk")
    send(fleet, newer(fleet, SUBSCRIPTIONS, known, 1, mood="grave"))
    *_, match = fleet.start(*WAY)
    articles = generated(3, "a")
    fleet.publish(articles)
    until(lambda: held(match), within=40)
    assert "newer wirewatch on subscriptions" in match.log
    send(fleet, encode(fleet.place.cluster, Output(SUBSCRIPTIONS, known), TraceContext()))
    account = fleet.settle([(each.id, each.revision) for each in articles], within=60)
    assert (account.indexed, account.dead, account.balanced) == (3, {}, True)


def test_a_damaged_subscription_costs_only_itself(fleet: Fleet) -> None:
    send(fleet, EncodedRecord(fleet.place.cluster.name(SUBSCRIPTIONS), b"bad", b"\xff", ()))
    *_, match = fleet.start(*WAY)
    articles = generated(3, "a")
    fleet.publish(articles)
    account = fleet.settle([(each.id, each.revision) for each in articles], within=60)
    assert (account.indexed, account.dead, account.balanced) == (3, {}, True)
    assert "state passed over" in match.log


def test_a_letter_of_bytes_that_an_older_version_wrote_is_replayed(fleet: Fleet) -> None:
    """As 2dd8c0b wrote them: base64, and without the revision, of a record that today's code reads."""
    odd = article("odd")
    whole = newer(fleet, ARTICLES, odd, 1)
    record = {"key": "odd", "base64": b64encode(whole.value).decode()}
    letter = Letter(
        id="odd",
        revision="",
        stage="enrich",
        reason="unreadable",
        error="a record of schema Article/2",
        origin=Origin(topic="articles", offset=0),
        code_version="2dd8c0b",
        record=record,
        at=NOW,
    )
    row = OutcomeRow(id="odd", revision="", stage="enrich", outcome="dead", reason="unreadable", at=NOW)
    old = [Output(DEAD, letter), Output(OUTCOMES, row)]
    send(fleet, fetched(fleet, odd), *(encode(fleet.place.cluster, each, TraceContext()) for each in old))
    fleet.start(*WAY)
    publish = KafkaPublish(fleet.place.cluster)
    assert dead_letters.replay(fleet.place.cluster, publish, topology(), identity="odd").sent == 1
    publish.close()
    account = fleet.settle([(odd.id, odd.revision)], within=60)
    assert (account.indexed, account.balanced) == (1, True)
    assert not dead_letters.letters(fleet.place.cluster)
    assert ledger.trace(fleet.place.cluster, "odd")[0].revision in {"", "1"}
