"""One poll of one feed: ask, read, complete, publish, and only then remember.

What was published is confirmed before the feed's memory (ETag, seen entries) is stored, in the same
call and after it: a crash at any moment costs a second fetch, never an article. Does not know when feeds
are polled: producers.polling.scheduler does.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

from producers.fetch import Fetch, Fetcher, FetchError, NotModified, Response
from producers.parse import FeedError, ParsedFeed
from producers.parse.shorten import MAX_BYTES, shorten
from producers.politeness.conditional_get import conditional
from producers.politeness.host_backoff import HostBackoff
from producers.politeness.host_throttle import HostThrottle
from producers.politeness.robots import Robots
from producers.polling.asked import asked_again
from producers.polling.divided import divided, is_stored_whole
from producers.polling.feed_state import (
    PollContext,
    after_document,
    after_error,
    after_nothing_new,
    after_push,
    body_hash,
)
from producers.polling.health import article_of, judge
from producers.polling.new_entries import FeedDiff, PageBudget, select_new
from producers.polling.page_retries import due
from producers.polling.pages import Extract, Pages
from producers.polling.publisher import PatientPublisher, Sleep
from producers.polling.result import PollResult, read_result
from producers.polling.settings import PollSettings
from schemas.address import public
from schemas.clock import Clock, utc_now
from schemas.feed import Feed, FeedState
from schemas.outcome import Output
from schemas.state import Publish, State
from schemas.topics import ARTICLES, FEEDS, FEEDSTATE

Parse = Callable[[bytes, str, Mapping[str, str]], Awaitable[ParsedFeed]]
"""Bytes, address, headers -> the feed. Raises FeedError, and nothing else."""


class Poller:
    """Polls feeds. Everything it touches is passed in. Close it."""

    def __init__(
        self,
        *,
        publish: Publish,
        state: State,
        parse: Parse,
        extract: Extract,
        transcribe: Extract | None = None,
        clock: Clock = utc_now,
        settings: PollSettings | None = None,
        sleep: Sleep = asyncio.sleep,
        fetch: Fetch | None = None,
        throttle: HostThrottle | None = None,
        rng: random.Random | None = None,
    ) -> None:
        self.settings = settings or PollSettings()
        self.clock, self.sleep = clock, sleep
        self.state = state
        self.rng = rng or random.Random()
        self.throttle = throttle or HostThrottle(self.settings.host_pause_s, sleep=sleep)
        self.on_state: Callable[[Feed, FeedState], None] = lambda _feed, _state: None
        """Told of a feed's memory after each poll (producers.websub.subscriber)."""
        self._own: Fetcher | None = None
        if fetch is None:
            fetch = self._own = self.settings.fetcher(self.throttle.turn)
        self.fetch = HostBackoff(fetch, self.throttle, clock)
        self._publisher = PatientPublisher(publish, sleep, self.rng)
        self._parse = parse
        self._pages = Pages(
            self.fetch, extract, transcribe or extract, Robots(self.fetch, clock), self.throttle, self.settings, clock
        )
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def close(self) -> None:
        """Close the connections."""
        if self._own:
            await self._own.close()

    async def poll_once(self, feed: Feed, *, pages: int | None = None) -> PollResult:
        """Poll this feed now, whatever its schedule says. Waits for a log that is away; never raises for a feed.

        `pages`: the most that it may fetch now; what would need more is left, unless it might be gone later.
        """
        async with self._alone(feed.url):
            state = asked_again(feed, await asyncio.to_thread(self.remembered, feed.url))
            budget = PageBudget(self.settings, pages, due(state.owed, self.clock()))
            try:
                answer = await self._ask(feed, state, whole=bool(budget.due))
                if isinstance(answer, NotModified):
                    return await self._nothing_new(feed, state, answer.headers, full=False)
                # before it waits for the parser: of many large ones at once, little is held
                short = await asyncio.to_thread(shorten, answer.body) if len(answer.body) > MAX_BYTES else None
                answer = replace(answer, body=short.body) if short else answer
                if state.body_hash == body_hash(answer.body) and not state.error and not budget.due:
                    return await self._nothing_new(feed, state, answer.headers, full=True)
                answer = replace(answer, url=public(answer.url))  # its links are relative to it
                parsed = await self._parse(answer.body, answer.url, answer.headers)
                parsed = replace(parsed, lost=parsed.lost + short.lost) if short else parsed
            except (FetchError, FeedError) as error:
                return await self._failed(feed, state, error)
            return await self._read(feed, state, answer, parsed, budget)

    async def push(self, feed: Feed, body: bytes, headers: Mapping[str, str]) -> PollResult:
        """Take what a WebSub hub sent for this feed; its signature was checked before (producers.websub.protocol)."""
        async with self._alone(feed.url):
            state = await asyncio.to_thread(self.remembered, feed.url)
            try:
                parsed = await self._parse(body, feed.url, headers)
            except FeedError as error:
                return PollResult(feed.url, "failed", f"what the hub sent cannot be read: {error}")
            diff, at = await self._select_new(feed, parsed, state, PageBudget(self.settings)), self._context()
            rest = await self._publisher.all_but_last(self._pages.complete(feed, diff))
            later = after_push(state, parsed, diff, at)
            await self._publisher.articles(rest, [Output(FEEDSTATE, later)])
            return read_result(feed, diff, later, "pushed")

    async def amend(self, url: str, change: Callable[[FeedState], FeedState]) -> None:
        """Change what is remembered of a feed, between its polls."""
        async with self._alone(url):
            state = await asyncio.to_thread(self.remembered, url)
            await self._publisher.send([Output(FEEDSTATE, change(state))])

    async def divide(self, feeds: Sequence[Feed]) -> bool:
        """Bring feeds that are stored with their secrets to where they are known without; whether there were any."""
        whole = await asyncio.to_thread(lambda: [feed for feed in feeds if is_stored_whole(feed, self.state)])
        for feed in whole:
            await self._publisher.send(await asyncio.to_thread(divided, feed, self.state))
        if whole:
            await asyncio.to_thread(self.state.catch_up, FEEDS, FEEDSTATE)
        return bool(whole)

    def remembered(self, url: str) -> FeedState:
        """The feed's memory; a new one for a new feed."""
        return self.state.get(FEEDSTATE, url, FeedState) or FeedState(url=url)

    async def _ask(self, feed: Feed, state: FeedState, *, whole: bool) -> Response | NotModified:
        if not whole and conditional(state, self.clock()):
            return await self.fetch(feed.asked_at, etag=state.etag, modified=state.last_modified)
        return await self.fetch(feed.asked_at)

    async def _nothing_new(self, feed: Feed, state: FeedState, headers: Mapping[str, str], *, full: bool) -> PollResult:
        later = after_nothing_new(state, headers, full, self._context())
        await self._publisher.send(self._to_remember(feed, later))
        self.on_state(feed, later)
        line = "the same document as before" if full else "not modified"
        return PollResult(state.url, "unchanged", line, memory=later)

    async def _read(
        self, feed: Feed, state: FeedState, answer: Response, parsed: ParsedFeed, budget: PageBudget
    ) -> PollResult:
        diff, at = await self._select_new(feed, parsed, state, budget), self._context()
        rest = await self._publisher.all_but_last(self._pages.complete(feed, diff))
        later = after_document(state, answer, parsed, diff, at)
        if (target := answer.moved_to) and public(target) != feed.url and parsed.entries:
            await self._publisher.articles(rest, self._move(feed, later, target))
            return read_result(feed, diff, later, f"moved to {public(target)}", "moved")
        await self._publisher.articles(rest, self._to_remember(feed, later))
        self.on_state(feed, later)
        return read_result(feed, diff, later, f"{len(parsed.entries)} entries")

    async def _select_new(self, feed: Feed, parsed: ParsedFeed, state: FeedState, budget: PageBudget) -> FeedDiff:
        return await asyncio.to_thread(
            select_new, feed, parsed.entries, state.seen, self.clock(), budget, self._publisher.recent, state.shared
        )

    async def _failed(self, feed: Feed, state: FeedState, error: FetchError | FeedError) -> PollResult:
        failure = error if isinstance(error, FetchError) else FetchError(str(error))
        later = after_error(state, failure, self._context())
        if failure.status == 410:
            ended = feed.model_copy(update={"deleted": True, "note": str(failure)})
            await self._publisher.send([Output(FEEDSTATE, later), Output(FEEDS, ended)])
            return PollResult(feed.url, "gone", str(failure))
        await self._publisher.send(self._to_remember(feed, later))
        return PollResult(feed.url, "failed", str(failure), memory=later)

    def _to_remember(self, feed: Feed, later: FeedState) -> list[Output]:
        """The feed's memory; before it, where that is asked for, a turn of its health as an article."""
        if not self.settings.health_articles:
            return [Output(FEEDSTATE, later)]
        health = judge(feed, later, self.clock())
        article = article_of(health, later.told, self.clock())
        if article is None:
            return [Output(FEEDSTATE, later)]
        return [Output(ARTICLES, article), Output(FEEDSTATE, later.model_copy(update={"told": health.status}))]

    @asynccontextmanager
    async def _alone(self, url: str) -> AsyncIterator[None]:
        """A feed's memory is read, changed and stored by one at a time."""
        lock = self._locks.setdefault(url, asyncio.Lock())
        async with lock:
            yield

    def _move(self, feed: Feed, later: FeedState, target: str) -> list[Output]:
        """The feed under its new address, with its memory, and the end of the old one."""
        url, private = public(target), target if public(target) != target else None
        ended = feed.model_copy(update={"deleted": True, "note": f"moved to {url}", "private": None})
        end = [Output(FEEDS, ended), Output(FEEDSTATE, FeedState(url=feed.url))]
        there = self.state.get(FEEDS, url, Feed)
        if there and not there.deleted:
            return end
        moved = feed.model_copy(update={"url": url, "private": private, "origin": feed.origin or feed.url})
        return [Output(FEEDSTATE, later.model_copy(update={"url": url})), Output(FEEDS, moved), *end]

    def _context(self) -> PollContext:
        return PollContext(self.clock(), self.rng, self.settings.rhythm)
