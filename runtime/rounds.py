"""A thing that is done again and again beside the stages (housekeeping): what it raises is seen, and it goes on.

And what ends the process where a thread ends that nobody guards: a process never works on with a part of itself.
"""

import threading
import traceback
from collections.abc import Callable

import structlog

from runtime.exit import STUCK, leave
from runtime.status import StageStatus
from schemas.clock import Clock, utc_now
from schemas.outcome import Hold
from schemas.stage import Wait

logger = structlog.get_logger()


class Rounds(threading.Thread):
    """Rounds of one thing, `seconds` apart, until stopped."""

    def __init__(self, name: str, seconds: float, once: Callable[[int], None], clock: Clock = utc_now) -> None:
        """`once` is told the round's number, from 0; one that raises is a round of its own, and the next one comes."""
        super().__init__(name=name, daemon=True)
        self._seconds = seconds
        self._once = once
        self._status = StageStatus(name, clock)
        self._stop_asked = threading.Event()

    @property
    def waits(self) -> tuple[Wait, ...]:
        """What the last round failed by, and since when rounds do."""
        return self._status.waits

    def run(self) -> None:
        """Work until stopped."""
        number = 0
        while not self._stop_asked.wait(self._seconds):
            try:
                self._once(number)
            except Hold as hold:
                self._status.hold(hold.why)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a thread that dies would stand still without a word
                self._status.hold(f"{type(error).__name__}: {error}")
            else:
                self._status.goes_on()
            number += 1

    def stop(self) -> None:
        """Ask it to stop after the round at hand, and wait for that."""
        self._stop_asked.set()
        if self.is_alive():
            self.join()


def end_with_any_thread() -> None:
    """From now on a thread of this process that ends by an error ends the process, with exit status 70 and the error.

    What a loop can go on after it catches itself, and says; this is for what nobody thought of.
    """
    threading.excepthook = _end


def _end(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "unknown"
    try:
        logger.error("a thread ended", thread=name, error="".join(traceback.format_exception(ended.exc_value)))
    finally:  # also where nothing can be written any more
        leave(f"the thread {name} ended by {ended.exc_type.__name__}", STUCK)
