"""State on Kafka (schemas.state.State): the last record of each key, by a plain consumer from the topic's start.

No group and no Faust table: everybody who asks reads all of it. What the same worker has just published is seen
at once (`confirmed`); what others had published before a batch, by that batch (`expire`), and else within a fraction
of a second. A record that a newer wirewatch wrote is a Hold; one that is none is passed over aloud.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar, cast

import structlog
from kafka import TopicPartition

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster, NewerError, UnreadableError, decode, schema_of
from schemas.outcome import Hold, Output
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)

logger = structlog.get_logger()

# How old an answer may be where nobody says `expire`: what another process wrote is seen within this.
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
    schema: str = ""
    """By its header; empty where it has none."""
    record: Record | None = None
    damaged: bool = False
    """It was read, and is none."""


class KafkaState:
    """Every compacted topic asked for is read once from its start, and then followed. Thread-safe."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._lock = threading.Lock()
        self._followed: dict[Topic, _Followed] = {}
        self._expired_at = 0.0

    def expire(self) -> None:
        """What is asked for from now on is as new as this moment: a batch begins.

        It costs one question to the broker for each topic that the batch asks for.
        """
        self._expired_at = time.monotonic()

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        """As State.get. Raises Hold where the log is away."""
        with self._lock:
            return cast(R | None, self._fresh(topic).get(key.encode()))

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """As State.items. Raises Hold where the log is away."""
        yield from self.mapping(topic, kind).values()

    def mapping(self, topic: Topic, kind: type[R]) -> Mapping[str, R]:
        """The last record of every key, by key; the same object as long as nothing changed. Raises Hold."""
        with self._lock:
            return cast(Mapping[str, R], self._fresh(topic).mapping())

    def scan(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """As State.scan. Raises Hold."""
        last: dict[bytes, _Slot] = {}
        for row in topic_reader.read(self._cluster, topic):
            if row.value is None:
                last.pop(row.key, None)
            else:
                last[row.key] = _Slot(row.offset, row.value, schema_of(row.headers))
        while last:
            if (record := _read(topic, *last.popitem())) is not None:
                yield cast(R, record)

    def catch_up(self, *topics: Topic) -> None:
        """As State.catch_up. What nobody has asked for yet is read to its end when it is first asked for.

        Raises Hold.
        """
        with self._lock:
            for topic in topics:
                if (followed := self._followed.get(topic)) is not None:
                    followed.catch_up()

    def confirmed(self, outputs: Sequence[Confirmed]) -> None:
        """Take over what this process has just published, without waiting to read it again."""
        with self._lock:
            for sent in outputs:
                if (followed := self._followed.get(sent.output.topic)) is not None:
                    key = sent.output.topic.key_of(sent.output.record).encode()
                    followed.put(key, sent.offset, sent.value)

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            for followed in self._followed.values():
                followed.close()
            self._followed.clear()

    def _fresh(self, topic: Topic) -> "_Followed":
        followed = self._follow(topic)
        followed.refresh(max(self._expired_at, time.monotonic() - FRESH_SECONDS))
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
        """Everything that stood on the topic then is here."""
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
        asked_at = time.monotonic()
        with topic_reader.answering(self._cluster):
            ends = self._consumer.end_offsets(self._partitions)
            if any(self._consumer.position(each) > end for each, end in ends.items()):
                self._begin_again()
            for row in topic_reader.to_end(self._consumer, ends):
                self.put(row.key, row.offset, row.value, schema_of(row.headers))
        self._looked_at = asked_at

    def _begin_again(self) -> None:
        """The topic lost its end. What it says now counts; what it says no longer is kept, as its last known word."""
        logger.error("the log lost its end", topic=self._topic.name)
        for slot in self._slots.values():
            slot.offset = -1
        self._consumer.seek_to_beginning(*self._partitions)

    def refresh(self, since: float) -> None:
        """Know what stood on the topic at that moment (time.monotonic)."""
        if self._looked_at < since:
            self.catch_up()

    def put(self, key: bytes, offset: int, value: bytes | None, schema: str = "") -> None:
        # A key is always in the same partition, so that its offsets say which record is the later.
        slot = self._slots.get(key)
        if slot is not None and slot.offset >= offset:
            return
        self._mapping = None
        if value is None:
            self._slots.pop(key, None)
        else:
            self._slots[key] = _Slot(offset, value, schema)

    def get(self, key: bytes) -> Record | None:
        slot = self._slots.get(key)
        return None if slot is None else _read(self._topic, key, slot)

    def mapping(self) -> Mapping[str, Record]:
        if self._mapping is None:
            read = {key.decode(errors="replace"): _read(self._topic, key, slot) for key, slot in self._slots.items()}
            self._mapping = MappingProxyType({key: record for key, record in read.items() if record is not None})
        return self._mapping

    def close(self) -> None:
        self._consumer.close()


def _read(topic: Topic, key: bytes, slot: _Slot) -> Record | None:
    """The record of a key, or None for what is none. Raises Hold for one of a newer wirewatch."""
    if slot.record is None and not slot.damaged:
        try:
            slot.record = decode(topic, slot.value, (("schema", slot.schema.encode()),) if slot.schema else ()).record
        except NewerError as error:
            raise Hold(f"{error} (key {key.decode(errors='replace')}, offset {slot.offset})") from error
        except UnreadableError as error:
            slot.damaged = True
            where = {"topic": topic.name, "key": key.decode(errors="replace"), "offset": slot.offset}
            logger.error("state passed over: put that key anew", **where, error=str(error))
    return slot.record
