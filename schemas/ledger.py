"""The proof that nothing is lost: one outcome for each (id, revision, stage), a letter for each failure."""

from typing import Any, Literal

from schemas.record import Record, Utc

Ending = Literal["done", "dropped", "dead"]
FETCH = "fetch"
"""The stage name under which an article's arrival is entered in the ledger."""

FORGOTTEN_RULE = "forgotten"
SAME_REVISION_RULE = "same revision"
"""The rules by which an article is not let in, as the ledger names them."""


class OutcomeRow(Record):
    """How a record ended at a stage. A set, not a counter: at-least-once may say it twice."""

    id: str
    revision: str
    stage: str
    outcome: Ending
    reason: str | None = None
    at: Utc


class Forgotten(Record):
    """An article that was taken out, and is not let in again."""

    id: str
    at: Utc


class Origin(Record):
    """Where a record stood on the log."""

    topic: str
    partition: int = 0
    offset: int


class LetterLine(Record):
    """A record that could not be handled, as lists show it: without the record."""

    id: str
    revision: str
    stage: str
    reason: str
    error: str
    origin: Origin
    code_version: str
    at: Utc


class Letter(LetterLine):
    """A record that could not be handled, with all that is needed to understand and replay it."""

    record: dict[str, Any]

    @property
    def line(self) -> LetterLine:
        """It without the record."""
        return LetterLine(**{name: getattr(self, name) for name in LetterLine.model_fields})


def identity(record: Record) -> tuple[str, str]:
    """(id, revision): the ledger's key. What has no revision of its own has the empty one."""
    fields = record.__dict__  # a Record says of a field that it lacks far more slowly
    return str(fields.get("id", "")), str(fields.get("revision", ""))
