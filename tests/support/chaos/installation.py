"""What a run disturbs: an installation in processes of its own, on either runtime."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from runtime.ports import Control
from schemas.ledger import OutcomeRow
from wirewatch.settings import Settings

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
