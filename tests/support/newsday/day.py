"""A day of polling in virtual time, and what came of it: requests, gaps between them, articles missed or twice.

Two ways to the publishers: in memory, or over real sockets of a server on loopback.
"""

import asyncio
import contextlib
import random
import resource
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from newsday.virtual_time import VirtualLoop
from newsday.world import DAY_S, Publisher, World
from producers.fetch import Fetch, Fetcher, FetchError, NotModified, Response
from producers.fetch.ssrf import host_of
from producers.fulltext import Page
from producers.politeness.host_throttle import HostThrottle
from producers.polling.poller import Poller
from producers.polling.scheduler import PollScheduler
from producers.polling.settings import PollSettings
from runtime.memory import MemoryLog
from schemas.article import Article
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS

# A request takes this long in the simulated world.
ANSWER_S = 0.3
PAGE_TEXT = "The page tells at length what happened in the town today, and who said what of it. " * 20


@dataclass(slots=True)
class HostLog:
    """The requests to one host."""

    requests: int = 0
    inside: int = 0
    most_inside: int = 0
    ended: float = -1e9
    least_pause: float = 1e9


@dataclass
class Report:
    """What a day was like."""

    requests: int = 0
    feed_requests: int = 0
    not_modified: int = 0
    refused: int = 0
    articles: int = 0
    missed: int = 0
    unreachable: int = 0
    twice: int = 0
    not_yet: int = 0
    most_at_once: int = 0
    least_pause_s: float = 0.0
    busiest_host: int = 0
    latency_s: dict[int, float] = field(default_factory=dict)
    peak_mb: int = 0


class Day:
    """One day for one world."""

    def __init__(self, world: World, loop: VirtualLoop, settings: PollSettings) -> None:
        self.world, self.loop, self.settings = world, loop, settings
        self.hosts: dict[str, HostLog] = defaultdict(HostLog)
        self.report = Report()
        self.first_shown: dict[int, int] = {}
        self.last_shown: dict[int, int] = {}
        self.published: dict[int, set[int]] = defaultdict(set)
        self._latencies: list[float] = []
        self.throttle = HostThrottle(settings.host_pause_s, seconds=loop.time)
        self.log = MemoryLog()
        self.log.keep_sent = False
        self.log.publish([Output(FEEDS, Feed(url=publisher.url)) for publisher in world.publishers])

    @asynccontextmanager
    async def gate(self, host: str) -> AsyncIterator[None]:
        """The throttle's gate, observed."""
        async with self.throttle.turn(host):
            log = self.hosts[host]
            log.requests += 1
            log.least_pause = min(log.least_pause, self.loop.time() - log.ended)
            log.inside += 1
            log.most_inside = max(log.most_inside, log.inside)
            try:
                yield
            finally:
                log.inside -= 1
                log.ended = self.loop.time()

    def answer(self, url: str, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """What the world answers, counted."""
        publisher = self.world.by_url.get(url)
        if publisher is None:
            return (404, {}, b"") if url.endswith("robots.txt") else (200, {}, b"<html/>")
        status, headers, body = publisher.answer(self.loop.time(), asked)
        self.report.feed_requests += 1
        self.report.not_modified += status == 304
        self.report.refused += status == 503
        if status == 200:
            first, last = publisher.shown(self.loop.time())
            self.first_shown.setdefault(publisher.number, first)
            self.last_shown[publisher.number] = last
        return status, headers, body

    async def in_memory(
        self, url: str, *, etag: str | None = None, modified: str | None = None, **_: object
    ) -> Response | NotModified:
        """A fetch without a network."""
        asked = {"if-none-match": etag or "", "if-modified-since": modified or ""}
        async with self.gate(host_of(url)):
            await asyncio.sleep(ANSWER_S)
            status, headers, body = self.answer(url, asked)
        if status == 304:
            return NotModified(url, headers)
        if status != 200:
            raise FetchError(f"{url} answered {status}", status=status, headers=headers)
        return Response(url, body, headers)

    def publish(self, outputs: list[Output]) -> None:
        """Take note of the articles, and keep the state."""
        for output in outputs:
            if isinstance(article := output.record, Article):
                self._note(article)
        self.log.publish(outputs)

    def _note(self, article: Article) -> None:
        feed, _, number = str(article.guid).partition("/")
        publisher, known = self.world.publishers[int(feed)], self.published[int(feed)]
        self.report.articles += 1
        self.report.twice += int(number) in known
        known.add(int(number))
        if (came := publisher.times[int(number)]) > 0:
            self._latencies.append(self.loop.time() - came)

    async def run(self, fetch: Fetch, seconds: float = DAY_S) -> Report:
        """Poll for so long, and report."""
        poller = Poller(
            publish=self.publish,  # type: ignore[arg-type]  # a list is a sequence
            state=self.log,
            parse=self.world.parse,
            extract=_extract,
            clock=self.loop.now,
            settings=self.settings,
            fetch=fetch,
            throttle=self.throttle,
            rng=random.Random(7),
        )
        stop = asyncio.Event()
        self.loop.call_later(seconds, stop.set)
        await PollScheduler(poller).run(stop)
        return self._summed_up()

    def _summed_up(self) -> Report:
        report, logs = self.report, self.hosts.values()
        report.requests = sum(log.requests for log in logs)
        report.most_at_once = max(log.most_inside for log in logs)
        report.least_pause_s = min(log.least_pause for log in logs)
        report.busiest_host = max(log.requests for log in logs)
        for publisher in self.world.publishers:
            self._count_missed(publisher)
        self._latencies.sort()
        for share in (50, 90, 99) if self._latencies else ():
            report.latency_s[share] = self._latencies[len(self._latencies) * share // 100]
        report.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return report

    def _count_missed(self, publisher: Publisher) -> None:
        """What was not published: it is in the document still, or it was there for too short, or it was missed."""
        _, last = publisher.shown(self.loop.time())
        published = self.published[publisher.number]
        for number in range(self.first_shown.get(publisher.number, last), last):
            if number in published:
                continue
            left = number + publisher.window
            if left >= last:
                self.report.not_yet += 1
            elif publisher.visible_s(number) < self.settings.rhythm.shortest_s:
                self.report.unreachable += 1
            else:
                self.report.missed += 1


async def _extract(_html: bytes, _url: str) -> Page:
    return Page(text=PAGE_TEXT)


class Sockets:
    """A server on loopback behind every name of the world, and the true Fetcher on the way to it."""

    def __init__(self) -> None:
        self.day: Day | None = None
        self.port = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield

    def fetcher(self, day: Day) -> Fetcher:
        """While a request is on its way, virtual time stands still."""
        self.day = day

        @asynccontextmanager
        async def gate(host: str) -> AsyncIterator[None]:
            async with day.gate(host):
                await asyncio.sleep(ANSWER_S)
                day.loop.outside += 1
                try:
                    yield
                finally:
                    day.loop.outside -= 1

        names = {publisher.host for publisher in day.world.publishers}
        return Fetcher(agent="day", allow_hosts=names, gate=gate, resolve=_loopback)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self.day is not None
        with contextlib.closing(writer), contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                fields = (line.partition(":") for line in head[1:])
                asked = {name.lower(): value.strip() for name, _, value in fields}
                status, headers, body = self.day.answer(f"http://{asked['host']}{head[0].split()[1]}", asked)
                lines = [f"{name}: {value}" for name, value in headers.items()]
                lines += [f"content-length: {len(body)}"] if status != 304 else []
                writer.write("\r\n".join([f"HTTP/1.1 {status} x", *lines, "", ""]).encode() + body)
                await writer.drain()


async def _loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]
