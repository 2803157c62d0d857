"""The local runtime: one thread a stage, from the log through the step to the log.

Knows nothing of news. What a step cannot handle becomes a dead letter; what is away is waited for; what fails
in writing (a full disk) is tried again: nothing is passed over.
"""

import random
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from runtime.local.log import Entry, Log
from runtime.run_step import settle
from schemas.clock import Clock, utc_now
from schemas.outcome import Hold
from schemas.stage import Stage

logger = structlog.get_logger()

# A stage with nothing to do looks again after this long even if nobody told it to.
IDLE_SECONDS = 1.0
# Back-off of a hold: from 0.2 s, doubling to 30 s, each time by a random part so that stages do not march in step.
HOLD_FIRST, HOLD_MOST = 0.2, 30.0
# What concerns a whole batch: a dependency that is away, and a file that cannot be read or written just now.
PASSING = (Hold, sqlite3.OperationalError)


@dataclass(frozen=True)
class Held:
    """What a stage waits for, and since when."""

    stage: str
    since: datetime
    why: str


class StageLoop(threading.Thread):
    """Runs one stage until it is told to stop."""

    def __init__(self, stage: Stage, log: Log, clock: Clock = utc_now) -> None:
        super().__init__(name=f"stage-{stage.name}", daemon=True)
        self.stage = stage
        self.held: Held | None = None
        self._log = log
        self._clock = clock
        self._stop_asked = threading.Event()

    def ask_stop(self) -> None:
        """Stop after the batch at hand; a held batch is left where it is, on the log."""
        self._stop_asked.set()

    def run(self) -> None:
        while not self._stop_asked.is_set():
            pulse = self._log.pulse
            entries = self._log.batch(self.stage)
            if entries:
                self._handle(entries)
            elif not self._stop_asked.is_set():
                self._log.wait(IDLE_SECONDS, pulse)

    def _handle(self, entries: Sequence[Entry]) -> None:
        """See one batch through; returns early only when a stop is asked, with nothing committed."""
        delay = HOLD_FIRST
        while not self._stop_asked.is_set():
            try:
                outcomes = settle(self.stage, [entry.record for entry in entries], PASSING)
                self._log.commit(self.stage, entries, outcomes)
            except Hold as hold:
                self._hold(hold.why)
            except sqlite3.OperationalError as error:
                self._hold(f"the database cannot be written: {error}; is the disk full?")
            else:
                self._release()
                return
            self._stop_asked.wait(delay * random.uniform(0.5, 1.0))
            delay = min(delay * 2, HOLD_MOST)

    def _hold(self, why: str) -> None:
        if self.held is None or self.held.why != why:
            since = self.held.since if self.held else self._clock()
            self.held = Held(self.stage.name, since, why)
            logger.warning("held", stage=self.stage.name, why=why)

    def _release(self) -> None:
        if self.held is not None:
            logger.info("goes on", stage=self.stage.name, held_since=self.held.since.isoformat())
            self.held = None


class Runtime:
    """All stages of a list, running."""

    def __init__(self, stages: Sequence[Stage], log: Log, clock: Clock = utc_now) -> None:
        self._log = log
        self._loops = [StageLoop(stage, log, clock) for stage in stages]

    def start(self) -> None:
        """Start every stage's loop."""
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """Ask all to stop and wait for the batches at hand."""
        for loop in self._loops:
            loop.ask_stop()
        self._log.wake()
        for loop in self._loops:
            loop.join()

    @property
    def held(self) -> list[Held]:
        """Stages that wait for something that is away."""
        return [loop.held for loop in self._loops if loop.held is not None]

    def waiting(self) -> dict[str, int]:
        """Records before each stage that it has not handled yet."""
        return {loop.stage.name: self._log.lag(loop.stage) for loop in self._loops}

    def drain(self, progress: Callable[[dict[str, int]], None] | None = None) -> None:
        """Return when every stage has handled all there is."""
        pulse = self._log.pulse
        while any((waiting := self.waiting()).values()):
            if progress is not None:
                progress(waiting)
            self._log.wait(IDLE_SECONDS, pulse)
            pulse = self._log.pulse
