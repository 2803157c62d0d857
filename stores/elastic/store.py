"""The store on Elasticsearch. Keeps stores/store.py's promises, save that a write is found within a second.

Its parts: months (indexes), writing, recording, observing, searching, upgrade (rebuilding). Needs a server from 9 on.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from elasticsearch import Elasticsearch

from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.clock import Clock, utc_now
from schemas.outcome import Outcome
from stores.elastic.delete import Remover
from stores.elastic.months import Months
from stores.elastic.names import Names
from stores.elastic.observing import Observer
from stores.elastic.quotes import QuoteReader
from stores.elastic.recorded import AlertReader
from stores.elastic.recording import Recorder
from stores.elastic.responses import held
from stores.elastic.revisions import RevisionReader
from stores.elastic.searching import Searcher
from stores.elastic.stories import StoryReader
from stores.elastic.upgrade import Rebuilt, init, upgrade
from stores.elastic.writing import Writer
from stores.outlines import PlacedPage, StoryCounts
from stores.query.tree import Everything, Query
from stores.store import (
    AlertPage,
    Histogram,
    Hits,
    Interval,
    Moment,
    Order,
    QuotePage,
    ReplacedPage,
    Said,
    SpeakerCount,
    StoryPage,
    Tell,
    untold,
)


class ElasticStore:
    """A Store behind a client, which may be shared between threads."""

    def __init__(
        self,
        client: Elasticsearch,
        *,
        prefix: str = "",
        replicas: int = 0,
        refresh: bool = False,
        clock: Clock = utc_now,
    ) -> None:
        """`refresh`: what was written is found at once, at a cost: for tests."""
        names = Names(prefix)
        self.months = Months(client, names, replicas, clock)
        self._writer = Writer(client, self.months, refresh)
        self._searcher = Searcher(client, names)
        self._revisions = RevisionReader(client, names)
        self._stories = StoryReader(client, names, self._searcher.articles)
        self._quotes = QuoteReader(client, names, self._searcher.articles)
        self._remover = Remover(client, self.months, refresh)
        self._recorder = Recorder(client, self.months, self._remover, refresh)
        self._alerts = AlertReader(client, names)
        self.observations = Observer(client, self.months, self._remover, refresh)

    def write(self, articles: Sequence[WireArticle]) -> list[Outcome]:
        """See Store."""
        with self.months.writing():
            return self._writer.write(articles)

    def record(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """See Store."""
        with self.months.writing():
            return self._recorder.record(deliveries)

    def forget(self, id: str) -> bool:
        """See Store."""
        with held():
            return self._remover.forget(id)

    def expire(self, before: datetime) -> int:
        """See Store: drops whole months."""
        with held():
            return self._remover.expire(before)

    def get(self, id: str) -> WireArticle | None:
        """See Store."""
        with held():
            return self._searcher.get(id)

    def revisions(self, id: str) -> list[WireArticle]:
        """See Store."""
        with held():
            return self._revisions.of(id)

    def replaced(self, since: datetime | None = None, limit: int = 20, after: str | None = None) -> ReplacedPage:
        """See Store."""
        with held():
            return self._revisions.page(since, limit, after)

    def search(
        self,
        query: Query,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        facets: Sequence[str] = (),
    ) -> Hits:
        """See Store."""
        with held():
            return self._searcher.search(query.root, limit, after, order, facets)

    def stories(self, query: Query, limit: int = 20, after: str | None = None) -> StoryPage:
        """See Store."""
        with held():
            return self._stories.page(query.root, limit, after)

    def story_counts(self, query: Query, limit: int = 20, after: str | None = None) -> StoryCounts:
        """See Store."""
        with held():
            return self._stories.counts(query.root, limit, after)

    def places(self, query: Query, limit: int = 20, after: str | None = None) -> PlacedPage:
        """See Store."""
        with held():
            return self._searcher.places(query.root, limit, after)

    def histogram(self, query: Query, interval: Interval = "day", moment: Moment = "published") -> Histogram:
        """See Store."""
        with held():
            return self._searcher.histogram(query.root, interval, moment)

    def quotes(self, said: Said, limit: int = 20, after: str | None = None) -> QuotePage:
        """See Store."""
        with held():
            return self._quotes.page(said, limit, after)

    def speakers(self, said: Said, limit: int = 20, names: Sequence[str] = ()) -> tuple[SpeakerCount, ...]:
        """See Store. Beyond 40,000 different articles of one speaker their number is an estimate."""
        with held():
            return self._quotes.speakers(said, limit, names)

    def alerts(
        self,
        subscription: str | None = None,
        article: str | None = None,
        since: datetime | None = None,
        limit: int = 20,
        after: str | None = None,
        id: str | None = None,
    ) -> AlertPage:
        """See Store."""
        with held():
            return self._alerts.alerts(subscription, article, since, limit, after, id)

    def count(self, query: Query | None = None) -> int:
        """See Store."""
        with held():
            return self._searcher.count(query.root if query is not None else Everything())

    def there(self, ids: Sequence[str]) -> set[str]:
        """See Store."""
        with held():
            return self._searcher.there(ids)

    def ids(self, since: datetime | None = None) -> Iterator[str]:
        """See Store."""
        with held():
            yield from self._searcher.ids(since)

    def init(self) -> str:
        """See Maintenance: templates and this month's indexes."""
        init(self.months)
        return "the index templates and this month's indexes are in place"

    def upgrade(self, tell: Tell = untold) -> str:
        """See Maintenance: months of an older generation of the mapping."""
        return _said(upgrade(self.months, tell=tell))

    def reindex(self, tell: Tell = untold) -> str:
        """See Maintenance."""
        return _said(upgrade(self.months, all_months=True, tell=tell))

    def close(self) -> None:
        """See Store."""
        self.months.client.close()


def _said(rebuilt: Sequence[Rebuilt]) -> str:
    return f"{len(rebuilt)} months built anew, {sum(month.articles for month in rebuilt)} articles"
