"""The base of every record: frozen, and strict about names: a typing error is an error, not a silence."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Record(BaseModel):
    """One immutable value that travels between stages. Unknown fields raise, with their name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Utc = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment in UTC. A time without a zone is refused: nobody can know what it means."""
