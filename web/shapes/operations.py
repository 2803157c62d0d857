"""How the installation does, as /api/v1 answers: a field may be added, none change. Times are UTC."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from runtime.ledger import Balance
from runtime.ports import StageReport
from schemas.ledger import LetterLine


class ActedOn(BaseModel):
    """How many were acted on."""

    number: int


class Waits(BaseModel):
    """What is waited for, since when and why."""

    what: str
    since: datetime
    why: str


class StageShown(BaseModel):
    """How a stage stands now."""

    stage: str
    waiting: int = Field(description="Records before it that it has not handled yet.")
    held: list[Waits]

    @classmethod
    def of(cls, report: StageReport) -> "StageShown":
        """Of a report."""
        held = [Waits(what=wait.what, since=wait.since, why=wait.why) for wait in report.held]
        return cls(stage=report.stage, waiting=report.waiting, held=held)


class Status(BaseModel):
    """How the installation stands now."""

    stages: list[StageShown]


class Revision(BaseModel):
    """One revision of an article."""

    article_id: str
    revision: str


class LedgerShown(BaseModel):
    """fetched = indexed + dropped + dead + in flight + unaccounted; the last must be empty."""

    balanced: bool
    fetched: int
    indexed: int
    dropped: dict[str, int]
    dead: dict[str, int]
    in_flight: int
    unaccounted: list[Revision] = Field(description="What is lost; at most a hundred.")

    @classmethod
    def of(cls, balance: Balance, most: int = 100) -> "LedgerShown":
        """Of the ledger."""
        return cls(
            balanced=balance.balanced,
            fetched=balance.fetched,
            indexed=balance.indexed,
            dropped=dict(balance.dropped),
            dead=dict(balance.dead),
            in_flight=balance.in_flight,
            unaccounted=[Revision(article_id=id, revision=of) for id, of in balance.unaccounted[:most]],
        )


class LetterList(BaseModel):
    """The dead letters that stand, oldest first."""

    letters: list[LetterLine]


class Alive(BaseModel):
    """This process answers."""

    status: Literal["ok"] = "ok"
    version: str
