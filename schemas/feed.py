"""A feed, and what a producer must remember of it between polls."""

from pydantic import Field

from schemas.record import Record, Utc


class Feed(Record):
    """A feed somebody asked to watch."""

    url: str = Field(min_length=1)
    title: str | None = None
    tags: tuple[str, ...] = ()
    added: Utc | None = None
    deleted: bool = False


class FeedState(Record):
    """Stored only after the articles it stands for are confirmed, or a crash would turn a 304 into a loss."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    seen: dict[str, str] = Field(default_factory=dict)
    """Article id -> revision of what the feed showed last."""
    next_poll: Utc | None = None
    polled_at: Utc | None = None
    succeeded_at: Utc | None = None
    failures: int = Field(default=0, ge=0)
    error: str | None = None
