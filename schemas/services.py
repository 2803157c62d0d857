"""What a stage may use when it is opened. The runtimes and wirewatch/compose provide it; a stage knows only this.

A test, or a stage of somebody's own, uses runtime.memory.MemoryServices.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.clock import Clock
from schemas.outcome import Outcome
from schemas.state import State

T = TypeVar("T")
R = TypeVar("R")
In = TypeVar("In", contravariant=True)
Out = TypeVar("Out")

NOT_STARTED = "not started"
"""The reason of a Failure that is not the item's: the child could not be made ready at all."""


@dataclass(frozen=True)
class Failure:
    """A piece of work that did not come back from a child process: a short reason, and what happened."""

    reason: str
    error: str


@dataclass(frozen=True)
class WorkerSpec(Generic[T, R]):
    """What a child process does: `make` builds the working function once per child; both must be importable."""

    make: Callable[..., Callable[[T], R]]
    arguments: tuple[Any, ...] = ()
    seconds: float = 60.0
    """The longest that one item may take."""
    memory_mb: int | None = None
    """The address space of a child; None is no limit."""


class Pool(Protocol[In, Out]):
    """Child processes that do one kind of work, each item within a limit of time and memory."""

    def start(self) -> None:
        """Start them beside, and return at once: without it they are started at their first items, which then wait."""

    def map(self, items: Iterable[In]) -> list[Out | Failure]:
        """The work of all items, in their order."""
        ...


class Sink(Protocol):
    """The writing side of a store. Calls raise Hold where it is away."""

    def write(self, articles: Sequence[WireArticle]) -> Sequence[Outcome]:
        """Store articles; one outcome each."""
        ...

    def record(self, deliveries: Sequence[Delivery]) -> Sequence[Outcome]:
        """Store what became of alerts; one outcome each."""
        ...

    def forget(self, id: str) -> bool:
        """Take an article out, and the alerts that quote it; whether it was there."""
        ...

    def expire(self, before: datetime) -> int:
        """Let go of what was first seen before then; how many, where that is known."""
        ...


class StageSettings(Protocol):
    """The settings that stages ask for; wirewatch.settings has their meaning."""

    @property
    def profile(self) -> str: ...
    @property
    def workers(self) -> int: ...
    @property
    def enrich_seconds(self) -> float: ...
    @property
    def enrich_memory_mb(self) -> int: ...
    @property
    def story_hours(self) -> int: ...
    @property
    def retention_days(self) -> int: ...
    @property
    def channel_hosts(self) -> str: ...
    @property
    def channel_kinds(self) -> str: ...
    @property
    def old_news_days(self) -> int: ...


class Services(Protocol):
    """What a stage may use, for as long as the process lives."""

    @property
    def settings(self) -> StageSettings:
        """The settings in force."""
        ...

    @property
    def state(self) -> State:
        """The compacted topics."""
        ...

    @property
    def store(self) -> Sink:
        """Where articles rest; opened when it is first asked for."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def forbids(self) -> Callable[[str], str | None]:
        """Why an address, as digits, must not be connected to; None where it may. It can be pickled."""
        ...

    @property
    def confirm_owner(self) -> Callable[[], None]:
        """Returns where the stage's partitions are still this process's, by the log's own word: asked before what must
        not be done by two. Raises Hold where they are being given out, or nobody answers."""
        ...

    def observe(self, now: datetime) -> None:
        """Write down how the whole installation does, where the runtime keeps that; called every few seconds.

        In one process there is nothing to write: commands read it off the log.
        """
        ...

    def pool(self, spec: WorkerSpec[T, R], size: int) -> Pool[T, R]:
        """Child processes for this work; the same for the same work, and kept when a stage is closed."""
        ...
