"""What is kept of how the installation does: counts by the minute, feeds, dead letters. Knows no engine."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field

from schemas.record import Record, Utc

ObservationKind = Literal["outcomes", "lag", "feed", "letter"]


class Observation(Record):
    """One thing observed; which fields it has follows from its kind."""

    id: str = Field(exclude=True)
    """The same thing observed again has the same, and replaces what was kept."""
    kind: ObservationKind
    at: Utc
    """The minute, of counts; when it was last looked at, of a feed; when it died, of a letter's record."""
    stage: str | None = None
    outcome: str | None = None
    reason: str | None = None
    records: int | None = None
    """Records that ended so at the stage in that minute."""
    waiting: int | None = None
    """Records before the stage."""
    feed: str | None = None
    title: str | None = None
    state: str | None = None
    problem: str | None = None
    last_new: Utc | None = None
    fails: int | None = None
    """Failures in a row."""
    error: str | None = None
    article_id: str | None = None
    url: str | None = None


class Observations(Protocol):
    """Where a store keeps them. Every method raises Hold where the store is away."""

    def write(self, observations: Sequence[Observation], version: int) -> None:
        """Keep them; those of a higher version stay."""
        ...

    def last_minute(self) -> datetime | None:
        """The last minute of which outcomes are counted."""
        ...

    def drop_feeds(self, before: datetime) -> None:
        """Take out the feeds that were not looked at since."""
        ...


def observation_id(*parts: str) -> str:
    """An id out of what makes it the same thing."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
