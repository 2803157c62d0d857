"""The poller, assembled: parsing and extraction in children that can be killed, its own thread and event loop."""

import asyncio
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from producers.fulltext import Page, extract
from producers.parse import FeedError, ParsedFeed, parse_feed
from producers.politeness.pace import HostPace
from producers.politeness.schedule import Rhythm
from producers.poll import Poller, PollSettings
from producers.share import Share
from producers.subscriber import Subscriber
from producers.websub import WebSub
from schemas.clock import Clock, utc_now
from schemas.state import Publish, State
from wirewatch.children import Children, Failure, Job
from wirewatch.hub_calls import HubCalls
from wirewatch.settings import Settings

logger = structlog.get_logger()

# One page of HTML is extracted in 0.03 s (30 pages a CPU-second); what takes ten is stuck.
EXTRACT_SECONDS = 10.0


@dataclass(frozen=True)
class FeedBytes:
    """What a child needs to parse a feed."""

    body: bytes
    url: str
    headers: Mapping[str, str]


class Reading:
    """Parses feeds and extracts pages in children: hostile bytes cost one feed, and five seconds."""

    def __init__(self, settings: Settings) -> None:
        parsing = Job(_parser, (), settings.parse_seconds, settings.parse_memory_mb)
        extracting = Job(_extractor, (), EXTRACT_SECONDS, settings.parse_memory_mb)
        self._parsing: Children[FeedBytes, ParsedFeed | FeedError] = Children(parsing, 1)
        self._extracting: Children[tuple[bytes, str], Page] = Children(extracting, 1)

    async def parse(self, body: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
        """producers.parse.parse_feed in a child. Raises FeedError, also for what took too much."""
        return self.settled(await asyncio.wrap_future(self._parsing.submit(FeedBytes(body, url, dict(headers)))), url)

    @staticmethod
    def settled(result: ParsedFeed | FeedError | Failure, url: str) -> ParsedFeed:
        """The feed, or the FeedError that stands for what happened."""
        if isinstance(result, Failure):
            raise FeedError(f"its parsing failed: {result.error}", url, "tell its publisher, or remove it")
        if isinstance(result, FeedError):
            raise result
        return result

    async def extract(self, html: bytes, url: str) -> Page:
        """producers.fulltext.extract in a child; an empty Page where that failed."""
        result = await asyncio.wrap_future(self._extracting.submit((html, url)))
        if isinstance(result, Failure):
            logger.warning("page not extracted", url=url, error=result.error)
            return Page()
        return result

    def close(self) -> None:
        """End the children."""
        self._parsing.close()
        self._extracting.close()


def _parser() -> Callable[[FeedBytes], ParsedFeed | FeedError]:
    def parse(given: FeedBytes) -> ParsedFeed | FeedError:
        try:
            return parse_feed(given.body, given.url, given.headers)
        except FeedError as error:
            return error

    return parse


def _extractor() -> Callable[[tuple[bytes, str]], Page]:
    return lambda given: extract(*given)


def poll_settings(settings: Settings) -> PollSettings:
    """The poller's settings out of all settings."""
    return PollSettings(
        contact=settings.contact,
        allow_hosts=frozenset(host.strip() for host in settings.allow_hosts.split(",") if host.strip()),
        full_text=settings.full_text,
        host_pause_s=settings.host_pause_seconds,
        health_articles=settings.health_articles,
        rhythm=Rhythm(shortest_s=settings.feed_min_minutes * 60.0, longest_s=settings.feed_max_hours * 3600.0),
    )


def _shared(share: Share | None, polling: PollSettings) -> dict[str, Any]:
    """What a poller is told of the other producers."""
    if share is None:
        return {}
    return {"mine": share.mine, "pace": HostPace(polling.host_pause_s, factor=share.pauses)}


class Polling:
    """Polls all feeds of the state in a thread of its own, until closed."""

    def __init__(
        self, settings: Settings, publish: Publish, state: State, clock: Clock = utc_now, share: Share | None = None
    ) -> None:
        """`share`: the hosts that are this process's to poll, where several producers work; else all."""
        self._reading = Reading(settings)
        polling = poll_settings(settings)
        self.poller = Poller(
            publish=publish,
            state=state,
            parse=self._reading.parse,
            extract=self._reading.extract,
            clock=clock,
            settings=polling,
            **_shared(share, polling),
        )
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="polling", daemon=True)
        self._subscriber = _subscriber(self.poller, settings)
        self.hub_calls: HubCalls | None = None
        if self._subscriber is not None:
            self.hub_calls = HubCalls(self._subscriber, self._loop, settings.websub_port)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def _run(self) -> None:
        self._loop.run_until_complete(self._poll())
        self._loop.close()

    async def _poll(self) -> None:
        subscribing = asyncio.ensure_future(self._subscriber.run()) if self._subscriber is not None else None
        try:
            await self.poller.run(self._stop)
        finally:
            if subscribing is not None:
                subscribing.cancel()

    def close(self) -> None:
        """Stop; a poll at hand is given up, and repeated at the next start."""
        if self.hub_calls is not None:
            self.hub_calls.close()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
        self._reading.close()


def _subscriber(poller: Poller, settings: Settings) -> Subscriber | None:
    """WebSub, where a public address is set under which hubs can reach this machine."""
    if not settings.websub_callback:
        return None
    # Without a key of its own the callbacks live as long as this process: hubs are asked again at the next start.
    key = settings.websub_key.encode() or secrets.token_bytes(32)
    posting = poller.settings.fetcher(poller.pace.turn)
    return Subscriber(poller, WebSub(settings.websub_callback, key), posting.post)
