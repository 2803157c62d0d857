"""What commands about the installation itself print with --json: a record for each line. Times are UTC."""

from typing import Literal

from pydantic import Field

from schemas.article import QuoteKind
from schemas.ledger import Origin
from schemas.record import Record, Utc

Status = Literal["ok", "new", "failing", "silent", "doubtful"]
"""How a feed does by its own habit."""


class WatchedFeed(Record):
    """A feed that is watched, and how its last poll went."""

    url: str
    title: str | None
    tags: tuple[str, ...]
    added: Utc | None
    origin: str | None
    """The address under which it was added, where it has moved since."""
    asked: Utc | None
    note: str | None
    polled_at: Utc | None = None
    succeeded_at: Utc | None = None
    next_poll: Utc | None = None
    failures: int = 0
    error: str | None = None


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


class FeedOfSite(Record):
    """A feed that a site has."""

    url: str
    title: str
    entries: int
    found: str
    """How it was found."""


class CheckedFeed(Record):
    """A feed that was asked now."""

    url: str
    ok: bool
    told: str


class CheckedPart(Record):
    """What wirewatch needs on this machine, and how it is."""

    check: str
    ok: bool
    told: str


class TriedEntry(Record):
    """What an entry of a document would become; of a document that cannot be read, why."""

    document: int
    """Counted from 1."""
    became: Literal["new", "changed", "known", "dropped"] | None = None
    why: str | None = None
    url: str | None = None
    guid: str | None = None
    title: str | None = None
    id: str | None = None
    published: Utc | None = None
    published_flag: str | None = None
    text: str | None = None
    error: str | None = None


class Setting(Record):
    """A setting."""

    name: str
    value: str | int | float | bool
    default: str | int | float | bool
    meaning: str
    why: str


class NamedToken(Record):
    """A token in force, without what would let anybody in."""

    name: str
    scopes: tuple[str, ...]
    created: Utc


class EntryAccount(Record):
    """read = published + known + dropped, for every feed that is not named in `unaccounted`."""

    read: int
    published: int
    known: int
    dropped: dict[str, int]
    """By the reason."""
    unaccounted: dict[str, int]
    """By the feed: entries without an outcome."""


class LedgerLine(Record):
    """The ledger: fetched = indexed + dropped + dead + in flight + unaccounted; the last must be empty."""

    fetched: int
    indexed: int
    dropped: dict[str, int]
    dead: dict[str, int]
    in_flight: int
    unaccounted: tuple[tuple[str, str], ...]
    """Article and revision."""
    stages: dict[str, dict[str, int]]
    """How many ended in which outcome, by the stage."""
    balanced: bool
    entries: EntryAccount
    absent: tuple[str, ...] | None = None
    """Articles that are said to be in the store and are not; only where the store was asked, too."""


class LetterLine(Record):
    """A dead letter, without its record."""

    id: str
    revision: str
    stage: str
    reason: str
    error: str
    origin: Origin
    """Where on the log the record stands."""
    code_version: str
    at: Utc


class VariantLine(Record):
    """One place where an utterance stands: who said it there, in which words, and how they differ from the first."""

    quote_id: str
    how: Literal["same", "cut", "longer", "reworded", "reported"]
    content: str
    speaker: str | None
    kind: QuoteKind
    origin: str
    source: str | None
    title: str
    first_seen: Utc
    published: Utc | None
    url: str | None
