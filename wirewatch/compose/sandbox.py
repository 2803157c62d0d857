"""What strangers wrote, read in children that can be killed: feeds parsed, pages' texts extracted.

Hostile bytes cost one feed or one page, and seconds. Knows neither where the bytes come from nor what is
made of them.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

import structlog

from producers.fulltext import Page, PageError, extract, transcript
from producers.parse import FeedError, ParsedFeed, parse_feed
from runtime.subprocess_pool import SubprocessPool
from schemas.services import Failure, WorkerSpec
from wirewatch.settings import Settings

logger = structlog.get_logger()

# One page of HTML is extracted in 0.03 s (30 pages a CPU-second); what takes ten is stuck.
EXTRACT_SECONDS = 10.0
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True)
class FeedBytes:
    """What a child needs to parse a feed."""

    body: bytes
    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Spoken:
    """What a child needs to read a transcript."""

    body: bytes
    kind: str


class Reading:
    """One child for feeds and one for pages, each started when it is first needed. Close it."""

    def __init__(self, settings: Settings) -> None:
        self.memory_mb = settings.parse_memory_mb
        """The address space of each child that reads."""
        parsing = WorkerSpec(_parser, (), settings.parse_seconds, settings.parse_memory_mb)
        extracting = WorkerSpec(_extractor, (), EXTRACT_SECONDS, settings.parse_memory_mb)
        self._parsing: SubprocessPool[FeedBytes, ParsedFeed | FeedError] = SubprocessPool(parsing, 1)
        self._extracting: SubprocessPool[tuple[bytes | str, str | None] | Spoken, Page] = SubprocessPool(extracting, 1)

    async def parse(self, body: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
        """producers.parse.parse_feed in a child. Raises FeedError, also for what took too much."""
        return self.settled(await asyncio.wrap_future(self._parsing.submit(FeedBytes(body, url, dict(headers)))), url)

    def feed(self, body: bytes, url: str, headers: Mapping[str, str] = NO_HEADERS) -> ParsedFeed:
        """As `parse`, waited for."""
        return self.settled(self._parsing.submit(FeedBytes(body, url, dict(headers))).result(), url)

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
        return await self._or_empty(self._extract(html, url), "page not extracted", url=url)

    async def transcribe(self, body: bytes, kind: str) -> Page:
        """producers.fulltext.transcript in a child; an empty Page where that failed."""
        return await self._or_empty(self._extracting.submit(Spoken(body, kind)), "transcript not read", kind=kind)

    async def _or_empty(self, reading: Future[Page | Failure], failed: str, **where: str) -> Page:
        result = await asyncio.wrap_future(reading)
        if isinstance(result, Failure):
            logger.warning(failed, **where, error=result.error)
            return Page()
        return result

    def page(self, html: bytes | str, url: str | None) -> Page:
        """As `extract`, waited for. Raises PageError where a page takes too long or too much memory."""
        result = self._extract(html, url).result()
        if isinstance(result, Failure):
            raise PageError(f"its text could not be taken: {result.error}; it is left out")
        return result

    def _extract(self, html: bytes | str, url: str | None) -> Future[Page | Failure]:
        return self._extracting.submit((html, url))

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


def _extractor() -> Callable[[tuple[bytes | str, str | None] | Spoken], Page]:
    return lambda given: transcript(given.body, given.kind) if isinstance(given, Spoken) else extract(*given)
