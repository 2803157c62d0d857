"""The subscriber of WebSub: asks hubs for subscriptions, and takes what they send to the poller.

Which web server brings a hub's calls is the assembler's: it hands over path, query, headers and body.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from producers.fetch import FetchError
from producers.polling.poller import Poller
from producers.websub.protocol import Answer, WebSub, due
from schemas.feed import Feed, FeedState
from schemas.outcome import Hold
from schemas.topics import FEEDS

logger = structlog.get_logger()

Post = Callable[[str, Mapping[str, str]], Awaitable[int]]
"""Sends a form to an address and returns the status; raises FetchError (fetch.Fetcher.post)."""

# Feeds that wait to be subscribed to; a feed left out is considered again after its next poll.
WAITING = 10_000
# What a hub may send: a feed's document.
BODY_BYTES = 5_000_000


class Subscriber:
    """Keeps the poller's feeds subscribed where they name a hub."""

    def __init__(self, poller: Poller, websub: WebSub, post: Post) -> None:
        self._poller = poller
        self._websub = websub
        self._post = post
        self._waiting: asyncio.Queue[Feed] = asyncio.Queue(WAITING)
        poller.on_state = self._consider

    def _consider(self, feed: Feed, state: FeedState) -> None:
        if due(feed, state, self._poller.clock()) and not self._waiting.full():
            self._waiting.put_nowait(feed)

    async def run(self) -> None:
        """Ask hubs, one after the other, until cancelled."""
        while True:
            feed = await self._waiting.get()
            try:
                await self.ask(feed)
            except Hold as hold:  # asked again after the feed's next poll
                logger.warning("no hub was asked", feed=feed.url, why=hold.why)
            except Exception:  # one feed's hub must not end the asking of all others
                logger.exception("asking a hub broke", feed=feed.url)

    async def ask(self, feed: Feed) -> None:
        """Ask the feed's hub now; its answer comes as a call (`verify`)."""
        now = self._poller.clock()
        state = await asyncio.to_thread(self._poller.remembered, feed.url)
        if not due(feed, state, now) or not state.hub:
            return
        # remembered first: the hub's call may come before its answer to our request
        await self._poller.amend(feed.url, lambda state: state.model_copy(update={"hub_asked": now}))
        try:
            status = await self._post(state.hub, self._websub.request(state))
            line = "asked" if status < 300 else f"refused with status {status}"
        except FetchError as error:
            line = str(error)
        logger.info("subscription at a hub", feed=feed.url, hub=state.hub, line=line)

    async def verify(self, path: str, query: str) -> Answer:
        """A hub's GET: it asks whether the subscription is really ours."""
        url = self._websub.known(path, query)
        if url is None:
            return Answer(404)
        feed, state = await asyncio.to_thread(self._both, url)
        watched = feed is not None and not feed.deleted
        verified = self._websub.verify(query, state, watched, self._poller.clock())
        if verified.until != state.lease_until:
            change = {"lease_until": verified.until}
            await self._poller.amend(url, lambda state: state.model_copy(update=change))
        return verified.answer

    async def receive(self, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """A hub's POST: content. `headers` have lower-case names.

        A wrong signature is answered like a right one, and ignored (§7.1.1 of the recommendation).
        """
        url = self._websub.known(path, query)
        if url is None:
            return Answer(404)
        feed, _ = await asyncio.to_thread(self._both, url)
        if feed is None or feed.deleted:
            return Answer(410)  # §7: the hub may end the subscription
        if len(body) > BODY_BYTES:
            return Answer(413)
        if not self._websub.authentic(url, body, headers):
            logger.warning("a push without our signature is ignored", feed=url)
            return Answer(202)
        result = await self._poller.push(feed, body, headers)
        logger.info("pushed", feed=url, line=result.line)
        return Answer(202)

    def _both(self, url: str) -> tuple[Feed | None, FeedState]:
        return self._poller.state.get(FEEDS, url, Feed), self._poller.remembered(url)
