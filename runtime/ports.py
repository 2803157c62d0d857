"""The two ports of an installation: one to read it, one to act on it, whichever runtime it has.

The command line is one face of them. They are the same for a file, for a process that works on the file already, and
for the cluster: tests/runtime/test_ports_contract.py says the same in examples, of each. wirewatch/compose/open.py
opens them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from runtime.ledger import Balance
from schemas.ledger import Letter, OutcomeRow
from schemas.outcome import Output
from schemas.stage import Wait
from schemas.state import State

if TYPE_CHECKING:  # loading it takes as long as all else that reading the log takes
    from stores.store import Store

Progress = Callable[[int, int], object]
"""Told how many records are done, and of how many."""
Waiting = Mapping[str, int]
"""For each stage by name, the records before it that it has not handled yet."""

Held = Mapping[str, tuple[Wait, ...]]
"""For each stage by name, what it waits for that is away."""


def untold(*_: object) -> None:
    """A progress that nobody is told of."""


class ControlError(Exception):
    """The installation cannot do what was asked: what, where, and what to do, in one line for a person."""


@dataclass(frozen=True)
class Published:
    """What became of articles that were published: how many go on, how many were dropped and by which rule."""

    accepted: int = 0
    dropped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StageReport:
    """How a stage stands now."""

    stage: str
    waiting: int
    """Records before it that it has not handled yet."""
    held: tuple[Wait, ...] = ()
    """What it waits for, since when and why: for its batch, and beside it (a channel that is away). Where nobody works
    the stage nothing, or on the cluster what its last worker waited for when it ended."""


class Reader(Protocol):
    """Reading access: where articles are found, what is in force, and what became of every record.

    Beside whoever writes. Calls raise Hold when the log or the store is away.
    """

    @property
    def store(self) -> "Store":
        """Where articles rest."""
        ...

    @property
    def state(self) -> State:
        """The compacted topics."""
        ...

    def ledger(self, prove: bool = False) -> Balance:
        """Every fetched revision in its one place: as it was kept, or counted anew from every outcome (`prove`).

        Raises ControlError where the two differ.
        """
        ...

    def indexed(self, but: Iterable[str] = ()) -> Mapping[str, datetime]:
        """Every article by id that the ledger has as indexed, in any revision, and when it was first fetched; without
        those of `but`, which is read after the ledger."""
        ...

    def trace(self, identity: str) -> list[OutcomeRow]:
        """One article's way, in the order of time."""
        ...

    def dead_letters(self) -> list[Letter]:
        """The dead letters that stand, oldest first."""
        ...

    def status(self) -> list[StageReport]:
        """How each stage stands, in the order of an article's way; then what waits beside them (housekeeping)."""
        ...

    def backup(self, path: Path) -> str:
        """Write to a new file what only this installation has, beside whoever works; what was written, for a person.

        Raises ControlError where it cannot be written.
        """
        ...


class Control(Protocol):
    """Acting access. Calls return when the change is safe; raise Hold when the log is away, ControlError where it
    cannot be."""

    def publish(self, outputs: Sequence[Output]) -> Published:
        """Put records on their topics."""
        ...

    def waiting(self) -> Waiting:
        """Records that each stage has before it."""
        ...

    def forget(self, identity: str) -> bool:
        """Take one article out everywhere; False where nothing was known of it. It is not let in again either way."""
        ...

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """Send the dead letters of an article (of one stage, or of all) on their way again; how many."""
        ...

    def replay(self, stage: str, since: datetime, name: str | None = None, progress: Progress = untold) -> int:
        """Run a stage again over what came since then, alerting nobody; how many records, once it has handled them.

        An interrupted replay of the same `name` (by default: of the same moment) goes on where it was. Raises
        ControlError where no such stage can be replayed.
        """
        ...

    def start(self) -> object:
        """Work the stages in this process, where no other process does. Done again, it changes nothing."""
        ...

    def drain(self, progress: Callable[[Waiting], object] = untold, most: int = 0) -> None:
        """Return when at most `most` records wait in all, where this process works the stages; elsewhere at once.

        `progress` is told what waits, once at least, where this process works them.
        """
        ...


class WorkedElsewhere:
    """The part of Control that is nothing where other processes work the stages."""

    def start(self) -> None:
        """They are worked already."""

    def drain(self, progress: Callable[[Waiting], object] = untold, most: int = 0) -> None:
        """They go on by themselves, and the log has room."""
