"""How a feed does by its own habit, and what comes in a language, as every face shows it."""

from typing import Literal

from pydantic import Field

from schemas.record import Record, Utc

Status = Literal["ok", "new", "failing", "silent", "doubtful"]


class Health(Record):
    """What there is to say of a feed. `notes` says it in words, the worst first."""

    url: str
    title: str | None = None
    status: Status
    notes: tuple[str, ...] = ()
    succeeded_at: Utc | None = None
    failures: int = 0
    news_at: Utc | None = None
    silence_h: float | None = None
    articles_a_day: float = 0.0
    not_modified_share: float | None = None
    empty_share: float = 0.0
    etag_lies: bool = False
    gaps: int = 0
    next_poll: Utc | None = None
    languages: dict[str, float] = Field(default_factory=dict)
    """Articles a day by language, as is usual for this feed."""


class LanguageVolume(Record):
    """Articles a day in one language: as usual, and in the last day."""

    language: str
    usual: float
    recent: float
    quiet: bool
