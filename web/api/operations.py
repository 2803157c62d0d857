"""/status, /intake, /ledger, /dead-letters: how the installation does, and what to do about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from schemas.answers import Summary
from stores.archive import finding
from web.access import needs
from web.api.given import Here
from web.problems import ProblemError
from web.shapes.operations import ActedOn, LedgerShown, LetterList, StageShown, Status

router = APIRouter(tags=["operations"], dependencies=[Depends(needs("read"))])


@router.get("/status")
def status(here: Here) -> Status:
    """How each stage stands: what waits before it, and what it waits for, since when and why."""
    return Status(stages=[StageShown.of(report) for report in here.reader.status()])


@router.get("/intake")
def intake(here: Here) -> Summary:
    """How many articles came in each of the last 24 hours, the one that runs among them."""
    return finding.taken_in(here.reader.store, here.clock())


@router.get("/ledger")
def ledger(here: Here) -> LedgerShown:
    """The proof that nothing is lost: fetched = indexed + dropped + dead + in flight."""
    return LedgerShown.of(here.reader.ledger())


@router.get("/dead-letters")
def dead_letters(here: Here) -> LetterList:
    """The dead letters that stand, oldest first."""
    return LetterList(letters=[letter.line for letter in here.reader.dead_letters()])


@router.post("/dead-letters/{id:any}/replay", status_code=202, dependencies=[Depends(needs("operate"))])
def replay(
    here: Here,
    id: str,
    stage: Annotated[str | None, Query(max_length=100, description="Only the letter of this stage.")] = None,
) -> ActedOn:
    """Send an article's dead letters on their way again."""
    with here.acting() as control:
        number = control.replay_letter(id, stage)
    if not number:
        raise ProblemError(404, "there is no such dead letter")
    return ActedOn(number=number)
