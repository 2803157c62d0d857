"""The poll scheduler: which feed is due, one feed of a host at a time, and a stop that is heard at once.

Knows when, not how: a poll itself is producers.polling.poller's.
"""

import asyncio
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog

from producers.fetch.ssrf import host_of
from producers.politeness.schedule import turned_over
from producers.polling.asked import asked_again
from producers.polling.hosts import EveryHost, Hosts
from producers.polling.poller import Poller
from producers.polling.result import PollResult
from schemas.feed import Feed, FeedState
from schemas.outcome import Hold
from schemas.topics import FEEDS, FEEDSTATE

logger = structlog.get_logger()

# A host that rests for longer than this (Retry-After) has its feeds put off instead of waited for.
LONG_REST_S = 60.0

# Pages that the waiting feeds of one host fetch before each of them had its turn: a quarter of an
# hour, with the pause of five seconds. A newspaper with 300 sections is not read one section a day.
PAGES_A_ROUND = 160
MOST_PAGES = 8


@dataclass(frozen=True, slots=True)
class _Plan:
    """When a feed is due, and by when something of it may be lost: the first to lose goes first.

    One that failed goes after the others of its host: it may close the host for them.
    """

    due: datetime
    lost: datetime
    failing: bool


class PollScheduler:
    """The schedule of one process."""

    def __init__(self, poller: Poller, hosts: Hosts | None = None) -> None:
        """`hosts`: those that are this process's to poll; all by default."""
        self._poller = poller
        self._owned = hosts or EveryHost()
        self._read_again = poller.clock()
        self._feeds: dict[str, Feed] = {}
        self._due: list[tuple[datetime, str]] = []
        self._plans: dict[str, _Plan] = {}
        self._queues: dict[str, set[str]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(poller.settings.concurrency)
        self._sooner = asyncio.Event()
        """Set where something is to be done before the nap ends: a feed is due earlier, or hosts came or went."""

    async def run(self, stop: asyncio.Event) -> None:
        """Poll every feed of the state until `stop`. What is then at hand is given up, and polled again next time."""
        stopped = asyncio.ensure_future(stop.wait())
        loop = asyncio.get_running_loop()
        self._owned.watch(lambda: loop.call_soon_threadsafe(self._hosts_changed))
        try:
            while not stop.is_set():
                now = self._poller.clock()
                if now >= self._read_again:
                    self._read_again = now + timedelta(seconds=self._poller.settings.feeds_every_s)
                    await self._read_feeds()
                self._sooner.clear()
                self._start_due(now)
                await self._nap(stopped, self._read_again)
        finally:
            self._owned.watch(None)
            stopped.cancel()
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _nap(self, stopped: "asyncio.Task[Literal[True]]", until: datetime) -> None:
        if self._due:
            until = min(until, self._due[0][0])
        seconds = max((until - self._poller.clock()).total_seconds(), 0.0)
        nap, woken = asyncio.ensure_future(self._poller.sleep(seconds)), asyncio.ensure_future(self._sooner.wait())
        any_of: set[asyncio.Future[Any]] = {stopped, nap, woken}
        await asyncio.wait(any_of, return_when=asyncio.FIRST_COMPLETED)
        nap.cancel()
        woken.cancel()

    async def _read_feeds(self) -> None:
        """Take in feeds that came, and forget those that went or became another process's."""
        try:
            listed = await asyncio.to_thread(self._listed)
            if await self._poller.divide([feed for feed in listed.values() if feed.private]):
                listed = await asyncio.to_thread(self._listed)
            memories = await asyncio.to_thread(self._memories, listed.keys() - self._plans.keys())
        except Hold as hold:
            logger.warning("the list of feeds cannot be read; those known are polled on", why=hold.why)
            return
        asked = [url for url in self._plans.keys() & listed.keys() if listed[url].asked != self._feeds[url].asked]
        # what was let go of and gained again meanwhile has no plan: the next reading takes it in
        self._feeds = {url: feed for url, feed in listed.items() if url in self._plans or url in memories}
        for url in self._plans.keys() - self._feeds.keys():
            del self._plans[url]
        for url, memory in memories.items():
            self._plan(url, memory)
        for url in asked:
            self._put(url, replace(self._plans[url], due=min(self._plans[url].due, self._poller.clock())))
        self._let_go()

    def _hosts_changed(self) -> None:
        """Let go at once of hosts that became another's, whose requests must not meet ours, and read the list anew."""
        self._let_go()
        self._read_again = self._poller.clock()
        self._sooner.set()

    def _let_go(self) -> None:
        for url in [url for url in self._feeds if not self._owned.mine(host_of(url))]:
            del self._feeds[url]
            self._plans.pop(url, None)
        for host, task in self._tasks.items():
            if not self._owned.mine(host):
                task.cancel()

    def _listed(self) -> dict[str, Feed]:
        feeds = self._poller.state.items(FEEDS, Feed)
        return {feed.url: feed for feed in feeds if not feed.deleted and self._owned.mine(host_of(feed.url))}

    def _memories(self, urls: Iterable[str]) -> dict[str, FeedState | None]:
        return {url: self._poller.state.get(FEEDSTATE, url, FeedState) for url in urls}

    def _plan(self, url: str, memory: FeedState | None, due: datetime | None = None) -> None:
        if url not in self._feeds:
            return  # removed meanwhile
        now = self._poller.clock()
        asked = self._feeds[url].asked
        if memory and memory.polled_at and asked and memory.polled_at < asked:
            memory = asked_again(self._feeds[url], memory).model_copy(update={"next_poll": None})
        due = due or (memory.next_poll if memory else None) or now
        lost = turned_over(memory) if memory else None
        self._put(url, _Plan(due, lost or due, failing=bool(memory and memory.failures)))

    def _put(self, url: str, plan: _Plan) -> None:
        due = plan.due
        self._plans[url] = plan
        heapq.heappush(self._due, (due, url))
        if self._due[0] == (due, url):
            self._sooner.set()

    def _start_due(self, now: datetime) -> None:
        while self._due and self._due[0][0] <= now:
            due, url = heapq.heappop(self._due)
            plan = self._plans.get(url)
            if plan and plan.due == due:  # else it was removed, or planned anew
                self._queue(url)

    def _queue(self, url: str) -> None:
        host = host_of(url)
        if host in self._queues:
            self._queues[host].add(url)
            return
        self._queues[host] = {url}
        self._tasks[host] = asyncio.ensure_future(self._work(host, self._queues[host]))
        self._tasks[host].add_done_callback(lambda task: self._done(host, task))

    def _done(self, host: str, task: "asyncio.Task[None]") -> None:
        late = self._queues.pop(host)
        del self._tasks[host]
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            self._broken(host, error)
            return
        for url in late & self._plans.keys():  # became due after the last look
            self._queue(url)

    def _broken(self, host: str, error: BaseException) -> None:
        """What is left of a host's turn is asked again later: one that is forgotten here is never polled again."""
        logger.error("a host's polls broke; they are done again later", host=host, error=repr(error))
        now = self._poller.clock()
        later = now + timedelta(seconds=self._poller.settings.rhythm.fault_s)
        for url, plan in list(self._plans.items()):
            if host_of(url) == host and plan.due <= now:
                self._put(url, replace(plan, due=later))

    async def _work(self, host: str, queue: set[str]) -> None:
        """Poll a host's due feeds, one after the other."""
        while waiting := [url for url in queue if url in self._plans]:
            if not self._owned.mine(host):  # nobody could tell us: we are cut off from the others
                self._let_go()
                return
            url = min(waiting, key=lambda url: (self._plans[url].failing, self._plans[url].lost, url))
            queue.remove(url)
            feed = self._feeds[url]
            rest_s = self._poller.throttle.wait_s(host)
            if rest_s > LONG_REST_S:
                self._put(url, replace(self._plans[url], due=self._poller.clock() + timedelta(seconds=rest_s)))
                continue
            async with self._slots:
                await self._poll(feed, len(waiting))

    async def _poll(self, feed: Feed, waiting: int) -> None:
        pages = None if waiting == 1 else max(1, min(MOST_PAGES, PAGES_A_ROUND // waiting))
        try:
            result = await self._poller.poll_once(feed, pages=pages)
        except Hold as hold:
            logger.warning("a feed's memory cannot be read; the feed is asked again later", feed=feed.url, why=hold.why)
            self._plan_after_fault(feed)
            return
        except Exception:  # one feed's surprise must not end the others' rounds
            logger.exception("a poll broke; the feed is asked again later", feed=feed.url)
            self._plan_after_fault(feed)
            return
        self._log(result)
        if result.memory:
            self._plan(feed.url, result.memory)

    def _plan_after_fault(self, feed: Feed) -> None:
        self._plan(feed.url, None, self._poller.clock() + timedelta(seconds=self._poller.settings.rhythm.fault_s))

    @staticmethod
    def _log(result: PollResult) -> None:
        say = logger.debug if result.became == "unchanged" else logger.info if result.ok else logger.warning
        say("polled", feed=result.url, became=result.became, line=result.line.removeprefix(f"{result.url}: "))
