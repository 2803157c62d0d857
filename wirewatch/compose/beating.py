"""A producer's heartbeat on Kafka, and the others' (producers.share): so that each host is polled by one of them.

Knows nothing of feeds.
"""

import socket
import threading
from collections.abc import Sequence
from uuid import uuid4

import structlog

from producers.share import BEAT_S
from schemas.clock import Clock, utc_now
from schemas.feed import Heartbeat
from schemas.outcome import Hold, Output
from schemas.state import Publish, State
from schemas.topics import HEARTBEATS

logger = structlog.get_logger()


class Beating(threading.Thread):
    """Says that this producer lives, every few seconds, until told to stop."""

    def __init__(self, publish: Publish, state: State, clock: Clock = utc_now) -> None:
        super().__init__(name="beating", daemon=True)
        # A start is a new member: its hosts are another's until that one has let go.
        self.me = f"{socket.gethostname()}-{uuid4().hex[:8]}"
        self._publish = publish
        self._state = state
        self._clock = clock
        self._since = clock()
        self._last: Sequence[Heartbeat] = ()
        self._stop_asked = threading.Event()

    def beats(self) -> Sequence[Heartbeat]:
        """The last heartbeat of each producer; while Kafka is away those known before, which grow old."""
        try:
            self._last = list(self._state.items(HEARTBEATS, Heartbeat))
        except Hold as hold:
            logger.warning("heartbeats unknown", why=hold.why)
        return self._last

    def run(self) -> None:
        """Beat until stopped."""
        while not self._stop_asked.is_set():
            beat = Heartbeat(name=self.me, since=self._since, at=self._clock())
            try:
                self._publish([Output(HEARTBEATS, beat)])
            except Hold as hold:
                logger.warning("no heartbeat", why=hold.why)
            self._stop_asked.wait(BEAT_S)

    def stop(self) -> None:
        """Beat no more; the others take over when they miss it."""
        self._stop_asked.set()
        self.join()
