"""What the archive answers: one record for each kind of line that a command, an HTTP service or a page shows.

What the commands that look after an installation print is in schemas/lines.py.
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


class ExportedFile(Record):
    """One table of an export."""

    name: str
    table: str
    rows: int
    bytes: int
    sha256: str
    columns: dict[str, str]
    """What each column means."""


class Manifest(Record):
    """What an export holds, so that whoever gets the files knows what they are."""

    query: str
    """As it was typed."""
    means: str
    """The same in full, with the times that it was asked within."""
    started: Utc
    ended: Utc
    articles: int
    wirewatch: str
    """The version that wrote it."""
    files: tuple[ExportedFile, ...]


QuoteChangeKind = Literal["altered", "cut", "extended", "reattributed", "withdrawn", "added"]
"""The words differ; some are left out; more are given; somebody else says them; they are gone from the text; they are
new in it."""


class SentenceChange(Record):
    """A stretch of sentences that is not as it was."""

    before: str
    """Empty where it was added."""
    after: str
    """Empty where it was taken out."""


class QuoteChange(Record):
    """A quote that is not as it was."""

    kind: QuoteChangeKind
    before: str
    after: str
    speaker_before: str | None
    speaker_after: str | None


class Change(Record):
    """How an article was changed after it was published."""

    article_id: str
    source: str | None
    url: str | None
    revision_before: str
    revision_after: str
    at: Utc
    """When the changed article was fetched."""
    title_before: str
    title_after: str
    sentences: tuple[SentenceChange, ...]
    quotes: tuple[QuoteChange, ...]


class LinesOfChanges(Record):
    """One page of changes, the last first."""

    changes: tuple[Change, ...]
    next: str | None


class AlikeArticle(Record):
    """An article that is like what was asked for."""

    article: ArticleLine
    shares: tuple[str, ...]
    """The words and names in common, the weightiest first."""
    likeness: float
    """The weight of these, of that of all words asked for: 0 to 1."""


class AlikeQuote(Record):
    """A quote that is like what was asked for."""

    quote: QuoteLine
    shares: tuple[str, ...]
    likeness: float


class Alike(Record):
    """What is like an article or a text."""

    story: tuple[ArticleLine, ...]
    """The other articles of its story, newest first."""
    articles: tuple[AlikeArticle, ...]
    """Of other stories, the most alike first."""
    quotes: tuple[AlikeQuote, ...]
    """In other articles, the most alike first."""


class Headline(Record):
    """An article by its headline, as its publisher wrote it."""

    article_id: str
    title: str
    source: str | None
    url: str | None
    published: Utc | None
    first_seen: Utc


class BriefedQuote(QuoteLine):
    """What somebody said in so many words, as it was first reported."""

    articles: int
    """In how many of the story's articles it stands, whole or in part."""


class BriefedStory(Record):
    """A story of a day, told with headlines and quotes alone."""

    story_id: str
    articles: int
    origins: int
    """Whose reports these articles are: each agency and each publisher once."""
    headlines: tuple[Headline, ...]
    """Of different origins, the first seen first."""
    quotes: tuple[BriefedQuote, ...]
    """Direct speech of people with a name, that which most articles have first."""


class Briefing(Record):
    """The stories of a day, those of the most origins first."""

    start: Utc
    end: Utc
    """The first moment after it."""
    stories: tuple[BriefedStory, ...]
    complete: bool
    """False: the day has more stories than were looked at; the newest were."""


class NamedPlace(Record):
    """A place that articles name, and where it lies; a country lies at its capital."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    stories: int
    articles: int


class NamedPlaces(Record):
    """The places that articles name, that of the most stories first."""

    places: tuple[NamedPlace, ...]
    articles: int
    """How many were read."""
    complete: bool
    """False: there are more articles; the newest were read."""
