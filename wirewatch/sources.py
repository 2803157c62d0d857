"""The list of sources: what brings articles in, for `up` and `produce` alike, and the threads that run it.

A new source is a file that implements producers/source.py and a line in SOURCES.
"""

import random
import secrets
import threading
import time
from collections.abc import Callable, Sequence

import structlog

from producers.politeness.schedule import Rhythm
from producers.polling.hosts import EveryHost, Hosts
from producers.polling.settings import PollSettings
from producers.source import Source
from producers.sources.feeds import FeedSource
from producers.websub.protocol import WebSub
from runtime.status import StageStatus
from schemas.outcome import Hold
from schemas.stage import Wait
from schemas.state import Publish, State
from wirewatch.compose.sandbox import Reading
from wirewatch.settings import Settings

logger = structlog.get_logger()

# A source that ended by an error is run again after this long, doubling, by a random part less.
AGAIN_FIRST_S, AGAIN_MOST_S = 1.0, 60.0


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


class Feeds:
    """The feeds, with what strangers wrote in them read in children (wirewatch.compose.sandbox)."""

    name = FeedSource.name

    def __init__(self, settings: Settings, hosts: Hosts) -> None:
        self._settings = settings
        self._hosts = hosts
        self._websub = _websub(settings)

    def run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        """As Source.run."""
        settings, reading = self._settings, Reading(self._settings)
        try:
            polling = poll_settings(settings)
            source = FeedSource(
                polling, reading.parse, reading.extract, self._hosts, self._websub, settings.websub_port
            )
            source.run(publish, state, stop)
        finally:
            reading.close()


SOURCES: Sequence[Callable[[Settings, Hosts], Source]] = (Feeds,)
"""Each is made with the settings, and with the hosts that are this producer's where several producers work."""


class RunningSources:
    """Sources at work, each in a thread of its own, from `start` until `close`."""

    def __init__(self, sources: Sequence[Source], publish: Publish, state: State) -> None:
        self._publish = publish
        self._state = state
        self._stop = threading.Event()
        self._statuses = [StageStatus(f"source {source.name}") for source in sources]
        self._threads = [
            threading.Thread(target=self._run, args=(source, status), name=source.name, daemon=True)
            for source, status in zip(sources, self._statuses, strict=True)
        ]

    def waits(self) -> tuple[Wait, ...]:
        """What sources broke by, from the first time until they have run for a while again."""
        return tuple(status.held for status in self._statuses if status.held is not None)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop; what is at hand is given up, and comes again at the next start."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _run(self, source: Source, status: StageStatus) -> None:
        pause_s = AGAIN_FIRST_S
        while not self._stop.is_set():
            began = time.monotonic()
            sound = threading.Timer(AGAIN_MOST_S, status.goes_on)
            sound.daemon = True
            sound.start()
            try:
                source.run(self._publish, self._state, self._stop)
            except Hold as hold:
                status.hold(hold.why)
            except (Exception, SystemExit) as error:  # one source's trouble is not the others'
                logger.exception("a source broke; it is run again", source=source.name)
                status.hold(f"{type(error).__name__}: {error}")
            else:
                status.goes_on()
                return
            finally:
                sound.cancel()
            if time.monotonic() - began > AGAIN_MOST_S:  # it was sound before
                pause_s = AGAIN_FIRST_S
            self._stop.wait(pause_s * random.uniform(0.5, 1.0))
            pause_s = min(2 * pause_s, AGAIN_MOST_S)


def run_sources(settings: Settings, publish: Publish, state: State, hosts: Hosts | None = None) -> RunningSources:
    """All sources, begun. Close them."""
    running = RunningSources([make(settings, hosts or EveryHost()) for make in SOURCES], publish, state)
    running.start()
    return running


def _websub(settings: Settings) -> WebSub | None:
    """WebSub, where a public address is set under which hubs can reach this machine."""
    if not settings.websub_callback:
        return None
    # Without a key of its own the callbacks live as long as this process: hubs are asked again at the next start.
    key = settings.websub_key.encode() or secrets.token_bytes(32)
    return WebSub(settings.websub_callback, key)
