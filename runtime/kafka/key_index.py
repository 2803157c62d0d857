"""Where the last record of each key stands on a large compacted topic: 16 bytes a place, and no record is kept.

A key that is not there costs nothing; one that is, is read from the log where it stands.
"""

from array import array
from collections import OrderedDict
from hashlib import blake2b

from kafka import TopicPartition

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.topic_follower import TopicFollower
from schemas.record import Record
from schemas.topics import Topic

# Of what this process has sent itself, the latest are answered without asking the broker: the thousands of a digest are
# asked for one by one. Some 20 MB.
RECENT = 16_384
# A place is a partition above these bits, and an offset below them.
PARTITION_BITS = 48
_FEWEST = 1024
_FREE, _DELETED = -1, -2


class Places:
    """Hash of a key -> offset. Open addressing with linear probing, at most half full."""

    def __init__(self) -> None:
        self._hashes = array("Q", [0]) * _FEWEST
        self._offsets = array("q", [_FREE]) * _FEWEST
        self._used = 0

    def get(self, key: bytes) -> int | None:
        """The offset of a key's last record."""
        slot = self._slot(_hash(key))
        return self._offsets[slot] if self._offsets[slot] >= 0 else None

    def put(self, key: bytes, offset: int | None) -> None:
        """The key's last record stands there now; None where it has none any more."""
        hashed = _hash(key)
        slot = self._slot(hashed)
        if self._offsets[slot] == _FREE:
            self._used += 1
            self._hashes[slot] = hashed
        self._offsets[slot] = _DELETED if offset is None else offset
        if 2 * self._used > len(self._hashes):
            self._grow()

    def _slot(self, hashed: int) -> int:
        mask = len(self._hashes) - 1
        slot = hashed & mask
        while self._offsets[slot] != _FREE and self._hashes[slot] != hashed:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        hashes, offsets = self._hashes, self._offsets
        self._hashes = array("Q", [0]) * (2 * len(hashes))
        self._offsets = array("q", [_FREE]) * (2 * len(offsets))
        self._used = 0
        for hashed, offset in zip(hashes, offsets, strict=True):
            if offset >= 0:
                slot = self._slot(hashed)
                self._hashes[slot], self._offsets[slot] = hashed, offset
                self._used += 1


class KeyIndex:
    """One compacted topic, followed by its keys. Not thread-safe. Calls raise Hold."""

    def __init__(self, cluster: Cluster, topic: Topic) -> None:
        self._cluster = cluster
        self._topic = topic
        self._places = Places()
        self._recent: OrderedDict[bytes, bytes] = OrderedDict()
        self._follower = TopicFollower(cluster, topic, self._begin_again)
        with topic_reader.answering(cluster):
            self._asker = topic_reader.consumer(cluster)

    def catch_up(self) -> None:
        """Read the keys of what came since."""
        for message in self._follower.news():
            key, value = message.key or b"", message.value
            self._places.put(key, None if value is None else _place(message.partition, message.offset))
            if self._recent.get(key, value) != value:
                del self._recent[key]

    def _begin_again(self) -> None:
        self._places = Places()

    def refresh(self, since: float) -> None:
        """Know what stood on the topic at that moment (time.monotonic)."""
        if self._follower.looked_at < since:
            self.catch_up()

    def get(self, key: bytes) -> Record | None:
        """The last record of a key."""
        if key in self._recent:
            return self._topic.record.model_validate_json(self._recent[key])
        place = self._places.get(key)
        if place is None:
            return None
        number, offset = place >> PARTITION_BITS, place & (1 << PARTITION_BITS) - 1
        partition = TopicPartition(self._cluster.name(self._topic), number)
        with topic_reader.answering(self._cluster):
            self._asker.assign([partition])
            self._asker.seek(partition, offset)
            for row in topic_reader.to_end(self._asker, {partition: offset + 1}):
                record = topic_reader.record(self._topic, row, self._topic.record) if row.key == key else None
                if record is not None and row.value is not None:
                    self.remember(key, row.value)
                    return record
        return None

    def is_last(self, row: topic_reader.Row) -> bool:
        """Whether a row that is read is its key's last record."""
        known = self._places.get(row.key)
        return row.value is not None and known is not None and _place(row.partition, row.offset) >= known

    def remember_row(self, row: topic_reader.Row) -> None:
        """That it is a record, and so need not be asked for, unless a later one has come meanwhile."""
        if row.value is not None and self.is_last(row):
            self.remember(row.key, row.value)

    def put(self, key: bytes, partition: int, offset: int, value: bytes | None) -> None:
        """What this process has sent."""
        self._places.put(key, None if value is None else _place(partition, offset))
        if value is None:
            self._recent.pop(key, None)
        else:
            self.remember(key, value)

    def remember(self, key: bytes, value: bytes) -> None:
        """What a key's last record is, so that it need not be asked for."""
        self._recent[key] = value
        self._recent.move_to_end(key)
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._follower.close()
        self._asker.close()


def _place(partition: int, offset: int) -> int:
    return partition << PARTITION_BITS | offset


def _hash(key: bytes) -> int:
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "little")
