"""A topic read on and on: each look gives what is new since the last. Who looks keeps what he needs of it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from kafka import TopicPartition

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.ends import Ends
from schemas.topics import Topic

logger = structlog.get_logger()


class TopicFollower:
    """From the topic's start, by a plain consumer without a group. Not for several threads at once."""

    def __init__(
        self, cluster: Cluster, topic: Topic, ends: Ends, begins_again: Callable[[], object] = lambda: None
    ) -> None:
        """`ends` may be shared by followers that look one after the other; `begins_again` is called where the topic
        lost its end, before all of it is given anew."""
        self._cluster = cluster
        self._ends = ends
        self._topic = topic
        self._begins_again = begins_again
        self._consumer: Any = None
        self._partitions: list[TopicPartition] = []
        self.looked_at = 0.0
        """Everything that stood on the topic then (time.monotonic) is given."""

    def news(self, since: float | None = None) -> Iterator[Any]:
        """The client's own messages that have come since the last look, up to that moment (time.monotonic), else now.

        Rows of a million would take long. Raises Hold; the next look goes on behind what was given.
        """
        since = time.monotonic() if since is None else since
        with topic_reader.answering(self._cluster):
            if self._consumer is None:
                self._consumer = self._opened()
            ends, asked_at = self._ends.of(self._partitions, since)
            if any(self._consumer.position(each) > end for each, end in ends.items()):
                logger.error("the log lost its end", topic=self._topic.name)
                self._begins_again()
                self._consumer.seek_to_beginning(*self._partitions)
            while any(self._consumer.position(each) < end for each, end in ends.items()):
                # also what came after `ends`: the consumer gives nothing twice
                for messages in self._consumer.poll(timeout_ms=topic_reader.POLL_MS).values():
                    yield from messages
        self.looked_at = asked_at

    def _opened(self) -> Any:
        opened = topic_reader.consumer(self._cluster)
        try:
            self._partitions = topic_reader.partitions(opened, self._cluster.name(self._topic))
            opened.assign(self._partitions)
            opened.seek_to_beginning(*self._partitions)
        except BaseException:
            opened.close()
            raise
        return opened

    def close(self) -> None:
        """Let go of the connection."""
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None
