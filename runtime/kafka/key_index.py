"""Where the last record of each key stands on a large compacted topic: 16 bytes a key, and no record is kept.

A key that is not there costs nothing; one that is, is read from the log where it stands.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from kafka import TopicPartition
from numpy.typing import NDArray

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.compiled_records import Row
from runtime.kafka.ends import Ends
from runtime.kafka.topic_follower import TopicFollower
from schemas.record import Record
from schemas.topics import Topic

# Of one record that is asked for the broker sends its batch, and no more.
ONE_BATCH = 1
# A place is a partition above these bits, and an offset below them.
PARTITION_BITS = 48
_DELETED = -1
# Keys that are kept beside the sorted ones: to sort them in takes some tens of milliseconds, whatever their number.
_FEW = 16_384
# Keys that are read before they are sorted in.
_AT_ONCE = 262_144


class Places:
    """Hash of a key -> place, as two arrays sorted by the hashes, and a dict of the newest.

    The hashes are Python's own, other ones in every process: of a million keys two are the same once in 37 million.
    """

    def __init__(self) -> None:
        self._hashes: NDArray[np.int64] = np.empty(0, np.int64)
        self._places: NDArray[np.int64] = np.empty(0, np.int64)
        self._looked_up = self._hashes.data
        """In it one hash is found in half of the time that numpy takes."""
        self._new: dict[int, int] = {}

    def get(self, key: bytes) -> int | None:
        """The place of a key's last record."""
        hashed = hash(key)
        place = self._new.get(hashed)
        if place is None:
            at = bisect_left(self._looked_up, hashed)
            is_known = at < len(self._looked_up) and self._looked_up[at] == hashed
            return int(self._places[at]) if is_known else None
        return None if place == _DELETED else place

    def get_all(self, keys: Sequence[bytes]) -> list[int | None]:
        """As get, of many at one go: a tenth of the time."""
        if not len(self._hashes):
            return [self.get(key) for key in keys]
        hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        places = np.where(self._hashes[at] == hashes, self._places[at], _DELETED).tolist()
        found = (self._new.get(hashed, place) for hashed, place in zip(hashes.tolist(), places, strict=True))
        return [None if place == _DELETED else place for place in found]

    def put(self, key: bytes, place: int | None) -> None:
        """The key's last record stands there now; None where it has none any more."""
        self._new[hash(key)] = _DELETED if place is None else place
        if len(self._new) > _FEW:
            self._sort_in(array("q"), array("q"))

    def put_all(self, hashes: "array[int]", places: "array[int]") -> None:
        """As put, of many at one go, in their order: by the hash of each key, and `_DELETED` for None."""
        if len(hashes) > _FEW:
            self._sort_in(hashes, places)
        else:
            self._new.update(zip(hashes, places, strict=True))

    def _sort_in(self, hashes: "array[int]", places: "array[int]") -> None:
        new_hashes, new_places = array("q", self._new), array("q", self._new.values())
        together = np.concatenate([self._hashes, new_hashes, hashes])
        order = np.argsort(together, kind="stable")  # of one key the last stays the last
        together = together[order]
        stays = np.append(together[1:] != together[:-1], True)
        self._hashes = together[stays]
        order = order[stays]
        self._places = np.concatenate([self._places, new_places, places])[order]
        if (is_there := self._places != _DELETED).sum() < len(self._places):
            self._hashes, self._places = self._hashes[is_there], self._places[is_there]
        self._looked_up = self._hashes.data
        self._new = {}


class KeyIndex:
    """One compacted topic, followed by its keys. Not thread-safe. Calls raise Hold."""

    # Of what this process has sent itself, the latest are answered without asking the broker: the thousands of a digest
    # are asked for one by one. Some 20 MB.
    REMEMBERED = 16_384

    def __init__(self, cluster: Cluster, topic: Topic, ends: Ends) -> None:
        self._cluster = cluster
        self._topic = topic
        self._places = Places()
        self._recent: OrderedDict[bytes, bytes] = OrderedDict()
        self._follower = TopicFollower(cluster, topic, ends, self._begin_again)
        with topic_reader.answering(cluster):
            self._asker = topic_reader.consumer(cluster, fetch_bytes=ONE_BATCH)

    def catch_up(self, since: float | None = None) -> None:
        """Read the keys of what came since the last look, up to that moment (time.monotonic), else now."""
        hashes, places = array("q"), array("q")
        try:
            for message in self._follower.news(since):
                key, value = message.key or b"", message.value
                hashes.append(hash(key))
                places.append(_DELETED if value is None else message.partition << PARTITION_BITS | message.offset)
                if self._recent and self._recent.get(key, value) != value:
                    del self._recent[key]
                if len(hashes) == _AT_ONCE:
                    self._places.put_all(hashes, places)
                    hashes, places = array("q"), array("q")
        finally:  # what was read is not given again
            self._places.put_all(hashes, places)

    def _begin_again(self) -> None:
        self._places = Places()

    def refresh(self, since: float) -> None:
        """Know what stood on the topic at that moment (time.monotonic)."""
        if self._follower.looked_at < since:
            self.catch_up(since)

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

    def last_of(self, rows: Sequence[Row]) -> list[Row]:
        """Those of rows that are their keys' last records."""
        known = self._places.get_all([row.key for row in rows])
        return [
            row
            for row, place in zip(rows, known, strict=True)
            if place is not None and row.value is not None and place_of(row) >= place
        ]

    def remember_all(self, rows: Iterable[Row]) -> None:
        """Records that so need not be asked for, unless a later one has come meanwhile."""
        for row in rows:
            if self._places.get(row.key) == place_of(row):
                self.remember(row.key, row.value or b"")

    def put(self, key: bytes, partition: int, offset: int, value: bytes | None) -> None:
        """What this process has sent."""
        self._places.put(key, None if value is None else partition << PARTITION_BITS | offset)
        if value is None:
            self._recent.pop(key, None)
        else:
            self.remember(key, value)

    def remember(self, key: bytes, value: bytes) -> None:
        """What a key's last record is, so that it need not be asked for."""
        self._recent[key] = value
        self._recent.move_to_end(key)
        if len(self._recent) > self.REMEMBERED:
            self._recent.popitem(last=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._follower.close()
        self._asker.close()


def place_of(row: Row) -> int:
    """Where a record stands, as one number."""
    return row.partition << PARTITION_BITS | row.offset
