"""The poller, assembled: parsing and extraction in children (wirewatch.reading), its own thread and event loop."""

import asyncio
import secrets
import threading

from producers.politeness.host_throttle import HostThrottle
from producers.politeness.schedule import Rhythm
from producers.polling.hosts import EveryHost, Hosts
from producers.polling.poller import Poller, PollSettings
from producers.polling.scheduler import PollScheduler
from producers.websub.protocol import WebSub
from producers.websub.server import HubCalls
from producers.websub.subscriber import Subscriber
from schemas.clock import Clock, utc_now
from schemas.state import Publish, State
from wirewatch.reading import Reading
from wirewatch.settings import Settings


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


class Polling:
    """Polls all feeds of the state in a thread of its own, until closed."""

    def __init__(
        self, settings: Settings, publish: Publish, state: State, clock: Clock = utc_now, hosts: Hosts | None = None
    ) -> None:
        """`hosts`: those that are this process's to poll, where several producers work; else all."""
        hosts = hosts or EveryHost()
        self._reading = Reading(settings)
        polling = poll_settings(settings)
        self.poller = Poller(
            publish=publish,
            state=state,
            parse=self._reading.parse,
            extract=self._reading.extract,
            clock=clock,
            settings=polling,
            throttle=HostThrottle(polling.host_pause_s, factor=hosts.pauses),
        )
        self._scheduler = PollScheduler(self.poller, hosts)
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
            await self._scheduler.run(self._stop)
        finally:
            await self.poller.close()
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
    posting = poller.settings.fetcher(poller.throttle.turn)
    return Subscriber(poller, WebSub(settings.websub_callback, key), posting.post)
