"""A topic read on and on by one who keeps nothing of it here: each look gives what is new since the last."""

from collections.abc import Iterator
from typing import Any

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.topic_reader import Row
from schemas.topics import Topic


class TopicFollower:
    """From the topic's start. Not for several threads at once."""

    def __init__(self, cluster: Cluster, topic: Topic) -> None:
        self._cluster = cluster
        self._topic = topic
        self._consumer: Any = None

    def news(self) -> Iterator[Row]:
        """What has come since the last look, up to now. Raises Hold; the next look goes on behind what was given."""
        with topic_reader.answering(self._cluster):
            if self._consumer is None:
                self._consumer = self._opened()
            ends = self._consumer.end_offsets(self._consumer.assignment())
            yield from topic_reader.to_end(self._consumer, ends)

    def _opened(self) -> Any:
        opened = topic_reader.consumer(self._cluster)
        try:
            every = topic_reader.partitions(opened, self._cluster.name(self._topic))
            opened.assign(every)
            opened.seek_to_beginning(*every)
        except BaseException:
            opened.close()
            raise
        return opened

    def close(self) -> None:
        """Let go of the connection."""
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None
