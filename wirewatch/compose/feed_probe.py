"""One look at the web by hand: the fetcher and the parser for a command that ends, with no schedule."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from producers.discover import Candidate, discover
from producers.fetch import Fetcher, FetchError, NotModified
from producers.parse import FeedError, ParsedFeed
from schemas.address import public
from wirewatch.compose.sandbox import Reading
from wirewatch.settings import Settings
from wirewatch.sources import poll_settings

R = TypeVar("R")


class Looking:
    """Asks feeds and sites now. Close it: it has children and connections."""

    def __init__(self, settings: Settings) -> None:
        self._reading = Reading(settings)
        self._polling = poll_settings(settings)

    def feed(self, url: str) -> ParsedFeed:
        """The feed at an address. Raises FetchError or FeedError, each one line."""

        async def look(fetcher: Fetcher) -> ParsedFeed:
            answer = await fetcher(url)
            if isinstance(answer, NotModified):
                raise FetchError(f"{url}: it says “not modified” to a first question; tell its publisher")
            return await self._reading.parse(answer.body, public(answer.url), answer.headers)

        return self._with_fetcher(look)

    def site(self, url: str) -> list[Candidate]:
        """The feeds of a site. Raises FetchError where the site cannot be asked."""
        return self._with_fetcher(lambda fetcher: discover(url, fetcher, self._reading.parse))

    def _with_fetcher(self, look: Callable[[Fetcher], Awaitable[R]]) -> R:
        async def run() -> R:
            async with self._polling.fetcher() as fetcher:
                return await look(fetcher)

        return asyncio.run(run())

    def close(self) -> None:
        """End the children."""
        self._reading.close()


__all__ = ["FeedError", "FetchError", "Looking"]
