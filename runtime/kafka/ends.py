"""Where topics end: one question to the broker for all that a process follows, where each would ask for its own.

A batch asks several topics whether anything has come, and deliver waited for half of its time for the answers.
"""

import time
from collections.abc import Sequence
from typing import Any

from kafka import TopicPartition

from runtime.kafka import offsets, topic_reader
from runtime.kafka.codec import Cluster


class Ends:
    """The ends that were asked for last. Not for several threads at once."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._consumer: Any = None
        self._every: list[TopicPartition] = []
        self._ends: dict[TopicPartition, int] = {}
        self._asked_at = 0.0

    def of(self, partitions: Sequence[TopicPartition], since: float) -> tuple[dict[TopicPartition, int], float]:
        """The offset behind the last record of each, and when that was so: not before `since` (time.monotonic).

        Raises KafkaError, and Hold where the broker does not say yet where one ends.
        """
        if self._asked_at < since or not self._ends.keys() >= set(partitions):
            self._ask(partitions)
        return {each: self._ends[each] for each in partitions}, self._asked_at

    def _ask(self, partitions: Sequence[TopicPartition]) -> None:
        if self._consumer is None:
            self._consumer = topic_reader.consumer(self._cluster)
        new = [each for each in partitions if each not in self._every]
        if new:
            for name in {each.topic for each in new}:  # the client says nothing of a topic that it has not looked up
                topic_reader.partitions(self._consumer, name)
            self._every += new
            self._consumer.assign(self._every)  # and it looks up again only what is assigned
        asked_at = time.monotonic()
        self._ends = offsets.ends(self._consumer, self._every)
        self._asked_at = asked_at

    def close(self) -> None:
        """Let go of the connection."""
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None
