"""What the commands that look after an installation print with --json: one record for each kind of line.

What the archive answers is in schemas/answers.py. Every time is UTC, in ISO 8601.
"""

from typing import Literal

from schemas.alert import DigestTime, Policy, QuietHours, Recorded
from schemas.article import QuoteKind
from schemas.record import Record, Utc
from schemas.token import Scope
from schemas.user import Role


class EntryAccount(Record):
    """read = published + known + dropped, of the entries of each feed that is not named in `unaccounted`."""

    read: int
    published: int
    known: int
    dropped: dict[str, int]
    """By reason."""
    unaccounted: dict[str, int]
    """By feed."""


class LedgerLine(Record):
    """fetched = indexed + dropped + dead + in flight + unaccounted; the last must be empty."""

    fetched: int
    indexed: int
    dropped: dict[str, int]
    """By stage and reason."""
    dead: dict[str, int]
    in_flight: int
    unaccounted: tuple[tuple[str, str], ...]
    """(article id, revision) of each."""
    stages: dict[str, dict[str, int]]
    """For each stage, how many ended in which outcome."""
    balanced: bool
    entries: EntryAccount
    absent: tuple[str, ...] | None = None
    """Ids of articles that are entered as indexed and are not in the store; None where the store was not asked."""


class FeedLine(Record):
    """A feed that is watched, and how its last poll went; None where it was not polled yet."""

    url: str
    title: str | None
    tags: tuple[str, ...]
    added: Utc | None
    origin: str | None
    asked: Utc | None
    note: str | None
    next_poll: Utc | None = None
    polled_at: Utc | None = None
    succeeded_at: Utc | None = None
    failures: int = 0
    error: str | None = None


class FoundFeed(Record):
    """A feed of a site."""

    url: str
    title: str
    entries: int
    found: str
    """How it was found."""


class Checked(Record):
    """Whether a feed is well, asked now."""

    url: str
    ok: bool
    told: str


class TriedEntry(Record):
    """What an entry of a feed's document would become; or why the document cannot be read."""

    document: int
    """Which of the files, from 1."""
    error: str | None = None
    """Of a document that cannot be read: all else is None."""
    became: str | None = None
    why: str | None = None
    url: str | None = None
    guid: str | None = None
    title: str | None = None
    id: str | None = None
    published: Utc | None = None
    published_flag: Literal["missing", "absurd", "unsure"] | None = None
    text: str | None = None


class AlertLine(Record):
    """An alert that is on: what it asks for, whom it tells and when."""

    id: str
    name: str
    query: str
    channels: tuple[str, ...]
    """Only the kind, and the host where that is one; whole where a person asks for that on a terminal."""
    policy: Policy
    digest_minutes: int
    digest_time: DigestTime | None
    cooldown_minutes: int
    most_an_hour: int
    growth: float
    """Told only when it is so many times as usual; 0: each article."""
    altered: bool
    quiet: QuietHours | None
    muted_until: Utc | None
    paused: bool
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]
    when: str
    """The policy in words."""
    state: str
    """On, paused or muted, in words."""


class WhyLine(Recorded):
    """One alert: what was matched, when and why, and what became of telling it."""

    alert: str
    """The name of the alert."""
    telling: str
    """What became of telling it, in words."""
    counted: tuple[str, ...] = ()
    """The articles that an alert of growth counted, in words."""


class WouldTellLine(Record):
    """What an alert would have told."""

    date: Utc
    first_seen: Utc
    title: str
    source: str | None
    why: str
    id: str
    """The article's."""


class GrownLine(Record):
    """When an alert of growth would have told, and of how much."""

    date: Utc
    origins: int
    usual: float
    """Origins in an hour, as usual at that time of the week."""


class VariantLine(Record):
    """One place where an utterance stands: who said it there, in which words, and how they differ from the first."""

    quote_id: str
    how: str
    """same, cut, longer, reworded or reported."""
    content: str
    speaker: str | None
    kind: QuoteKind
    origin: str
    source: str | None
    title: str
    first_seen: Utc
    published: Utc | None
    url: str | None


class SettingLine(Record):
    """A setting: its value, default, meaning and why that number."""

    name: str
    value: bool | int | float | str
    default: bool | int | float | str
    meaning: str
    why: str


class CheckLine(Record):
    """One thing that wirewatch needs, and whether it is there."""

    check: str
    ok: bool
    told: str


class TokenLine(Record):
    """A token in force; what it is itself is kept nowhere."""

    name: str
    scopes: tuple[Scope, ...]
    created: Utc


class UserLine(Record):
    """Somebody who may sign in to the pages; the password is kept nowhere."""

    name: str
    role: Role
    created: Utc
    sessions: int
    """Browsers that are signed in now."""
