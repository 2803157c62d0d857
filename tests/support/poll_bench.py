"""A poller over a loopback site: its log, a clock that the test moves, and feeds as short as a test wants them."""

import asyncio
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from loopback import Site

from producers.fulltext import Page
from producers.parse import Entry, FeedError, ParsedFeed
from producers.polling.poller import Poller
from producers.polling.result import PollResult
from producers.polling.settings import PollSettings
from runtime.memory import MemoryLog
from schemas.article import Article
from schemas.feed import Feed, FeedState
from schemas.outcome import Output
from schemas.topics import FEEDS, FEEDSTATE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = "The council met again on Monday and said at length what it thinks of the bridge. " * 25


class Bench:
    """A poller over the site, with its log, a clock that the test moves, and no pause between requests."""

    def __init__(self, site: Site, **settings: Any) -> None:
        self.site = site
        self.log = MemoryLog()
        self.now = NOW
        self.settings = PollSettings(allow_hosts=frozenset({"127.0.0.1"}), host_pause_s=0.0, **settings)
        self.publish = self.log.publish
        self.slept: list[float] = []
        self.feed = Feed(url=f"{site.url}/feed", added=NOW)
        self.log.publish([Output(FEEDS, self.feed)])

    def poll(self, feed: Feed | None = None, **how: Any) -> PollResult:
        result: PollResult = self.run(lambda poller: poller.poll_once(feed or self.feed, **how))
        return result

    def run(self, work: Any) -> Any:
        async def main() -> Any:
            poller = Poller(
                publish=lambda outputs: self.publish(outputs),
                state=self.log,
                parse=parse,
                extract=extract,
                clock=lambda: self.now,
                settings=self.settings,
                sleep=self.sleep,
                rng=random.Random(1),
            )
            try:
                return await work(poller)
            finally:
                await poller.close()

        return asyncio.run(main())

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    @property
    def articles(self) -> list[Article]:
        return [output.record for output in self.log.sent if isinstance(output.record, Article)]

    def state(self, url: str | None = None) -> FeedState:
        found = self.log.get(FEEDSTATE, url or self.feed.url, FeedState)
        assert found is not None
        return found

    def listed(self) -> dict[str, Feed]:
        return {feed.url: feed for feed in self.log.items(FEEDS, Feed)}


async def parse(body: bytes, url: str, _headers: Mapping[str, str]) -> ParsedFeed:
    """A feed is lines of "number title | summary"; anything else is none."""
    lines = body.decode().splitlines()
    if not lines or lines[0] != "feed":
        raise FeedError("no feed", url, "check the address")
    entries = []
    for line in lines[1:]:
        number, _, rest = line.partition(" ")
        title, _, summary = rest.partition("|")
        link = urljoin(url, f"/a/{number}")
        entries.append(Entry(guid=number, title=title.strip(), link=link, summary=summary.strip(), published=NOW))
    return ParsedFeed(title="A feed", entries=tuple(entries))


async def extract(html: bytes, _url: str) -> Page:
    return Page(text=html.decode())


def feed_of(*lines: str) -> bytes:
    return "\n".join(["feed", *lines]).encode()
