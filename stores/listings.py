"""What a store lists, in pages of `at_once`, for stores/paged.py to read on. Knows no engine."""

from collections.abc import Sequence
from datetime import datetime

from schemas.alert import Recorded
from schemas.article import WireArticle
from stores.outlines import Placed, StoryCount
from stores.paged import Ask
from stores.query import Query
from stores.store import Order, QuoteHit, Said, Store, StoryHit


def articles(store: Store, query: Query, at_once: int, order: Order = "newest") -> Ask[WireArticle]:
    """Articles that meet a query."""

    def page(after: str | None) -> tuple[Sequence[WireArticle], str | None]:
        hits = store.search(query, at_once, after, order)
        return hits.articles, hits.next

    return page


def stories(store: Store, query: Query, at_once: int) -> Ask[StoryHit]:
    """Stories of which an article meets a query, that whose newest came last first."""

    def page(after: str | None) -> tuple[Sequence[StoryHit], str | None]:
        found = store.stories(query, at_once, after)
        return found.stories, found.next

    return page


def story_counts(store: Store, query: Query, at_once: int) -> Ask[StoryCount]:
    """Stories of which an article meets a query, in numbers; that whose newest came last first."""

    def page(after: str | None) -> tuple[Sequence[StoryCount], str | None]:
        found = store.story_counts(query, at_once, after)
        return found.stories, found.next

    return page


def places(store: Store, query: Query, at_once: int) -> Ask[Placed]:
    """The places of articles that meet a query, article by article, newest first."""

    def page(after: str | None) -> tuple[Sequence[Placed], str | None]:
        found = store.places(query, at_once, after)
        return found.articles, found.next

    return page


def quotes(store: Store, said: Said, at_once: int) -> Ask[QuoteHit]:
    """Quotes, newest article first."""

    def page(after: str | None) -> tuple[Sequence[QuoteHit], str | None]:
        found = store.quotes(said, at_once, after)
        return found.quotes, found.next

    return page


def alerts(
    store: Store,
    at_once: int,
    subscription: str | None = None,
    article: str | None = None,
    since: datetime | None = None,
) -> Ask[Recorded]:
    """Alerts, those matched last first, narrowed as `Store.alerts` has it."""

    def page(after: str | None) -> tuple[Sequence[Recorded], str | None]:
        found = store.alerts(subscription, article, since, at_once, after)
        return found.alerts, found.next

    return page
