"""What a store of articles does, whichever engine is behind it, and what it answers with.

Knows no engine. tests/stores/test_store_contract.py says the same in examples, for every engine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from schemas.alert import Delivery
from schemas.article import Quote, WireArticle
from schemas.outcome import Outcome
from stores.observation import Observations
from stores.query.fields import COUNTABLE
from stores.query.tree import Query
from stores.recorded import Recorded

Order = Literal["newest", "relevance"]

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

    Writing: write, record, forget, expire. Reading one: get. Reading many: search, quotes, count, alerts.
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
        """Take an article, its quotes and its alerts out; whether the article was there."""
        ...

    def expire(self, before: datetime) -> int:
        """Take out articles first seen and alerts matched before that moment (a store may keep the rest of its
        month); how many articles.
        """
        ...

    def get(self, id: str) -> WireArticle | None:
        """The article as it was written, or None."""
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

    def quotes(self, speaker: str | None = None, about: Query | None = None, limit: int = 20) -> list[QuoteHit]:
        """Quotes, newest article first: by a speaker, or whose words meet `about` (parsed in_quote)."""
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

    def close(self) -> None:
        """Let go of the file or of the connections."""
        ...
