"""The records that were appended last, as they were: who reads them next need not make them of JSON again.

What is on the log is the log's to say: a record is asked for by its place, of one that was read there.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from schemas.record import Record
from schemas.topics import Topic

# Of JSON; in memory it is some five times as much. A stage that is so far behind reads the file.
MOST_BYTES = 8 << 20
# What a record weighs beside its fields.
_OVERHEAD = 200


@dataclass(frozen=True, slots=True)
class Appended:
    """A record, where it stands on the log, and its size there in bytes."""

    topic: Topic
    offset: int
    record: Record
    size: int


class Recent:
    """Thread-safe."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int], Appended] = OrderedDict()
        self._bytes = 0

    def keep(self, appended: list[Appended]) -> None:
        """Know of records that are committed. Those that were kept first go first."""
        with self._lock:
            for one in appended:
                if type(one.record) is one.topic.record:  # another would be read as that
                    self._kept[one.topic.name, one.offset] = one
                    self._bytes += one.size + _OVERHEAD
            while self._bytes > self._most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= gone.size + _OVERHEAD

    def clear(self) -> None:
        """Know of nothing any more: something was forgotten, and nothing of it is to be kept."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def get(self, topic: Topic, offset: int) -> Record | None:
        """The record that was appended there, where it is still known."""
        found = self._kept.get((topic.name, offset))
        return found.record if found is not None else None
