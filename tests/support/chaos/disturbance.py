"""Begins and ends the acts of a schedule at their times."""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from chaos.installation import Fault
from chaos.schedule import Act


class Disturbance:
    """Looked after often by one thread: faults must begin and end while whoever asks something waits for an answer."""

    def __init__(self, acts: Sequence[Act], faults: Mapping[str, Fault], change: Callable[[Act], None]) -> None:
        self._left = list(acts)
        self._faults = faults
        self._change = change
        self._lasting: list[tuple[float, ExitStack]] = []

    @property
    def is_over(self) -> bool:
        """Whether every act has begun and ended."""
        return not self._left and not self._lasting

    def look(self, now: float) -> None:
        """End and begin what is due at so many seconds from the beginning."""
        for ends, fault in [one for one in self._lasting if one[0] <= now]:
            self._lasting.remove((ends, fault))
            fault.close()
        while self._left and self._left[0].at <= now:
            self._begin(self._left.pop(0), now)

    def _begin(self, act: Act, now: float) -> None:
        if act.what not in self._faults:
            self._change(act)
            return
        fault = ExitStack()
        fault.enter_context(self._faults[act.what](random.Random(act.number)))
        self._lasting.append((now + act.seconds, fault))

    def close(self) -> None:
        """End what lasts."""
        self._left.clear()
        self.look(float("inf"))
