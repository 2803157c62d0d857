"""Who waits for more of the log looks again when there may be some: a condition variable that counts its changes, topic
by topic, so that a stage sleeps while others are at work.
"""

import threading
from collections import Counter
from collections.abc import Collection


class Pulse:
    """Beats whenever something was appended or committed. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[threading.Condition, frozenset[str] | None] = {}
        self._beats = 0
        self._of_every = 0
        self._of_topics = Counter[str]()

    def beats(self, topics: frozenset[str] | None = None) -> int:
        """How many there were that concern these topics, or at all: read it before looking, then `wait` on it."""
        with self._lock:
            return self._count(topics)

    def beat(self, topics: Collection[str] | None = None) -> None:
        """Make everybody look again whom these topics concern, by default all; who named none is concerned by any."""
        with self._lock:
            self._beats += 1
            if topics is None:
                self._of_every += 1
            else:
                self._of_topics.update(topics)
            for waiter, wanted in self._waiting.items():
                if topics is None or wanted is None or not wanted.isdisjoint(topics):
                    waiter.notify()

    def wait(self, seconds: float, seen: int | None = None, topics: frozenset[str] | None = None) -> None:
        """Return when there were more beats than `seen` (by default: than now), or after `seconds`."""
        with self._lock:
            known = self._count(topics) if seen is None else seen
            waiter = threading.Condition(self._lock)
            self._waiting[waiter] = topics
            try:
                waiter.wait_for(lambda: self._count(topics) != known, seconds)
            finally:
                del self._waiting[waiter]

    def _count(self, topics: frozenset[str] | None) -> int:
        return self._beats if topics is None else self._of_every + sum(self._of_topics[topic] for topic in topics)
