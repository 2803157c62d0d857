"""Feeds, as /api/v1 takes and answers: a field may be added, none change. Times are UTC."""

from datetime import datetime

from pydantic import BaseModel, Field

from schemas.feed import Feed
from schemas.feed_health import Health


class FeedPut(BaseModel, extra="forbid"):
    """A feed to watch."""

    url: str = Field(max_length=2_000, description="Of a feed, or of a site that has one.")
    title: str | None = Field(default=None, max_length=500)
    tags: list[str] = Field(default=[], max_length=50)
    unseen: bool = Field(default=False, description="Watch the address as it is, without asking it.")


class FeedShown(BaseModel):
    """A feed, and how it does by its own habit."""

    url: str
    title: str | None
    tags: list[str]
    added: datetime | None
    health: Health

    @classmethod
    def of(cls, feed: Feed, health: Health) -> "FeedShown":
        """Of what is kept and judged."""
        title = feed.title or health.title
        return cls(url=feed.url, title=title, tags=list(feed.tags), added=feed.added, health=health)


class FeedList(BaseModel):
    """The feeds that are watched, by address."""

    feeds: list[FeedShown]


class PollRequest(BaseModel, extra="forbid"):
    """Feeds to poll now."""

    urls: list[str] = Field(default=[], max_length=10_000, description="None: all that are watched.")
