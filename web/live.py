"""Live events: what passes, for everybody who listens (server-sent events).

The store is looked at twice a second while anybody listens, once for all of them: listeners cost the stages nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from alerts.article_terms import ArticleTerms
from alerts.evaluate import meets
from schemas.article import WireArticle
from schemas.outcome import Hold
from stores.document import document
from stores.query import Query, parse
from stores.query.tree import Range
from stores.recorded import Recorded
from web.installation import Installation
from web.shapes import FoundArticle

logger = structlog.get_logger()

LOOK_SECONDS = 0.5
# What is indexed is found within a second on Elasticsearch, and a batch later than its neighbour: looked at again.
LATE = timedelta(seconds=60)
# At one look, or at a reconnection: more than that in so short a time is a replay, which nobody reads live.
MOST = 1_000
PAGE = 200
LISTENERS = 500
# For a listener that reads slower than news comes; then it is told that it missed some.
BUFFERED = 500
# A comment, so that proxies keep a quiet connection open: they close after 60 s.
KEEP_ALIVE_SECONDS = 15.0


class FullError(Exception):
    """There are as many listeners as there may be."""


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


class _Listener:
    def __init__(self, query: str) -> None:
        self.query = query
        self.queue: asyncio.Queue[Event | None] = asyncio.Queue(BUFFERED)
        self.missed = 0

    def put(self, event: Event) -> None:
        if self.missed and not self.queue.full():
            self.queue.put_nowait(Event("missed", f'{{"events":{self.missed}}}'))
            self.missed = 0
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.missed += 1


class Live:
    """Lives in one event loop."""

    def __init__(self, installation: Installation, look_seconds: float = LOOK_SECONDS) -> None:
        self._installation = installation
        self._look_seconds = look_seconds
        self._listeners: set[_Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()
        self._closed = False

    async def listen(self, query: str, since: datetime | None = None) -> AsyncIterator[bytes]:
        """Events as bytes: articles that meet the query, and every alert; those after `since` first.

        Raises FullError or Hold before the first. What passes after ": listening" is never left out.
        """
        if self._closed or len(self._listeners) >= LISTENERS:
            raise FullError
        listener = _Listener(query)
        self._listeners.add(listener)
        try:
            await self._begin()
            if since is not None:
                for event in await asyncio.to_thread(self._missed, query, since):
                    yield event.encoded()
            yield b": listening\n\n"
            while (next_one := await self._next(listener)) is not None:
                yield next_one
        finally:
            self._listeners.discard(listener)

    async def _next(self, listener: _Listener) -> bytes | None:
        try:
            event = await asyncio.wait_for(listener.queue.get(), KEEP_ALIVE_SECONDS)
        except TimeoutError:
            return b": still here\n\n"
        return event.encoded() if event else None

    def close(self) -> None:
        """End every listener's stream."""
        self._closed = True
        if self._looking:
            self._looking.cancel()
        self._end()

    def _end(self) -> None:
        for listener in self._listeners:
            with suppress(asyncio.QueueEmpty):
                listener.queue.get_nowait()
            listener.queue.put_nowait(None)

    async def _begin(self) -> None:
        """Have the store looked at, from now on. Raises Hold."""
        async with self._beginning:
            if self._looking is None:
                seen, began = _Seen(), self._installation.clock()
                await asyncio.to_thread(self._look, began, (), seen.is_new)  # what was there before is no news
                self._looking = asyncio.create_task(self._look_on(seen, began))

    async def _look_on(self, seen: "_Seen", looked_at: datetime) -> None:
        try:
            why = ""
            while self._listeners:
                await asyncio.sleep(self._look_seconds)
                now = self._installation.clock()
                try:
                    await self._pass_on(looked_at, seen)
                except Hold as hold:  # the next look reaches back to the last that was answered
                    if hold.why != why:
                        logger.warning("live events are held", why=hold.why)
                    why = hold.why
                else:
                    why, looked_at = "", now
        finally:  # whatever broke: who listens is let go, comes back, and is looked for anew
            self._looking = None
            self._end()

    async def _pass_on(self, since: datetime, seen: "_Seen") -> None:
        queries = {listener.query for listener in self._listeners}
        for by_query in await asyncio.to_thread(self._look, since, queries, seen.is_new):
            for listener in self._listeners:
                if (found := by_query.get(listener.query)) is not None:
                    listener.put(found)
        seen.forget()

    def _missed(self, query: str, since: datetime) -> list[Event]:
        """What a listener that comes back has missed."""
        every = self._look(since, {query}, lambda _: True, late=timedelta(0))
        return [by_query[query] for by_query in every if query in by_query]

    def _look(
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
        search = self._installation.reader.store.search
        return _paged(lambda after: _page(search(query, PAGE, after)))

    def _alerts(self, since: datetime) -> list[Recorded]:
        alerts = self._installation.reader.store.alerts

        def page(after: str | None) -> tuple[list[Recorded], str | None]:
            got = alerts(since=since, limit=PAGE, after=after)
            return list(got.alerts), got.next

        return _paged(page)


def _page(hits: Any) -> tuple[list[WireArticle], str | None]:
    return list(hits.articles), hits.next


def _paged(page: Callable[[str | None], tuple[list[Any], str | None]]) -> list[Any]:
    found, after = page(None)
    while after is not None and len(found) < MOST:
        more, after = page(after)
        found += more
    return found[:MOST]


class _Seen:
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
