"""From an outcome to what goes on the log: the outputs, the dead letter, and the row of the ledger. The only place.

Knows neither which log it is nor how anything is written to it.
"""

import base64
from dataclasses import dataclass

from runtime.version import CODE_VERSION
from schemas.clock import Clock, utc_now
from schemas.ledger import Ending, Letter, Origin, OutcomeRow, identity
from schemas.outcome import Dead, Done, Dropped, Outcome, Output
from schemas.record import Record
from schemas.topics import DEAD, OUTCOMES


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as it was read from the log, or what was read instead of one."""

    origin: Origin
    record: Record | None
    key: bytes = b""
    value: bytes = b""
    error: str = ""
    """Why there is no record."""
    revision: str = ""
    """Where there is no record: as its header says, if it does."""

    @property
    def identity(self) -> tuple[str, str]:
        """(id, revision): of the record, or where there is none of its key and header, or of its place."""
        if self.record is not None:
            return identity(self.record)
        where = f"{self.origin.topic}-{self.origin.partition}-{self.origin.offset}"
        return self.key.decode(errors="replace") or where, self.revision


class OutcomeRecorder:
    """Writes down how each record of a stage ended."""

    def __init__(self, stage: str, clock: Clock = utc_now, code_version: str = CODE_VERSION) -> None:
        self._stage = stage
        self._clock = clock
        self._code_version = code_version

    def outputs(self, incoming: Incoming, outcome: Outcome) -> tuple[Output, ...]:
        """All that must be on the log before the record counts as handled."""
        letters = (self.letter(incoming, outcome),) if isinstance(outcome, Dead) else ()
        return (*letters, *outcome.outputs, self.row(incoming.identity, outcome))

    def row(self, of: tuple[str, str], outcome: Outcome) -> Output:
        """The ledger's row for the record of this id and revision."""
        id, revision = of
        row = OutcomeRow(
            id=id,
            revision=revision,
            stage=self._stage,
            outcome=ending(outcome),
            reason=reason(outcome),
            at=self._clock(),
        )
        return Output(OUTCOMES, row)

    def letter(self, incoming: Incoming, outcome: Dead) -> Output:
        """The dead letter of a record, with all that is needed to understand and replay it."""
        id, revision = incoming.identity
        letter = Letter(
            id=id,
            revision=revision,
            stage=self._stage,
            reason=outcome.reason,
            error=outcome.error,
            origin=incoming.origin,
            code_version=self._code_version,
            record=_as_fields(incoming),
            at=self._clock(),
        )
        return Output(DEAD, letter)


def ending(outcome: Outcome) -> Ending:
    """The outcome's name in the ledger."""
    if isinstance(outcome, Done):
        return "done"
    return "dropped" if isinstance(outcome, Dropped) else "dead"


def reason(outcome: Outcome) -> str | None:
    """Why, for those that did not go on."""
    return None if isinstance(outcome, Done) else outcome.reason


def _as_fields(incoming: Incoming) -> dict[str, object]:
    if incoming.record is not None:
        return incoming.record.model_dump(mode="json", exclude_defaults=True)
    return {"key": incoming.key.decode(errors="replace"), "base64": base64.b64encode(incoming.value).decode()}
