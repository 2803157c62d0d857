"""What a store of articles does, whichever engine is behind it, and what it answers with.

Knows no engine. tests/stores/test_store_contract.py says the same in examples, for every engine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from schemas.alert import Delivery, Recorded
from schemas.article import Quote, WireArticle
from schemas.outcome import Outcome
from stores.observation import Observations
from stores.outlines import PlacedPage, StoryCounts
from stores.query.fields import COUNTABLE
from stores.query.tree import Query

Order = Literal["newest", "published", "relevance"]
"""newest: first seen last; published: by the publisher's date, the undated last; relevance: by the words asked for."""
Interval = Literal["hour", "day"]
Moment = Literal["published", "first_seen"]

FACETS = tuple(field.name for field in COUNTABLE)
"""The fields whose most frequent values a search can count."""

FACET_VALUES = 10
"""So many values of each."""

EXACT_TOTAL = 10_000
"""Up to here totals and facets are exact; beyond, the total says "at least" and facets count the newest."""
RANKED = 20_000
"""Relevance ranks this many of the newest matches."""


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of an answer."""

    total: int
    total_exact: bool
    """False: there are more than `total`."""
    articles: tuple[WireArticle, ...]
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Field -> its most frequent values among the matches, with the number of articles."""


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A quote and where it was said."""

    article: WireArticle
    quote: Quote

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.article.text[self.quote.start : self.quote.end]

    @property
    def speaker(self) -> str | None:
        """Who says it: the canonical name where the text gives one."""
        speaker = self.quote.speaker
        return (speaker.name or speaker.text) if speaker else None


@dataclass(frozen=True, slots=True)
class QuotePage:
    """One page of quotes, newest article first, within an article in the order of the text."""

    quotes: tuple[QuoteHit, ...]
    total: int
    total_exact: bool
    """False: there are more than `total`."""
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""


@dataclass(frozen=True, slots=True)
class Said:
    """Which quotes are meant: those that meet all that is given."""

    speaker: str | None = None
    """Words of the speaker's name, or of an alias."""
    person: str | None = None
    """The speaker's canonical name or id, exactly."""
    about: Query | None = None
    """What the words quoted must meet: parsed in_quote."""
    where: Query | None = None
    """What the article must meet, of the fields that are kept beside quotes (stores/query/beside_quotes.py)."""


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """How often somebody is quoted, by the canonical name."""

    name: str
    id: str | None
    quotes: int
    articles: int
    words: int
    sources: tuple[tuple[str, int], ...]
    """Each source's quotes, most first; without those of articles that name no source."""
    first_published: datetime | None
    last_published: datetime | None
    """Of the articles that have a date."""
    first_seen: datetime
    """When the first of these articles was first seen."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many articles lie in each hour or day, in UTC, oldest first; those with none are left out."""

    bars: tuple[tuple[datetime, int], ...]
    undated: int
    """Articles without that date."""


@dataclass(frozen=True, slots=True)
class StoryHit:
    """A story of which an article meets a query."""

    lead: WireArticle
    """The newest of its articles that do."""
    matching: int
    """How many of its articles do."""
    articles: int
    """How many it has in all."""
    sources: tuple[tuple[str | None, int], ...]
    """Who published them, and how many each, most first."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of stories, each where its newest match stands, newest first."""

    stories: tuple[StoryHit, ...]
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A revision of an article in whose place a newer one came."""

    article_id: str
    revision: str
    at: datetime
    """When the newer one was fetched."""


@dataclass(frozen=True, slots=True)
class ReplacedPage:
    """One page of revisions that were replaced, the last first."""

    replaced: tuple[Replaced, ...]
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One page of alerts, those matched last first."""

    alerts: tuple[Recorded, ...]
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""


Tell = Callable[[str], object]
"""Gets a line for each longer piece of work, when it begins."""


def untold(line: str) -> None:
    """A line that nobody reads."""


class MaintenanceError(Exception):
    """A store's indexes cannot be made or built anew: what, where, and what to do. Nothing is lost."""


class Maintenance(Protocol):
    """The care of a store's indexes: `wirewatch index`. Each call may be repeated, also after an interruption, and
    returns a line that says what was done. Raise MaintenanceError, or Hold where Elasticsearch is away.
    """

    def init(self) -> str:
        """Make what must be there before the first write."""
        ...

    def upgrade(self, tell: Tell = untold) -> str:
        """Build anew what an older wirewatch made, while it is searched (on Elasticsearch written, too)."""
        ...

    def reindex(self, tell: Tell = untold) -> str:
        """Build everything anew, likewise."""
        ...


