"""A feed, and what a producer must remember of it between polls."""

from typing import Any

from pydantic import ConfigDict, Field, model_validator

from schemas.address import public
from schemas.record import Record, Utc


class Feed(Record):
    """A feed somebody asked to watch. An address with a secret in it is divided when a record is made of it."""

    model_config = ConfigDict(hide_input_in_errors=True)

    url: str = Field(min_length=1)
    """Its address without secrets (schemas.address): what it is known, shown and logged by."""
    private: str | None = Field(default=None, repr=False)
    """The address with its name and password or token, where it has any. Only a producer reads it, to ask."""
    title: str | None = None
    tags: tuple[str, ...] = ()
    added: Utc | None = None
    deleted: bool = False
    origin: str | None = None
    """The address it was added under, where it has moved since: entries without an address of their
    own are known by it, so that a move makes no article new."""
    asked: Utc | None = None
    """When somebody last asked for it to be polled at once: when it was added, or by `feeds poll`."""
    note: str | None = None
    """Why it was deleted, where no person did it: gone (410), or moved, and where to."""

    @property
    def asked_at(self) -> str:
        """The address that is asked, secrets and all."""
        return self.private or self.url

    @model_validator(mode="before")
    @classmethod
    def _divided(cls, given: Any) -> Any:
        """What is deleted keeps the key under which it is stored, however it was divided since."""
        if not isinstance(given, dict) or given.get("deleted") or not isinstance(url := given.get("url"), str):
            return given
        shown = public(url)
        return given if shown == url else {**given, "url": shown, "private": given.get("private") or url}


class Volume(Record):
    """Articles by language, as counts that fade: by a factor e in 14 days (usual) and in one (recent)."""

    usual: dict[str, float] = Field(default_factory=dict)
    recent: dict[str, float] = Field(default_factory=dict)
    at: Utc | None = None
    """Up to when both have faded."""
    since: Utc | None = None
    """When counting began."""


class EntryCounts(Record):
    """What became of the entries of all documents of a feed that were read: the ledger at the door."""

    read: int = Field(default=0, ge=0)
    """As the parser counted them in the documents."""
    published: int = Field(default=0, ge=0)
    """As they were put on the log."""
    known: int = Field(default=0, ge=0)
    """The same as before, or lately published by another feed of ours."""
    dropped: dict[str, int] = Field(default_factory=dict)
    """Not taken, by reason."""

    @property
    def unaccounted(self) -> int:
        """Zero, or something is lost, or counted twice, at the door."""
        return self.read - self.published - self.known - sum(self.dropped.values())


class PageRetry(Record):
    """An article's page that could not be had yet, and is asked for again."""

    tries: int = Field(ge=1)
    """How often it failed."""
    due: Utc


# Fields that FeedState had once: until when caching hints were doubted after a gap.
RETIRED = frozenset({"hints_cost"})


class FeedState(Record):
    """Stored only after the articles it stands for are confirmed, or a crash would turn a 304 into a loss."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    seen: dict[str, str] = Field(default_factory=dict)
    """Article id (16 characters) -> what the feed itself showed and called it (polling.prints); the newest last."""
    shared: tuple[str, ...] = ()
    """Ids (16 characters) by links and guids under which this feed had several articles: they name none of them."""
    owed: dict[str, PageRetry] = Field(default_factory=dict)
    """Article id (16 characters) -> its page, where that failed; the newest last, at most a hundred."""
    next_poll: Utc | None = None
    polled_at: Utc | None = None
    succeeded_at: Utc | None = None
    failures: int = Field(default=0, ge=0)
    error: str | None = None
    full_at: Utc | None = None
    """When the last whole document came (not a 304)."""
    body_hash: str | None = None
    window: int = Field(default=0, ge=0)
    """Entries in that document."""
    rate: float = Field(default=0.0, ge=0)
    """New articles an hour, a mean that fades (politeness.schedule)."""
    peak: float = Field(default=0.0, ge=0)
    """The fastest of late, articles an hour; fades too."""
    news_at: Utc | None = None
    """When an article was last seen for the first time."""
    longest_silence_h: float = Field(default=0.0, ge=0)
    """The longest wait between two articles while watched; halves with every month."""
    gaps: int = Field(default=0, ge=0)
    """Polls that shared no entry with the one before: articles between them may be lost."""
    etag_lied: Utc | None = None
    """When the server last said that nothing had changed although it had."""
    not_modified: int = Field(default=0, ge=0)
    """304s in all, and `documents` whole answers in all: the share is shown by `feeds health`."""
    documents: int = Field(default=0, ge=0)
    empty: float = Field(default=0.0, ge=0, le=1)
    """Share of the latest articles without a body, a mean that fades."""
    volume: Volume = Volume()
    entries: EntryCounts = EntryCounts()
    told: str | None = None
    """The health that was last published as an article, where that is asked for."""
    title: str | None = None
    """What the feed calls itself."""
    ttl_minutes: int | None = None
    """How long it asks to be left alone (ttl, sy:update)."""
    hub: str | None = None
    topic: str | None = None
    """WebSub: the hub that the feed names, and the address it knows the feed by."""
    hub_asked: Utc | None = None
    """WebSub: when the hub was last asked for a subscription."""
    lease_until: Utc | None = None
    """WebSub: until when the hub has promised to push."""

    @model_validator(mode="before")
    @classmethod
    def _without_retired(cls, given: Any) -> Any:
        """What feeds were remembered with before, and are stored with still: their memory outlives a new version."""
        return (
            {name: value for name, value in given.items() if name not in RETIRED} if isinstance(given, dict) else given
        )
