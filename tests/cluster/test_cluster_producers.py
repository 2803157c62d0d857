"""Producers on the real Kafka: they hear of each other, find their memory again, and begin with the seeds once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fleet.fleet import Fleet
from fleet.waiting import until

from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from schemas.alert import Subscription
from schemas.clock import utc_now
from schemas.feed import Feed, FeedState
from schemas.outcome import Output
from schemas.topics import FEEDS, FEEDSTATE, SUBSCRIPTIONS
from wirewatch.compose.beating import Beating
from wirewatch.first_run import Begun, begin

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


def test_several_that_start_at_once_begin_with_the_seeds_and_whoever_removes_all_is_left_alone(fleet: Fleet) -> None:
    together = threading.Barrier(3, timeout=60)

    def start(_: int) -> Begun:
        publish, state = KafkaPublish(fleet.place.cluster), KafkaState(fleet.place.cluster)
        try:
            together.wait()
            return begin(publish, state, utc_now())
        finally:
            publish.close()
            state.close()

    with ThreadPoolExecutor(3) as producers:
        begun = list(producers.map(start, range(3)))
    state, publish = KafkaState(fleet.place.cluster), KafkaPublish(fleet.place.cluster)
    try:
        feeds, alerts = list(state.items(FEEDS, Feed)), list(state.items(SUBSCRIPTIONS, Subscription))
        assert Begun(len(feeds), len(alerts)) in begun
        publish([Output(FEEDS, feed.model_copy(update={"deleted": True})) for feed in feeds])
        publish([Output(SUBSCRIPTIONS, alert.model_copy(update={"deleted": True})) for alert in alerts])
        with ThreadPoolExecutor(3) as producers:
            assert set(producers.map(start, range(3))) == {Begun(0, 0)}
        state.catch_up(FEEDS, SUBSCRIPTIONS)
        assert all(feed.deleted for feed in state.items(FEEDS, Feed))
        assert all(alert.deleted for alert in state.items(SUBSCRIPTIONS, Subscription))
    finally:
        publish.close()
        state.close()
