"""What a store lists, in pages of `at_once`, for stores/paged.py to read on. Knows no engine."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from schemas.alert import Recorded
from schemas.article import WireArticle
from stores.outlines import Placed, StoryCount
from stores.paged import Ask, P
from stores.query import Query
from stores.store import Order, QuoteHit, Said, Store, StoryHit

T = TypeVar("T")


def articles(store: Store, query: Query, at_once: int, order: Order = "newest") -> Ask[WireArticle]:
    """Articles that meet a query."""
    return _listing(lambda after: store.search(query, at_once, after, order), lambda page: page.articles)


def stories(store: Store, query: Query, at_once: int) -> Ask[StoryHit]:
    """Stories of which an article meets a query, that whose newest came last first."""
    return _listing(lambda after: store.stories(query, at_once, after), lambda page: page.stories)


def story_counts(store: Store, query: Query, at_once: int) -> Ask[StoryCount]:
    """Stories of which an article meets a query, in numbers; that whose newest came last first."""
    return _listing(lambda after: store.story_counts(query, at_once, after), lambda page: page.stories)


def places(store: Store, query: Query, at_once: int) -> Ask[Placed]:
    """The places of articles that meet a query, article by article, newest first."""
    return _listing(lambda after: store.places(query, at_once, after), lambda page: page.articles)


def quotes(store: Store, said: Said, at_once: int) -> Ask[QuoteHit]:
    """Quotes, newest article first."""
    return _listing(lambda after: store.quotes(said, at_once, after), lambda page: page.quotes)


def alerts(
    store: Store,
    at_once: int,
    subscription: str | None = None,
    article: str | None = None,
    since: datetime | None = None,
) -> Ask[Recorded]:
    """Alerts, those matched last first, narrowed as `Store.alerts` has it."""
    return _listing(lambda after: store.alerts(subscription, article, since, at_once, after), lambda page: page.alerts)


def _listing(ask: Callable[[str | None], P], rows: Callable[[P], Sequence[T]]) -> Ask[T]:
    def page(after: str | None) -> tuple[Sequence[T], str | None]:
        found = ask(after)
        return rows(found), found.next

    return page
