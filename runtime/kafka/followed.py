"""One compacted topic in memory: the last record of each key.

Knows one topic; who asks for it, and when it must be new, is the state's to say (state.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import structlog

from runtime.kafka.codec import Cluster, NewerError, UnreadableError, read_record, schema_of
from runtime.kafka.ends import Ends
from runtime.kafka.topic_follower import TopicFollower
from schemas.outcome import Hold
from schemas.record import Record
from schemas.topics import Topic

logger = structlog.get_logger()


@dataclass(slots=True)
class _Slot:
    offset: int
    value: bytes
    schema: str = ""
    """By its header; empty where it has none."""
    record: Record | None = None
    damaged: bool = False
    """It was read, and is none."""


class Followed:
    """One compacted topic in memory. Raises Hold where the log is away."""

    def __init__(self, cluster: Cluster, topic: Topic, ends: Ends) -> None:
        self._topic = topic
        self._slots: dict[bytes, _Slot] = {}
        self._mapping: Mapping[str, Record] | None = None
        self._follower = TopicFollower(cluster, topic, ends, self._begin_again)

    def catch_up(self, since: float | None = None) -> None:
        """Know what stands on the topic now, or stood there at that moment (time.monotonic)."""
        for message in self._follower.news(since):
            self.put(message.key or b"", message.offset, message.value, schema_of(message.headers))

    def _begin_again(self) -> None:
        """What the topic says now counts; what it says no longer is kept, as its last known word."""
        for slot in self._slots.values():
            slot.offset = -1

    def refresh(self, since: float) -> None:
        """Know what stood on the topic at that moment (time.monotonic)."""
        if self._follower.looked_at < since:
            self.catch_up(since)

    def put(self, key: bytes, offset: int, value: bytes | None, schema: str = "") -> None:
        """Take over a record that stands there; None takes its key out."""
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
        """The last record of a key."""
        slot = self._slots.get(key)
        return None if slot is None else _read(self._topic, key, slot)

    def mapping(self) -> Mapping[str, Record]:
        """The last record of every key; the same object as long as nothing changed."""
        if self._mapping is None:
            read = {key.decode(errors="replace"): _read(self._topic, key, slot) for key, slot in self._slots.items()}
            self._mapping = MappingProxyType({key: record for key, record in read.items() if record is not None})
        return self._mapping

    def close(self) -> None:
        """Let go of the connection."""
        self._follower.close()


def _read(topic: Topic, key: bytes, slot: _Slot) -> Record | None:
    """The record of a key, or None for what is none. Raises Hold for one of a newer wirewatch."""
    if slot.record is None and not slot.damaged:
        try:
            slot.record = read_record(topic, slot.value, slot.schema)
        except NewerError as error:
            raise Hold(f"{error} (key {key.decode(errors='replace')}, offset {slot.offset})") from error
        except UnreadableError as error:
            slot.damaged = True
            where = {"topic": topic.name, "key": key.decode(errors="replace"), "offset": slot.offset}
            logger.error("state passed over: put that key anew", **where, error=str(error))
    return slot.record
