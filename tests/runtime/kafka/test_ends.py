"""Where topics end is asked once for all that a process follows, and never said older than it was asked for."""

import time

import pytest
from kafka import TopicPartition

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.ends import Ends
from schemas.outcome import Hold

ONE, TWO = TopicPartition("forgotten", 0), TopicPartition("subscriptions", 0)


class Broker:
    """Counts the questions; its topics grow by one record at each. Says nothing of a topic that nobody looked up, as
    the client does."""

    def __init__(self) -> None:
        self.asked: list[set[TopicPartition]] = []
        self.known: set[str] = set()
        self.leaderless: set[TopicPartition] = set()

    def partitions_for_topic(self, name: str) -> set[int]:
        self.known.add(name)
        return {0}

    def assign(self, partitions: list[TopicPartition]) -> None: ...

    def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        self.asked.append(set(partitions))
        said = {
            each: len(self.asked) for each in partitions if each.topic in self.known and each not in self.leaderless
        }
        return {each: said[each] for each in partitions}

    def close(self) -> None: ...


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(topic_reader, "consumer", lambda *_: broker)
    return broker


@pytest.fixture
def ends() -> Ends:
    return Ends(Cluster("127.0.0.1:9"))


def test_a_batch_asks_once_for_all_topics_that_are_followed(broker: Broker, ends: Ends) -> None:
    for one in (ONE, TWO):  # they become known one after the other
        ends.of([one], time.monotonic())
    for _ in range(3):
        begins = time.monotonic()
        before = len(broker.asked)
        assert ends.of([ONE], begins)[0] == ends.of([ONE], begins)[0] == {ONE: before + 1}
        assert ends.of([TWO], begins)[0] == {TWO: before + 1}
        assert broker.asked[before:] == [{ONE, TWO}]


def test_what_is_said_is_not_older_than_it_was_asked_for(broker: Broker, ends: Ends) -> None:
    for number in range(1, 4):
        since = time.monotonic()
        said, at = ends.of([ONE], since)
        assert at >= since
        assert said == {ONE: number}


def test_a_topic_that_is_new_is_asked_for_at_once(broker: Broker, ends: Ends) -> None:
    since = time.monotonic()
    ends.of([ONE], since)
    assert ends.of([TWO], since)[0] == {TWO: 2}


def test_where_the_broker_does_not_say_it_is_waited_for(broker: Broker, ends: Ends) -> None:
    broker.leaderless = {TWO}
    with pytest.raises(Hold, match="subscriptions"):
        ends.of([ONE, TWO], time.monotonic())
    broker.leaderless = set()
    assert ends.of([ONE, TWO], time.monotonic())[0] == {ONE: 2, TWO: 2}
