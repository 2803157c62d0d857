"""What a command can ask of a running or an opened installation, whichever runtime it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from runtime.ledger import Balance
from schemas.ledger import Letter, OutcomeRow
from schemas.outcome import Output
from schemas.state import State
from stores.store import Store


@dataclass(frozen=True)
class Published:
    """What became of articles that were published: how many go on, how many were dropped and by which rule."""

    accepted: int = 0
    dropped: tuple[tuple[str, int], ...] = ()


class Reader(Protocol):
    """Reading access: where articles are found, what is in force, and what became of every record."""

    @property
    def store(self) -> Store:
        """Where articles rest."""
        ...

    @property
    def state(self) -> State:
        """The compacted topics."""
        ...

    def account(self) -> Balance:
        """The ledger."""
        ...

    def trace(self, identity: str) -> list[OutcomeRow]:
        """One article's way, in the order of time."""
        ...

    def letters(self) -> list[Letter]:
        """The dead letters that stand, oldest first."""
        ...


class Control(Protocol):
    """Writing access. Calls return when the change is safe; raise Hold when the log is away."""

    def publish(self, outputs: Sequence[Output]) -> Published:
        """Put records on their topics."""
        ...

    def waiting(self) -> dict[str, int]:
        """Records that each stage has before it."""
        ...

    def forget(self, identity: str) -> bool:
        """Take one article out everywhere; False where nothing was known of it."""
        ...

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """Send the dead letters of an article (of one stage, or of all) on their way again; how many."""
        ...
