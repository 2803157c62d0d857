"""One idea holds the system together: the stage (in other systems: operator, processor). Both runtimes run stages.

Knows neither a stage's place on the way nor who runs it. runtime/ runs stages; wirewatch/pipeline.py lists them.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from schemas.outcome import Outcome, Output
from schemas.topics import Topic

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that is away and waited for: what, since when, and what was last heard of it."""

    what: str
    """The stage's name, or what of it waits ("deliver to mailto://…"); nothing secret in it."""
    since: datetime
    why: str


class Step(ABC, Generic[R]):
    """A stage at work, on the partitions that it owns. Both runtimes call it in this order:

    1. What the stage `restores` is caught up with, then `Stage.open(services)` makes the step. Both may raise Hold and
       are then done again.
    2. `step(batch)`, for as many records as `together` says: one outcome for each, in their order. Raises Hold, and
       nothing else: then the same batch comes again. Outputs are confirmed before the next call, and the place on the
       log is committed no later than after the whole of what was read, so a batch comes again after a crash. Records of
       forgotten articles are not among them: `keep_out` is called for these after.
    3. `tick(now)`, every few seconds, between two batches: outputs that are due by the clock. They are confirmed before
       the next call.
    4. `close()`: the partitions went to another owner, or the process ends. A step that is opened again later is a new
       one and remembers nothing of this one.

    Never two of these calls at once. A process that is killed calls nothing more.
    """

    longest_seconds: float = 0.0
    """How long one batch may take at work; beyond that and two minutes more, a worker counts as stuck."""

    @abstractmethod
    def __call__(self, batch: Sequence[R]) -> Sequence[Outcome]:
        """One outcome for each record, in their order. Raises Hold, and nothing else."""

    def keep_out(self, batch: Sequence[R]) -> None:
        """These records are of forgotten articles. A step that keeps something of them elsewhere takes it out: a call
        before may have been broken off when they were written. Raises Hold, and nothing else."""
        return

    def together(self, batch: Sequence[R | None]) -> int:
        """How many records, from the first of a batch on, are handled in one call and committed with it: one at least.

        A commit costs the same for one record and for many; but what a call does in the world, as a telling, is done
        again after a crash. None stands for a record that could not be read. Raises nothing.
        """
        return len(batch)

    def tick(self, now: datetime) -> Sequence[Output]:
        """What is due by the clock. Raises Hold, and nothing else."""
        return ()

    def waits(self) -> Sequence[Wait]:
        """What is waited for beside the batch (a channel that is away), for metrics. Called from any thread."""
        return ()

    def close(self) -> None:
        """Let go of what `open` took, save what the services keep for the process."""
        return


MANY = 512
"""A batch of a stage whose records are small and many at once: an article may be told to hundreds, and what a commit
costs is shared by a batch."""


class FunctionStep(Step[R]):
    """A step that is a function of its batch, and nothing else."""

    def __init__(self, function: Callable[[Sequence[R]], Sequence[Outcome]]) -> None:
        self._function = function

    def __call__(self, batch: Sequence[R]) -> Sequence[Outcome]:
        """The function's outcomes."""
        return self._function(batch)


@dataclass(frozen=True)
class Stage:
    """One step on an article's way: what it reads and writes, what it restores, and how its step is made."""

    name: str
    reads: Topic
    open: Callable[[Any], Step[Any]]
    """Makes the step out of the services (schemas.services.Services). May raise Hold."""
    writes: tuple[Topic, ...] = ()
    """The topics of its outputs. Topics are made, and the ledger's way is found, by these."""
    restores: tuple[Topic, ...] = ()
    """Compacted topics that its memory is made from: all that is on them is known before it is opened."""
    batch: int = 64
    """Most records in one call: enough to share a round trip, small enough that a hold keeps little."""
    tick_seconds: float = 5.0
    """How often its step is asked for what is due by the clock: a digest's minute is kept well within its minute."""
    ends_way: bool = False
    """Where an article's way ends well, by the ledger. One stage of a pipeline says so."""
