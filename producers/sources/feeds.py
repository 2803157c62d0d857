"""The source that polls feeds: a poller under its scheduler, and WebSub where hubs can reach this machine.

Knows nothing of how bytes of strangers are read safely: parsing and extraction are passed in.
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from producers.politeness.host_throttle import HostThrottle
from producers.polling.hosts import Hosts
from producers.polling.pages import Extract
from producers.polling.poller import Parse, Poller
from producers.polling.scheduler import PollScheduler
from producers.polling.settings import PollSettings
from producers.websub.protocol import WebSub
from producers.websub.server import HubServer
from producers.websub.subscriber import Subscriber
from schemas.outcome import Hold
from schemas.state import Publish, State


class FeedSource:
    """A Source (producers.source): every feed of the state whose host is this producer's, for ever."""

    name = "feeds"

    def __init__(
        self,
        settings: PollSettings,
        parse: Parse,
        extract: Extract,
        transcribe: Extract,
        hosts: Hosts,
        websub: WebSub | None = None,
        hub_port: int = 0,
    ) -> None:
        """`hosts`: those that are this producer's. Without `websub` it only polls; hubs call `hub_port` on loopback."""
        self._settings = settings
        self._parse = parse
        self._extract = extract
        self._transcribe = transcribe
        self._hosts = hosts
        self._websub = websub
        self._hub_port = hub_port

    def run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        """As Source.run. Waits by itself for a log that is away."""
        asyncio.run(self._run(publish, state, stop))

    async def _run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        poller = Poller(
            publish=publish,
            state=state,
            parse=self._parse,
            extract=self._extract,
            transcribe=self._transcribe,
            settings=self._settings,
            throttle=HostThrottle(self._settings.host_pause_s, factor=self._hosts.pauses),
        )
        try:
            async with self._subscribed(poller):
                await PollScheduler(poller, self._hosts).run(_in_this_loop(stop))
        finally:
            await poller.close()

    @asynccontextmanager
    async def _subscribed(self, poller: Poller) -> AsyncIterator[None]:
        """The poller's feeds kept subscribed at their hubs, where a public address is set."""
        if self._websub is None:
            yield
            return
        async with self._settings.fetcher(poller.throttle.turn) as fetcher:
            subscriber = Subscriber(poller, self._websub, fetcher.post)
            server = self._server(subscriber)
            asking = asyncio.ensure_future(subscriber.run())
            try:
                yield
            finally:
                asking.cancel()
                server.close()

    def _server(self, subscriber: Subscriber) -> HubServer:
        try:
            return HubServer(subscriber, asyncio.get_running_loop(), self._hub_port)
        except OSError as error:
            raise Hold(f"port {self._hub_port} for hubs' calls (websub_port) cannot be had: {error}") from error


def _in_this_loop(stop: threading.Event) -> asyncio.Event:
    """An event that is set in the running loop soon after `stop` is."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()

    def wait() -> None:
        stop.wait()
        with suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=wait, name="stop", daemon=True).start()
    return stopped
