"""Publishing with back-off: sends, and waits for as long as the log is away. What was fetched is kept meanwhile."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence

import structlog

from producers.polling.new_entries import RecentlyPublished
from schemas.article import Article
from schemas.outcome import Hold, Output
from schemas.state import Publish
from schemas.topics import ARTICLES

logger = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]

# Articles published at a time, so that the first of a long document need not wait for the last page.
CHUNK = 16
# A log that is away is tried again after so long, doubling up to the second, with jitter.
HOLD_S, HOLD_LONGEST_S = 1.0, 60.0


class PatientPublisher:
    """Never raises Hold. `recent`: the articles whose publishing was confirmed lately."""

    def __init__(self, publish: Publish, sleep: Sleep, rng: random.Random) -> None:
        self._publish = publish
        self._sleep = sleep
        self._rng = rng
        self.recent = RecentlyPublished()

    async def all_but_last(self, articles: AsyncIterator[Article]) -> list[Article]:
        """Publish articles, some at a time; the last are returned, to go with what remembers them all."""
        chunk: list[Article] = []
        async for article in articles:
            chunk.append(article)
            if len(chunk) == CHUNK:
                await self.articles(chunk, [])
                chunk = []
        return chunk

    async def articles(self, articles: Sequence[Article], last: Sequence[Output]) -> None:
        """Publish articles, and after them what remembers them."""
        await self.send([*(Output(ARTICLES, article) for article in articles), *last])
        for article in articles:
            self.recent.add(article)

    async def send(self, outputs: Sequence[Output]) -> None:
        """Publish. Returns when it is confirmed."""
        wait_s = HOLD_S
        while True:
            try:
                await _unbroken(asyncio.to_thread(self._publish, outputs))
            except Hold as hold:
                logger.warning("publishing is held", why=hold.why)
                await self._sleep(wait_s * (0.5 + self._rng.random()))
                wait_s = min(2 * wait_s, HOLD_LONGEST_S)
            else:
                return


async def _unbroken(work: Coroutine[object, object, object]) -> None:
    """Await work in a thread; a stop waits for its end, so that nobody closes the file under it."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
