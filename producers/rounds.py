"""All feeds, for ever: which is due, one feed of a host at a time, and a stop that is heard at once.

Knows when, not how: a poll itself is producers.poll's.
"""

import asyncio
import heapq
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import structlog

from producers.safety import host_of
from schemas.feed import Feed, FeedState
from schemas.topics import FEEDS, FEEDSTATE

if TYPE_CHECKING:
    from producers.poll import Poller, PollResult

logger = structlog.get_logger()

# A host that rests for longer than this (Retry-After) has its feeds put off instead of waited for.
LONG_REST_S = 60.0


class Rounds:
    """The schedule of one process."""

    def __init__(self, poller: "Poller") -> None:
        self._poller = poller
        self._feeds: dict[str, Feed] = {}
        self._due: list[tuple[datetime, str]] = []
        self._hosts: dict[str, deque[str]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(poller.settings.concurrency)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. What is then at hand is given up: it was not remembered, so it is polled again."""
        stopped = asyncio.ensure_future(stop.wait())
        read_again = self._poller.clock()
        try:
            while not stop.is_set():
                now = self._poller.clock()
                if now >= read_again:
                    await self._read_feeds()
                    read_again = now + timedelta(seconds=self._poller.settings.feeds_every_s)
                self._start_due(now)
                await self._nap(stopped, read_again)
        finally:
            stopped.cancel()
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _nap(self, stopped: "asyncio.Task[Literal[True]]", until: datetime) -> None:
        if self._due:
            until = min(until, self._due[0][0])
        seconds = max((until - self._poller.clock()).total_seconds(), 0.0)
        nap = asyncio.ensure_future(self._poller.sleep(seconds))
        either: set[asyncio.Future[Any]] = {stopped, nap}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        nap.cancel()

    async def _read_feeds(self) -> None:
        """Take in feeds that came, and forget those that went or became another process's."""
        listed = await asyncio.to_thread(self._listed)
        came = listed.keys() - self._feeds.keys()
        self._feeds = listed
        for host, task in self._tasks.items():
            if not self._poller.mine(host):  # its new owner must not meet us there
                task.cancel()
        memories = await asyncio.to_thread(self._next_polls, came)
        for url, moment in memories.items():
            heapq.heappush(self._due, (moment, url))

    def _listed(self) -> dict[str, Feed]:
        feeds = self._poller.state.items(FEEDS, Feed)
        return {feed.url: feed for feed in feeds if not feed.deleted and self._poller.mine(host_of(feed.url))}

    def _next_polls(self, urls: "set[str]") -> Mapping[str, datetime]:
        now = self._poller.clock()
        memories = {url: self._poller.state.get(FEEDSTATE, url, FeedState) for url in urls}
        return {url: memory.next_poll if memory and memory.next_poll else now for url, memory in memories.items()}

    def _start_due(self, now: datetime) -> None:
        while self._due and self._due[0][0] <= now:
            _, url = heapq.heappop(self._due)
            if url in self._feeds:
                self._queue(url)

    def _queue(self, url: str) -> None:
        host = host_of(url)
        if host in self._hosts:
            if url not in self._hosts[host]:
                self._hosts[host].append(url)
            return
        self._hosts[host] = deque([url])
        self._tasks[host] = asyncio.ensure_future(self._work(host, self._hosts[host]))
        self._tasks[host].add_done_callback(lambda _: self._done(host))

    def _done(self, host: str) -> None:
        del self._hosts[host], self._tasks[host]

    async def _work(self, host: str, queue: deque[str]) -> None:
        """Poll a host's due feeds, one after the other."""
        while queue:
            url = queue[0]
            rest_s = self._poller.pace.wait_s(host)
            if rest_s > LONG_REST_S:
                heapq.heappush(self._due, (self._poller.clock() + timedelta(seconds=rest_s), url))
            elif url in self._feeds:
                async with self._slots:
                    await self._poll(self._feeds[url], crowded=len(queue) > 1)
            queue.popleft()

    async def _poll(self, feed: Feed, *, crowded: bool) -> None:
        again: datetime | None = None
        try:
            result = await self._poller.poll_once(feed, crowded=crowded)
            again = result.next_poll
            self._log(result)
        except Exception:  # one feed's surprise must not end the others' rounds
            logger.exception("a poll broke; the feed is asked again later", feed=feed.url)
            again = self._poller.clock() + timedelta(seconds=self._poller.settings.rhythm.fault_s)
        if again is not None:
            heapq.heappush(self._due, (again, feed.url))

    @staticmethod
    def _log(result: "PollResult") -> None:
        say = logger.debug if result.became == "unchanged" else logger.info if result.ok else logger.warning
        say("polled", feed=result.url, became=result.became, line=result.line)
