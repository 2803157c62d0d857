"""The local runtime: one thread a stage, from the log through the step to the log.

Knows nothing of news. What a step cannot handle becomes a dead letter; what is away is waited for; what fails
in writing (a full disk) is tried again: nothing is passed over. The order of calls is schemas.stage.Step's.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from runtime.backoff import Backoff
from runtime.forget import KeptOut
from runtime.local.log import Entry, Log
from runtime.metrics import Metrics
from runtime.portions import portions
from runtime.ports import Held, Waiting, untold
from runtime.run_step import run_step
from runtime.status import StageStatus
from schemas.outcome import Hold, Outcome
from schemas.services import Services
from schemas.stage import FunctionStep, Stage, Step, Wait
from schemas.topics import Topic

T = TypeVar("T")

# A stage with nothing to do looks again after this long even if nobody told it to.
IDLE_SECONDS = 1.0
# The longest that a `forget` waits for a telling at hand: a channel is given up after a minute.
SETTLE_SECONDS = 90.0
# What concerns a whole batch: a dependency that is away, and a file that cannot be read or written just now.
PASSING = (Hold, sqlite3.OperationalError)


class _Stopped(Exception):  # noqa: N818 - the way out of a wait, never an error
    """A stop was asked while something was waited for; nothing of it is committed."""


class StageLoop(threading.Thread):
    """Runs one stage until it is told to stop."""

    def __init__(self, stage: Stage, services: Services, log: Log, status: StageStatus) -> None:
        super().__init__(name=f"stage-{stage.name}", daemon=True)
        self.stage = stage
        self._services = services
        self._log = log
        self._status = status
        # What its own step writes there is no news to it.
        self._topics = frozenset(
            topic.name for topic in (stage.reads, *stage.restores) if topic is stage.reads or topic not in stage.writes
        )
        self._step: Step[Any] | None = None
        self._tick_due = 0.0
        self._stop_asked = threading.Event()
        self._called = threading.Condition()
        self._calling = False
        self._calls = 0

    def ask_stop(self) -> None:
        """Stop after the batch at hand; a held batch is left where it is, on the log."""
        self._stop_asked.set()

    @property
    def waits(self) -> tuple[Wait, ...]:
        """What the batch at hand, and the step beside it, waits for."""
        return (*self._status.waits, *(self._step.waits() if self._step else ()))

    def run(self) -> None:
        """Work until asked to stop."""
        try:
            step = self._step = self._insist(self._open)
            while not self._stop_asked.is_set():
                self._work(step)
        except _Stopped:
            pass
        if self._step is not None:
            with suppress(Exception):  # it ends either way
                self._step.close()

    def _open(self) -> Step[Any]:
        self._services.state.catch_up(*self.stage.restores)
        return KeptOut(self.stage.open(self._services), self._services.state)

    def _work(self, step: Step[Any]) -> None:
        beats = self._log.pulse.beats(self._topics)
        if time.monotonic() >= self._tick_due:
            self._insist(lambda: self._tick(step))
            self._tick_due = time.monotonic() + self.stage.tick_seconds
        entries = self._insist(lambda: self._log.batch(self.stage))
        for portion in portions(step, entries, lambda entry: entry.record):
            self._insist(partial(self._handle, step, portion))
        if len(entries) < self.stage.batch:  # there was no more when it looked
            self._log.pulse.wait(IDLE_SECONDS, beats, self._topics)

    def _tick(self, step: Step[Any]) -> None:
        with self._call():
            if outputs := step.tick(self._services.clock()):
                self._log.publish(outputs)

    def settle(self) -> None:
        """Return when the call of the step that is at hand, if one is, has ended: the next one knows what is known now.

        A step that hangs is not waited for longer than `SETTLE_SECONDS`.
        """
        with self._called:
            calls = self._calls
            self._called.wait_for(lambda: not self._calling or self._calls != calls, SETTLE_SECONDS)

    @contextmanager
    def _call(self) -> Iterator[None]:
        with self._called:
            self._calling = True
        try:
            yield
        finally:
            with self._called:
                self._calling = False
                self._calls += 1
                self._called.notify_all()

    def _handle(self, step: Step[Any], entries: Sequence[Entry]) -> None:
        """What belongs together of a batch, committed."""
        began = time.monotonic()
        readable = FunctionStep[Any](lambda batch: _undamaged(step, batch))
        with self._call():
            outcomes = run_step(self.stage.name, readable, [entry.record for entry in entries], PASSING)
            self._log.commit(self.stage, entries, outcomes)
        self._status.batch_done(outcomes, time.monotonic() - began)

    def _insist(self, attempt: Callable[[], T]) -> T:
        """Try until it succeeds; what is away is waited out. Raises _Stopped where a stop is asked meanwhile."""
        backoff = Backoff()
        while not self._stop_asked.is_set():
            try:
                result = attempt()
            except Hold as hold:
                self._status.hold(hold.why)
            except sqlite3.OperationalError as error:
                self._status.hold(f"the database cannot be written: {error}; is the disk full?")
            except sqlite3.DatabaseError as error:
                self._status.hold(f"the database cannot be read: {error}")
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a stage whose thread dies would stand still without a word
                self._status.hold(f"{type(error).__name__}: {error}")
            else:
                self._status.goes_on()
                return result
            self._stop_asked.wait(backoff.pause())
        raise _Stopped


def _undamaged(step: Step[Any], batch: Sequence[Any]) -> Sequence[Outcome]:
    """The step's outcomes. A page that cannot be read is no record's fault: it is held, never a dead letter."""
    try:
        return step(batch)
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # the subclasses say what was wrong with the call
            raise
        raise Hold(f"the database cannot be read: {error}") from error


class Workers:
    """All stages of a list, each in a thread of its own."""

    def __init__(self, stages: Sequence[Stage], services: Services, log: Log, metrics: Metrics) -> None:
        self._log = log
        self._loops = [StageLoop(stage, services, log, metrics.status(stage.name)) for stage in stages]

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

    def settle(self, writes: Topic) -> None:
        """Return when what is at hand of the stages that write this topic is done (StageLoop.settle)."""
        for loop in self._loops:
            if writes in loop.stage.writes:
                loop.settle()

    def held(self) -> Held:
        """What each stage waits for that is away."""
        return {loop.stage.name: loop.waits for loop in self._loops}

    def waiting(self) -> dict[str, int]:
        """Records before each stage that it has not handled yet."""
        return {loop.stage.name: self._log.lag(loop.stage) for loop in self._loops}

    def drain(self, progress: Callable[[Waiting], object] = untold, most: int = 0) -> None:
        """Return when at most `most` records wait before all stages together; `progress` is told what waits."""
        while True:
            beats = self._log.pulse.beats()
            waiting = self.waiting()
            progress(waiting)
            if sum(waiting.values()) <= most:
                return
            self._log.pulse.wait(IDLE_SECONDS, beats)
