"""How a worker stands: what it handled, what it waits for and since when; shown as Prometheus metrics."""

import time
from collections.abc import Sequence

import structlog
from prometheus_client import Counter, Gauge, Histogram

from schemas.ledger import Ending
from schemas.outcome import Done, Dropped, Outcome

logger = structlog.get_logger()

HANDLED = Counter(
    "wirewatch_handled_records", "records that this worker has handled, by how they ended", ["stage", "outcome"]
)
BATCH = Histogram("wirewatch_batch_seconds", "time from a batch read to its outputs confirmed", ["stage"])
# The same two as in one process (runtime.metrics).
HELD = Gauge(
    "wirewatch_held_seconds",
    "how long a stage has been waiting for something that is away; 0 when it is not",
    ["stage"],
)
WAITING = Gauge("wirewatch_waiting_records", "records before a stage that it has not handled yet", ["stage"])


class Standing:
    """The standing of one worker; written by its loop, read by the watchdog's thread and by who asks for metrics."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self.held_since: float | None = None
        """Monotonic; None while nothing is waited for."""
        self.held_why: str | None = None
        self.progressed_at = time.monotonic()
        """When a batch was last finished, or a held one last tried."""
        HELD.labels(stage).set_function(self._held_seconds)
        WAITING.labels(stage).set(0)

    def _held_seconds(self) -> float:
        since = self.held_since
        return 0.0 if since is None else time.monotonic() - since

    def hold(self, why: str) -> None:
        """A dependency is away; waiting for it is no standstill."""
        self.held_since = self.held_since or time.monotonic()
        if self.held_why != why:
            logger.warning("held", stage=self._stage, why=why)
        self.held_why = why
        self.progressed_at = time.monotonic()

    def goes_on(self) -> None:
        """What was waited for is back."""
        if self.held_since is not None:
            logger.info("goes on", stage=self._stage, held_seconds=round(time.monotonic() - self.held_since, 1))
        self.held_since = self.held_why = None
        self.progressed_at = time.monotonic()

    def handled(self, outcomes: Sequence[Outcome], seconds: float) -> None:
        """A batch is done: its outputs are confirmed."""
        for outcome in outcomes:
            HANDLED.labels(self._stage, ending(outcome)).inc()
        BATCH.labels(self._stage).observe(seconds)
        self.progressed_at = time.monotonic()


def ending(outcome: Outcome) -> Ending:
    """The outcome's name in the ledger."""
    if isinstance(outcome, Done):
        return "done"
    return "dropped" if isinstance(outcome, Dropped) else "dead"


def reason(outcome: Outcome) -> str | None:
    """Why, for those that did not go on."""
    return None if isinstance(outcome, Done) else outcome.reason
