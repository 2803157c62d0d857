"""Partition assignment for hosts: whose feeds this producer polls, where several producers work.

A host belongs to one of a fixed number of partitions, and a partition to one producer at a time: a consumer group
decides which (runtime.kafka.host_group). So one host is always asked by one producer, and its pause holds across
all of them. Knows nothing of Kafka; of clocks only this machine's own monotonic one.
"""

import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from time import monotonic
from typing import Protocol

Watcher = Callable[[], object]


class Hosts(Protocol):
    """Which hosts are this producer's."""

    def mine(self, host: str) -> bool:
        """Whether this producer polls the host's feeds now."""
        ...

    def pauses(self, host: str) -> float:
        """Factor on the pause after a request to the host: producers read pages of each other's hosts, too."""
        ...

    def watch(self, changed: Watcher | None) -> None:
        """Have `changed` called, in any thread, whenever `mine` may answer otherwise than before; None: no more."""
        ...


class EveryHost:
    """Hosts of the only producer there is."""

    def mine(self, host: str) -> bool:
        """As Hosts.mine."""
        return True

    def pauses(self, host: str) -> float:
        """As Hosts.pauses."""
        return 1.0

    def watch(self, changed: Watcher | None) -> None:
        """As Hosts.watch: nothing ever changes."""


class AssignedHosts:
    """Hosts by the partitions that are assigned to this producer. Thread-safe.

    A partition that was gained counts after `settle_s`: whoever had it has let go of it by then, and the pause after
    that one's last request has passed. All count only as long as the assignment was confirmed within `session_s`: the
    group gives them to others when it has heard nothing for so long.
    """

    def __init__(
        self, partitions: int, settle_s: float, session_s: float, seconds: Callable[[], float] = monotonic
    ) -> None:
        self._partitions = partitions
        self._settle_s = settle_s
        self._session_s = session_s
        self._seconds = seconds
        self._lock = threading.RLock()
        self._gained_at: dict[int, float] = {}
        self._confirmed_at = float("-inf")
        self._counted = False
        self._changed: Watcher | None = None

    def mine(self, host: str) -> bool:
        """As Hosts.mine."""
        with self._lock:
            gained_at = self._gained_at.get(partition_of(host, self._partitions))
            return gained_at is not None and self._seconds() - gained_at >= self._settle_s and self._confirmed

    def pauses(self, host: str) -> float:
        """As Hosts.pauses: a quarter of the partitions makes four pauses, so that all together ask as often as one."""
        with self._lock:
            return 1.0 if self.mine(host) else self._partitions / max(1, len(self._gained_at))

    def watch(self, changed: Watcher | None) -> None:
        """As Hosts.watch."""
        with self._lock:
            self._changed = changed

    def gain(self, partitions: Iterable[int]) -> None:
        """These are assigned to this producer now, too."""
        with self._lock:
            now = self._seconds()
            self._gained_at |= {number: now for number in partitions if number not in self._gained_at}
        self._tell()

    def lose(self, partitions: Iterable[int]) -> None:
        """These are this producer's no more."""
        with self._lock:
            for number in partitions:
                self._gained_at.pop(number, None)
        self._tell()

    def confirm(self, at: float) -> None:
        """The group has confirmed the assignment, asked at `at` of this object's seconds."""
        with self._lock:
            self._confirmed_at = max(self._confirmed_at, at)
        self.check()

    def check(self) -> bool:
        """Whether the last confirmation counts. Tells the watcher where it has become too old, or counts again."""
        with self._lock:
            before, self._counted = self._counted, self._confirmed
            if before != self._counted:
                self._tell()
            return self._counted

    @property
    def _confirmed(self) -> bool:
        return self._seconds() - self._confirmed_at < self._session_s

    def _tell(self) -> None:
        with self._lock:
            if self._changed is not None:
                self._changed()


@lru_cache(maxsize=65_536)  # asked for every feed at every reading of the list
def partition_of(host: str, partitions: int) -> int:
    """The partition of a host, the same in every process and every version."""
    return int.from_bytes(blake2b(host.encode(), digest_size=8).digest()) % partitions
