"""The cluster's account of the ledger as it was kept last: what `ledger` need not read again."""

from pydantic import Field

from schemas.ledger import Ending
from schemas.record import Record

State = tuple[tuple[str, Ending, str], ...]
"""The last word of each stage on a revision: (stage, outcome, reason), by stage."""


class AccountPart(Record):
    """Some thousands of revisions by what every stage said of them, or (id "head") up to where that was read."""

    id: str
    """The part's number, or "head"."""
    read: dict[str, int] = Field(default_factory=dict)
    """Of the head: partition of `outcomes` -> the next offset to read."""
    states: tuple[State, ...] = ()
    """The states that the rows of this part refer to."""
    rows: str = ""
    """Base64 of the columns, one after the other (runtime.account.Table)."""
    more: dict[int, tuple[int, ...]] = Field(default_factory=dict)
    """Row of this part -> the further blocks of `outcomes` in which it has outcomes, beside its first and its last."""
