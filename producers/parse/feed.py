"""What a feed says, whatever its format: plain values that travel between processes.

Knows nothing of how they were read.
"""

from dataclasses import dataclass
from datetime import datetime


class FeedError(Exception):
    """Bytes that are no feed we can read: what is wrong, where, and what to do, in one line."""

    def __init__(self, what: str, where: str, todo: str) -> None:
        super().__init__(what, where, todo)
        self.what, self.where, self.todo = what, where, todo

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.todo}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. Titles, authors and summaries are text, links are absolute http(s)."""

    guid: str | None = None
    """As the feed gives it; `guid_repeats` where the feed gives it more than once."""
    guid_repeats: bool = False
    title: str = ""
    link: str | None = None
    wrapper: str | None = None
    """The link as the feed gave it, where that only leads on to `link` (parse.wrappers)."""
    link_repeats: bool = False
    """Several entries share the link, so it names none of them (a link to the front page)."""
    published: datetime | None = None
    updated: datetime | None = None
    zone_unknown: bool = False
    """The dates name a zone that is not known: they are unsure by hours."""
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    """HTML as it came, never to be shown: only to take the full text from."""
    language: str | None = None
    tags: tuple[str, ...] = ()
    transcript: str | None = None
    """Where what is said in the recording can be read (podcast:transcript), and `transcript_kind`, its media type."""
    transcript_kind: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as it was read. What it does not say is None."""

    title: str = ""
    link: str | None = None
    language: str | None = None
    hub: str | None = None
    """WebSub hub."""
    self_url: str | None = None
    ttl_minutes: int | None = None
    """RSS ttl, or the syndication module's period divided by its frequency."""
    moved_to: str | None = None
    """Where the feed says that it has moved (itunes:new-feed-url)."""
    entries: tuple[Entry, ...] = ()
    lost: int = 0
    """Entries of the document that are not among `entries`: beyond what is read of one, or unreadable."""
