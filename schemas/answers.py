"""What the archive answers: one record for each kind of line that a command, an HTTP service or a page shows.

schemas/json/commands/NAME.json has the shape of each line of `wirewatch NAME --json`. Every time is UTC, in ISO 8601.
"""

from typing import Literal

from pydantic import Field

from schemas.article import Quote
from schemas.record import Record, Utc


class Counted(Record):
    """A value, and how many have it."""

    value: str
    count: int


class ArticleLine(Record):
    """An article that was found, with the sentence that holds most of what was asked for."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: Utc | None
    """The publisher's date; None where there is none: `first_seen` is no date of the article."""
    first_seen: Utc
    story_id: str
    language: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    """Where the snippet holds what was asked for: code points into it, half-open."""


class ArticlePage(Record):
    """One page of articles."""

    total: int
    total_exact: bool
    """False: there are more than `total`."""
    articles: tuple[ArticleLine, ...]
    next: str | None
    """Gets the next page; None on the last."""


class StoryLine(Record):
    """A story: its newest article that was found, and how far it went."""

    story_id: str
    lead: ArticleLine
    matching: int
    """How many of its articles were found."""
    copies: int
    """How many articles it has beside the lead."""
    origins: int
    """By how many independent publishers."""
    sources: tuple[Counted, ...]


class LinesOfStories(Record):
    """One page of stories, each where its newest match stands, newest first."""

    stories: tuple[StoryLine, ...]
    next: str | None


class Bar(Record):
    """How many articles lie in a stretch of time."""

    start: Utc
    end: Utc
    """The first moment after it."""
    count: int


class Summary(Record):
    """What there is of a query, without the articles."""

    total: int
    total_exact: bool
    facets: dict[str, tuple[Counted, ...]] = Field(default_factory=dict)
    interval: Literal["hour", "day", "month"] | None = None
    histogram: tuple[Bar, ...] = ()
    """By the publishers' dates, oldest first, with the empty stretches between."""
    undated: int = 0
    """Articles that the histogram has no place for."""


class QuoteLine(Quote):
    """A quote with its words, and where it was said."""

    content: str
    article_id: str
    title: str
    source: str | None
    url: str | None
    published: Utc | None
    first_seen: Utc
    story_id: str
    language: str | None


class LinesOfQuotes(Record):
    """One page of quotes, newest article first."""

    total: int
    total_exact: bool
    quotes: tuple[QuoteLine, ...]
    next: str | None


class SpeakerLine(Record):
    """How often somebody is quoted."""

    name: str
    id: str | None
    quotes: int
    articles: int
    words: int
    sources: tuple[Counted, ...]
    first_published: Utc | None
    last_published: Utc | None
    first_seen: Utc


class Person(Record):
    """Somebody who is quoted: how often, where, and with whom and what."""

    speaker: SpeakerLine
    beside: dict[str, tuple[Counted, ...]]
    """Field -> who and what the articles name in which they are quoted, the person left out."""
    said: LinesOfQuotes
    """What they said, newest first."""


class Contributor(SpeakerLine):
    """Somebody whom a source, or all of them, quoted in a time."""

    earlier: int
    """Quotes before that time, in the same source or sources."""
    new: bool
    """There is none earlier."""
    elsewhere: int
    """Quotes within that time in other sources."""


class Contributors(Record):
    """Whom a source, or all of them, quoted in a time."""

    people: tuple[Contributor, ...]
    quotes: int
    """Quotes of all the people listed."""
    words: int
    new: int
    """How many of the people listed are new."""
