"""How a worker stands: what it handled, what it waits for and since when; shown as Prometheus metrics."""

import time

import structlog
from prometheus_client import Counter, Gauge, Histogram

from schemas.ledger import Ending
from schemas.outcome import Done, Dropped, Outcome

logger = structlog.get_logger()

OUTCOMES = Counter("wirewatch_outcomes_total", "Records handled, by how they ended", ["stage", "outcome", "reason"])
HELD = Gauge(
    "wirewatch_held_since_seconds", "Since when the batch at hand is held, Unix time; 0 is not held", ["stage"]
)
LAG = Gauge("wirewatch_lag_records", "Records that the stage's group has not handled yet", ["stage"])
BATCH = Histogram("wirewatch_batch_seconds", "Time from reading a batch to its confirmed outputs", ["stage"])


class Standing:
    """The standing of one worker; written by its loop, read by the watchdog's thread."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self.held_why: str | None = None
        self.progressed_at = time.monotonic()
        """When a batch was last finished, or a held one last tried."""
        HELD.labels(stage).set(0)
        LAG.labels(stage).set(0)

    def hold(self, why: str) -> None:
        """A dependency is away; waiting for it is no standstill."""
        if self.held_why is None:
            HELD.labels(self._stage).set(time.time())
        if self.held_why != why:
            logger.warning("held", stage=self._stage, why=why)
        self.held_why = why
        self.progressed_at = time.monotonic()

    def goes_on(self) -> None:
        """What was waited for is back."""
        if self.held_why is not None:
            logger.info("goes on", stage=self._stage, after=self.held_why)
        self.held_why = None
        HELD.labels(self._stage).set(0)
        self.progressed_at = time.monotonic()

    def handled(self, outcomes: list[Outcome], seconds: float) -> None:
        """A batch is done: its outputs are confirmed."""
        for outcome in outcomes:
            OUTCOMES.labels(self._stage, ending(outcome), reason(outcome) or "").inc()
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
