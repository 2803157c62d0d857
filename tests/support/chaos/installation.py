"""What a run disturbs: an installation in processes of its own, on either runtime."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from runtime.ports import Control
from schemas.ledger import OutcomeRow
from wirewatch.settings import Settings

MOVED = timedelta(seconds=45)
"""A clock is moved by so much at most: whatever waits for a minute is told before a run has to rest."""

Fault = Callable[[random.Random], AbstractContextManager[None]]
"""Lasts as long as its context."""


class Installation(Protocol):
    """What is disturbed."""

    settings: Settings
    killed: int
    ended: list[int]
    faults: dict[str, Fault]
    grace: timedelta
    """A telling that has begun when `forget` returns ends within this."""

    def tend(self) -> None:
        """Start again what has ended."""
        ...

    def outcomes(self, ids: set[str]) -> Iterator[OutcomeRow]:
        """What the ledger has of these articles."""
        ...

    def opened(self) -> AbstractContextManager[Control]:
        """Its Control. Raises what a call does where it is away."""
        ...


@contextmanager
def moved(clock: Path, chance: random.Random) -> Iterator[None]:
    """A clock (fleet.moved_clock) goes wrong, forwards or back, and is put right again."""
    clock.write_text(str(chance.uniform(-1, 1) * MOVED.total_seconds()))
    try:
        yield
    finally:
        clock.unlink(missing_ok=True)