class Store(Maintenance, Protocol):
    """Where articles rest and are found, and what was alerted.

    Writing: write, record, forget, expire. Reading one: get. Reading many: search, stories, quotes,
    alerts, places. Counting: count, histogram, speakers, story_counts. Which are here: there.
    Threads: every method may be called from any thread. What was written is found by the next search in SQLite,
    within a second in Elasticsearch; every method raises Hold where Elasticsearch is away.
    Time: all moments are UTC; the newest are those first seen last, `published` never orders anything.
    """

    def write(self, articles: Sequence[WireArticle]) -> list[Outcome]:
        """Store articles, one outcome each, in order: Done; Dropped("superseded") where a higher
        `version` is stored already (an equal one is overwritten); Dead where it can never be stored.

        Raises Hold where the store is away or full: then nothing is known of any, and all are written again.
        """
        ...

    def record(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """Keep what became of alerts, one for each id, one outcome each, in order: Done; Dropped("superseded") where
        a later change is kept already (one of the same millisecond is replaced); Dead where it can never be kept.

        One whose words were taken away takes out what is kept of it. Raises Hold as `write` does.
        """
        ...

    def forget(self, id: str) -> bool:
        """Take an article, its revisions, quotes and alerts out; whether the article was there."""
        ...

    def expire(self, before: datetime) -> int:
        """Take out articles first seen and alerts matched before that moment (a store may keep the rest of its
        month); how many articles.
        """
        ...

    def get(self, id: str) -> WireArticle | None:
        """The article as it was written, or None."""
        ...

    def revisions(self, id: str) -> list[WireArticle]:
        """What the article was before, oldest first, without what it is now: each revision once, as read last."""
        ...

    def replaced(self, since: datetime | None = None, limit: int = 20, after: str | None = None) -> ReplacedPage:
        """Revisions that were replaced at `since` or later, the last first. Raises ValueError for an `after` that no
        page gave.
        """
        ...

    def search(
        self,
        query: Query,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        facets: Sequence[str] = (),
    ) -> Hits:
        """Articles that meet the query. Raises ValueError for an `after` that no search gave.

        With a `limit` of 0 only total and facets. A store may give less than `limit` in a page of thousands;
        `next` tells that there is more.
        """
        ...

    def stories(self, query: Query, limit: int = 20, after: str | None = None) -> StoryPage:
        """Stories of which an article meets the query. Raises ValueError for an `after` that no page gave."""
        ...

    def story_counts(self, query: Query, limit: int = 20, after: str | None = None) -> StoryCounts:
        """As `stories`, in numbers alone: of thousands no article is read."""
        ...

    def places(self, query: Query, limit: int = 20, after: str | None = None) -> PlacedPage:
        """The places that the articles that meet the query name, article by article, newest first: of thousands no
        text is read. Raises ValueError for an `after` that no page gave.
        """
        ...

    def histogram(self, query: Query, interval: Interval = "day", moment: Moment = "published") -> Histogram:
        """How the articles that meet the query lie in time, all of them."""
        ...

    def quotes(self, said: Said, limit: int = 20, after: str | None = None) -> QuotePage:
        """Quotes, newest article first. Raises ValueError for an `after` that no page gave, QueryError for a `where`
        that asks for what is not kept beside quotes.
        """
        ...

    def speakers(self, said: Said, limit: int = 20, names: Sequence[str] = ()) -> tuple[SpeakerCount, ...]:
        """Who says these quotes, most often quoted first: those whose canonical name is known; of `names` alone, where
        some are given. Raises QueryError as `quotes` does.
        """
        ...

    def alerts(
        self,
        subscription: str | None = None,
        article: str | None = None,
        since: datetime | None = None,
        limit: int = 20,
        after: str | None = None,
        id: str | None = None,
    ) -> AlertPage:
        """Alerts, those matched last first: of a subscription by its name or id, of an article by its id, matched at
        `since` or later, or the one of this `id`. Raises ValueError for an `after` that no page gave.
        """
        ...

    def count(self, query: Query | None = None) -> int:
        """How many articles meet the query, exactly; without one, how many there are."""
        ...

    @property
    def observations(self) -> Observations | None:
        """Where is kept how the installation does; None where the store keeps nothing of that."""
        ...

    def there(self, ids: Sequence[str]) -> set[str]:
        """Which of these articles are here, also those written a moment ago; at most a few thousand at once."""
        ...

    def ids(self, since: datetime | None = None) -> Iterator[str]:
        """The ids of all articles that are here, or of those first seen at `since` or later, in no order; one that was
        written within the last second may be missing."""
        ...

    def close(self) -> None:
        """Let go of the file or of the connections."""
        ...
