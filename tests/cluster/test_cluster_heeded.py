"""What a person changes is heeded by the next article, also on a wire that was quiet for long."""

from datetime import UTC, datetime

import pytest
from fleet.fleet import Fleet
from fleet.waiting import until
from wire_articles import wire_article

from runtime.kafka import ledger, topic_reader
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from schemas.alert import Alert, Subscription
from schemas.ledger import Forgotten
from schemas.outcome import Output
from schemas.topics import ALERTS, FORGOTTEN, SUBSCRIPTIONS, WIRE

pytestmark = pytest.mark.servers

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def subscription(name: str, query: str = "tomahawk") -> Output:
    return Output(SUBSCRIPTIONS, Subscription(id=name, name=name, query=query))


def wire(id: str) -> Output:
    return Output(WIRE, wire_article(id, "A Tomahawk flew.", story_id=id))


def test_what_was_written_before_a_batch_is_known_to_it(fleet: Fleet) -> None:
    """Asked for the first time since, and at once: nobody looks twice."""
    publish, state = KafkaPublish(fleet.place.cluster), KafkaState(fleet.place.cluster)
    publish([subscription("first")])
    assert set(state.mapping(SUBSCRIPTIONS, Subscription)) == {"first"}
    for number in range(20):
        publish([subscription(f"new-{number}"), Output(FORGOTTEN, Forgotten(id=f"gone-{number}", at=NOW))])
        state.expire()
        assert f"new-{number}" in state.mapping(SUBSCRIPTIONS, Subscription)
        assert state.get(FORGOTTEN, f"gone-{number}", Forgotten) is not None
    publish.close()
    state.close()


def test_a_quiet_wire_heeds_new_and_changed_subscriptions_and_forgotten_ids(fleet: Fleet) -> None:
    """Each is written while nothing comes, and the one article that comes next is handled by it."""
    publish = KafkaPublish(fleet.place.cluster)
    publish([subscription("old"), subscription("other", "zebra")])
    fleet.start("match")

    def handled(id: str) -> set[str]:
        publish([wire(id)])
        until(lambda: ledger.trace(fleet.place.cluster, id), within=60)
        alerts = topic_reader.records(topic_reader.read(fleet.place.cluster, ALERTS), ALERTS, Alert)
        return {alert.subscription for alert in alerts if alert.article_id == id}

    assert handled("a") == {"old"}
    publish([subscription("new"), subscription("other", "flew"), subscription("old", "zebra")])
    assert handled("b") == {"new", "other"}
    publish([Output(FORGOTTEN, Forgotten(id="c", at=NOW))])
    assert handled("c") == set()
    assert [row.reason for row in ledger.trace(fleet.place.cluster, "c")] == ["forgotten"]
    publish.close()
