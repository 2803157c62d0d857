"""What has passed lately, read off the store and made into events: for web/live.py, which knows who listens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from alerts.article_terms import ArticleTerms
from alerts.evaluate import meets
from schemas.alert import Recorded
from schemas.article import WireArticle
from stores import listings
from stores.document import document
from stores.paged import paged
from stores.query import Query, parse
from stores.query.tree import Range
from web.installation import Installation
from web.shapes.articles import FoundArticle

# What is indexed is found within a second on Elasticsearch, and a batch later than its neighbour: looked at again.
LATE = timedelta(seconds=60)
# At one look, or at a reconnection: more than that in so short a time is a replay, which nobody reads live.
MOST = 1_000
PAGE = 200


@dataclass(frozen=True, slots=True)
class Event:
    """What a listener gets: `data` is JSON, `id` the moment to go on from after a broken connection."""

    kind: str
    data: str
    id: str = ""

    def encoded(self) -> bytes:
        """As the standard has it: https://html.spec.whatwg.org/multipage/server-sent-events.html"""
        head = f"event: {self.kind}\n" + (f"id: {self.id}\n" if self.id else "")
        return f"{head}data: {self.data}\n\n".encode()


class Passing:
    """Looks at an installation. Its calls raise Hold."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def missed(self, query: str, since: datetime) -> list[Event]:
        """What a listener that comes back has missed, oldest first."""
        every = self.look(since, {query}, lambda _: True, late=timedelta(0))
        return [by_query[query] for by_query in every if query in by_query]

    def look(
        self, since: datetime, queries: Iterable[str], wanted: Callable[[str], bool], late: timedelta = LATE
    ) -> list[dict[str, Event]]:
        """What was first seen, or alerted, since then, oldest first: the event for each query that it meets.

        Looks reach back, and find the most of it again: `wanted` says of a key whether an event is made of it at all.
        """
        now = self._installation.clock()
        parsed = {text: parse(text, now) for text in queries}
        articles, alerts = self._articles(since - late), self._alerts(since - late)
        found = [
            (article.first_seen, _article_events(article, parsed))
            for article in articles
            if wanted(f"article {article.id}")
        ]
        found += [
            (alert.matched_at, dict.fromkeys(parsed, _alert_event(alert)))
            for alert in alerts
            if wanted(f"alert {alert.id}")
        ]
        found.sort(key=lambda one: one[0])
        return [events for _, events in found]

    def _articles(self, since: datetime) -> list[WireArticle]:
        query = Query("", Range("first_seen", since, None))
        return list(islice(paged(listings.articles(self._installation.reader.store, query, PAGE)), MOST))

    def _alerts(self, since: datetime) -> list[Recorded]:
        return list(islice(paged(listings.alerts(self._installation.reader.store, PAGE, since=since)), MOST))


class Seen:
    """The keys of what was sent, for as long as a look may find them again."""

    def __init__(self) -> None:
        self._older: set[str] = set()
        self._newer: set[str] = set()
        self._rounds = 0

    def is_new(self, key: str) -> bool:
        if key in self._newer or key in self._older:
            self._newer.add(key)
            return False
        self._newer.add(key)
        return True

    def forget(self) -> None:
        """Called once a look; what no look of the last ones has found is forgotten."""
        self._rounds += 1
        if self._rounds >= 10:
            self._older, self._newer, self._rounds = self._newer, set(), 0


def _article_events(article: WireArticle, wanted: dict[str, Query]) -> dict[str, Event]:
    terms = ArticleTerms(document(article)) if wanted.keys() - {"*"} else None
    events = {}
    for text, query in wanted.items():
        if text == "*" or (terms is not None and meets(query.root, terms)):
            shown = FoundArticle.of(article, query).model_dump_json()
            events[text] = Event("article", shown, article.first_seen.isoformat())
    return events


def _alert_event(alert: Recorded) -> Event:
    return Event("alert", alert.model_dump_json(), alert.matched_at.isoformat())
