"""Ends a worker that hangs, that does not come to its end, or that stands still or is left out while records wait.

It runs in a thread with a connection of its own and asks the broker, not Faust: a silent consumer believes that
there is nothing to read.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import faust
import structlog
from kafka import KafkaConsumer
from kafka.errors import KafkaError

from runtime.exit import STUCK, leave
from runtime.kafka.codec import Cluster
from runtime.kafka.lag import lags
from runtime.status import StageStatus
from schemas.outcome import Hold
from schemas.stage import Stage

logger = structlog.get_logger()

# A stop is over by then; a container is killed 10 s after it was asked.
STOP_SECONDS = 8.0
LOOK_SECONDS = 0.5
LAG_SECONDS = 10.0
# A worker that did nothing for so long beyond the longest that its batch may take is stuck.
STALL_SECONDS = 120.0


class Watchdog(threading.Thread):
    """Watches one worker from beside it."""

    def __init__(
        self,
        app: faust.App,
        cluster: Cluster,
        stage: Stage,
        status: StageStatus,
        is_nobodys: Callable[[], bool],
        longest: Callable[[], float],
    ) -> None:
        """`is_nobodys`: as Owner.is_nobodys; `longest`: how many seconds one batch may take at work."""
        super().__init__(name="watchdog", daemon=True)
        self._app = app
        self._cluster = cluster
        self._stage = stage
        self._status = status
        self._is_nobodys = is_nobodys
        self._longest = longest
        self._left_out = False
        self.lag = 0
        """Records before the stage's whole group, as the broker last said."""
        self._consumer: Any = None

    def run(self) -> None:
        """Look until the process ends."""
        stop_asked_at: float | None = None
        lag_due = time.monotonic() + LAG_SECONDS
        while True:
            time.sleep(LOOK_SECONDS)
            now = time.monotonic()
            if self._app.should_stop:
                stop_asked_at = stop_asked_at or now
                if now - stop_asked_at > STOP_SECONDS:
                    leave("asked to stop, and does not come to an end")
            elif now > lag_due:
                self._look_once()
                lag_due = time.monotonic() + LAG_SECONDS

    def _look_once(self) -> None:
        try:
            self._look()
        except Exception as error:  # noqa: BLE001 - whatever a client raises: unwatched, a stuck worker stands for ever
            logger.warning("the watchdog could not look; it looks again", stage=self._stage.name, error=repr(error))
            self._consumer = None

    def _look(self) -> None:
        lags = self._lags()
        if lags is None:
            self._status.progressed_at = time.monotonic()  # while the broker is away nobody gets on
            return
        self.lag = sum(lags.values())
        mine = sum(lags.get(partition, 0) for partition in self._assigned())
        if mine == 0:
            self._status.progressed_at = time.monotonic()
            if self._is_left_out_again():
                leave(f"{self.lag} records wait, and their partitions were given to nobody")
        elif time.monotonic() - self._status.progressed_at > (stall := self._longest() + STALL_SECONDS):
            leave(f"no progress for {stall:g} s while {mine} records wait", STUCK)

    def _is_left_out_again(self) -> bool:
        """Whether nobody was given what waits, by two looks in a row: at one it may be about to be given out."""
        before = self._left_out
        self._left_out = self.lag > 0 and not self._assigned() and self._is_nobodys()
        return before and self._left_out

    def _assigned(self) -> list[int]:
        """The partitions assigned here; a stand-by has none, and no progress to make."""
        consumer = self._app.consumer
        return [tp.partition for tp in consumer.assignment()] if consumer else []

    def _lags(self) -> dict[int, int] | None:
        """For each partition the records that the group has not handled; None where the broker does not say."""
        try:
            if self._consumer is None:
                self._consumer = KafkaConsumer(
                    **self._cluster.arguments(),
                    group_id=self._cluster.group(self._stage.name),
                    enable_auto_commit=False,
                )
            return lags(self._consumer, self._cluster.name(self._stage.reads))
        except (KafkaError, Hold) as error:
            logger.info("lag unknown", stage=self._stage.name, error=str(error))
            return None
