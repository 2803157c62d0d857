"""One idea holds the system together: the stage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.outcome import Outcome
from schemas.topics import Topic

Step = Callable[[Sequence[Any]], Sequence[Outcome]]
"""One outcome per record, in the order of the records; raises Hold, and nothing else."""


@dataclass(frozen=True)
class Stage:
    """One step on an article's way: what it reads, and what it makes of a batch.

    Knows neither its place on the way nor who runs it.
    """

    name: str
    reads: Topic
    step: Step
    batch: int = 64
    """Most records in one call: enough to share a round trip, small enough that a hold keeps little."""
