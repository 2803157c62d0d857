"""Token buckets: how often a key may do something, with a reserve for the beginning."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil

# Keys remembered: beyond, those that asked longest ago begin anew.
KEYS = 10_000


class Buckets:
    """One bucket a key. Not for several threads at once."""

    def __init__(self, a_second: float, at_once: float, clock: Callable[[], float]) -> None:
        """`a_second`: what may be gone on with; `at_once`: the reserve; `clock`: seconds that only grow."""
        self._a_second = a_second
        self._at_once = at_once
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Key -> (times left, as of when)."""

    def take(self, key: str) -> int:
        """0 where it may now, which is taken; else the seconds until it may."""
        now = self._clock()
        left, then = self._left.pop(key, (self._at_once, now))
        left = min(self._at_once, left + (now - then) * self._a_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        while len(self._left) > KEYS:
            self._left.popitem(last=False)
        return 0 if allowed else ceil((1 - left) / self._a_second)
