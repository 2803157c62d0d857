"""State on Kafka (schemas.state.State): the last record of each key, by a plain consumer from the topic's start.

No group and no Faust table: everybody who asks reads all of it. What the same worker has just published is seen
at once (`confirmed`); what others published, within a fraction of a second.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from types import MappingProxyType
from typing import TypeVar, cast

from kafka import TopicPartition

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.key_index import RECENT, KeyIndex
from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)

# How old an answer may be: what another process wrote is seen within this.
FRESH_SECONDS = 0.25


@dataclass(frozen=True)
class Confirmed:
    """An output that the broker has, and where."""

    output: Output
    value: bytes
    partition: int
    offset: int


@dataclass(slots=True)
class _Slot:
    offset: int
    value: bytes
    record: Record | None = None


@dataclass(slots=True)
class _Indexed:
    keys: KeyIndex
    looked_at: float


class KafkaState:
    """Every compacted topic asked for is read once from its start, and then followed. Thread-safe."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._lock = threading.Lock()
        self._followed: dict[Topic, _Followed] = {}
        self._indexed: dict[Topic, _Indexed] = {}

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        """As State.get. Raises Hold where the log is away."""
        with self._lock:
            if topic.moment is not None:
                value = self._index(topic).get(key.encode())
                return None if value is None else kind.model_validate_json(value)
            return cast(R | None, self._fresh(topic).get(key.encode()))

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """As State.items. Raises Hold where the log is away."""
        yield from self.scan(topic, kind) if topic.moment is not None else self.mapping(topic, kind).values()

    def mapping(self, topic: Topic, kind: type[R]) -> Mapping[str, R]:
        """The last record of every key, by key; the same object as long as nothing changed. Raises Hold."""
        with self._lock:
            return cast(Mapping[str, R], self._fresh(topic).mapping())

    def scan(self, topic: Topic, kind: type[R], last: timedelta | None = None) -> Iterator[R]:
        """As State.scan, by when they were sent. Raises Hold."""
        newest: dict[bytes, bytes] = {}
        for row in topic_reader.read(self._cluster, topic, last=last):
            if row.value is None:
                newest.pop(row.key, None)
            else:
                newest[row.key] = row.value
        if (indexed := self._indexed.get(topic)) is not None:
            with self._lock:
                for key, value in islice(newest.items(), max(0, len(newest) - RECENT), None):
                    indexed.keys.remember(key, value)
        while newest:
            _, value = newest.popitem()
            yield kind.model_validate_json(value)

    def catch_up(self, *topics: Topic) -> None:
        """As State.catch_up. What nobody has asked for yet is read to its end when it is first asked for; keys of a
        topic with a moment now, for that takes a while.

        Raises Hold.
        """
        with self._lock:
            for topic in topics:
                if topic.moment is not None:
                    self._index(topic, fresh=True)
                if (followed := self._followed.get(topic)) is not None:
                    followed.catch_up()

    def confirmed(self, outputs: Sequence[Confirmed]) -> None:
        """Take over what this process has just published, without waiting to read it again."""
        with self._lock:
            for sent in outputs:
                if (followed := self._followed.get(sent.output.topic)) is not None:
                    key = sent.output.topic.key_of(sent.output.record).encode()
                    followed.put(key, sent.offset, sent.value)
                elif (indexed := self._indexed.get(sent.output.topic)) is not None:
                    key = sent.output.topic.key_of(sent.output.record).encode()
                    indexed.keys.put(key, sent.offset, sent.value)

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            for followed in self._followed.values():
                followed.close()
            self._followed.clear()
            for indexed in self._indexed.values():
                indexed.keys.close()
            self._indexed.clear()

    def _index(self, topic: Topic, fresh: bool = False) -> KeyIndex:
        """A large topic by its keys, caught up with if that is longer ago than an answer may be old, or `fresh`."""
        now = time.monotonic()
        if topic not in self._indexed:
            self._indexed[topic] = _Indexed(KeyIndex(self._cluster, topic), now)
        indexed = self._indexed[topic]
        if fresh or now - indexed.looked_at >= FRESH_SECONDS:
            indexed.looked_at = now
            indexed.keys.catch_up()
        return indexed.keys

    def _fresh(self, topic: Topic) -> "_Followed":
        followed = self._follow(topic)
        followed.refresh()
        return followed

    def _follow(self, topic: Topic) -> "_Followed":
        if topic not in self._followed:
            self._followed[topic] = _Followed(self._cluster, topic)
        return self._followed[topic]


class _Followed:
    """One compacted topic in memory. Raises Hold where the log is away."""

    def __init__(self, cluster: Cluster, topic: Topic) -> None:
        self._cluster = cluster
        self._topic = topic
        self._slots: dict[bytes, _Slot] = {}
        self._mapping: Mapping[str, Record] | None = None
        self._looked_at = 0.0
        with topic_reader.answering(cluster):
            self._consumer = topic_reader.consumer(cluster)
            try:
                self._partitions: list[TopicPartition] = topic_reader.partitions(self._consumer, cluster.name(topic))
                self._consumer.assign(self._partitions)
                self._consumer.seek_to_beginning(*self._partitions)
                self.catch_up()
            except BaseException:
                self._consumer.close()
                raise

    def catch_up(self) -> None:
        with topic_reader.answering(self._cluster):
            ends = self._consumer.end_offsets(self._partitions)
            for row in topic_reader.to_end(self._consumer, ends):
                self.put(row.key, row.offset, row.value)
        self._looked_at = time.monotonic()

    def refresh(self) -> None:
        if time.monotonic() - self._looked_at < FRESH_SECONDS:
            return
        self._looked_at = time.monotonic()
        with topic_reader.answering(self._cluster):
            for messages in self._consumer.poll(timeout_ms=0).values():
                for message in messages:
                    self.put(message.key, message.offset, message.value)

    def put(self, key: bytes, offset: int, value: bytes | None) -> None:
        # A key is always in the same partition, so that its offsets say which record is the later.
        slot = self._slots.get(key)
        if slot is not None and slot.offset >= offset:
            return
        self._mapping = None
        if value is None:
            self._slots.pop(key, None)
        else:
            self._slots[key] = _Slot(offset, value)

    def get(self, key: bytes) -> Record | None:
        slot = self._slots.get(key)
        return None if slot is None else self._read(slot)

    def mapping(self) -> Mapping[str, Record]:
        if self._mapping is None:
            read = {key.decode(): self._read(slot) for key, slot in self._slots.items()}
            self._mapping = MappingProxyType(read)
        return self._mapping

    def _read(self, slot: _Slot) -> Record:
        if slot.record is None:
            slot.record = self._topic.record.model_validate_json(slot.value)
        return slot.record

    def close(self) -> None:
        self._consumer.close()
