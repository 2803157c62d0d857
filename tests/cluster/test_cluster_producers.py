"""Producers on the real Kafka: they hear of each other, and find their memory again."""

import pytest
from fleet.fleet import Fleet
from fleet.waiting import until

from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from schemas.feed import FeedState
from schemas.outcome import Output
from schemas.topics import FEEDSTATE
from wirewatch.compose.beating import Beating

pytestmark = pytest.mark.servers


def test_heartbeats_are_heard_by_the_others(fleet: Fleet) -> None:
    """Who polls what follows from them alone (tests/producers/test_share.py)."""
    publish = KafkaPublish(fleet.place.cluster)
    state, others = KafkaState(fleet.place.cluster), KafkaState(fleet.place.cluster)
    one, two = Beating(publish, state), Beating(publish, others)
    try:
        for producer in (one, two):
            producer.start()
        until(
            lambda: {beat.name for beat in one.beats()} == {beat.name for beat in two.beats()} == {one.me, two.me}, 30
        )
    finally:
        for producer in (one, two):
            producer.stop()
        for open_one in (publish, state, others):
            open_one.close()


def test_state_is_read_back_at_once_by_others(fleet: Fleet) -> None:
    publish = KafkaPublish(fleet.place.cluster)
    mine, theirs = KafkaState(fleet.place.cluster), KafkaState(fleet.place.cluster)
    try:
        assert theirs.get(FEEDSTATE, "https://a.example/feed", FeedState) is None
        publish([Output(FEEDSTATE, FeedState(url="https://a.example/feed", etag=etag)) for etag in ("1", "2")])
        for state in (mine, theirs):
            state.catch_up(FEEDSTATE)
            found = state.get(FEEDSTATE, "https://a.example/feed", FeedState)
            assert found is not None
            assert found.etag == "2"
        again = mine.mapping(FEEDSTATE, FeedState)
        assert mine.mapping(FEEDSTATE, FeedState) is again, "the same object as long as nothing changed"
    finally:
        publish.close()
        mine.close()
        theirs.close()
