"""How a stage's worker stands: what it handled, what it waits for and since when. Metrics are read off it."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

import structlog

from runtime.recorder import ending
from schemas.clock import Clock, utc_now
from schemas.ledger import Ending
from schemas.outcome import Outcome
from schemas.stage import Wait

logger = structlog.get_logger()


class StageStatus:
    """Written by the worker's loop; read by a watchdog, by commands, and by who asks for metrics."""

    def __init__(
        self, stage: str, clock: Clock = utc_now, observe: Callable[[float], object] = lambda seconds: None
    ) -> None:
        """`observe` is told the seconds of each batch, from its reading to its outputs confirmed."""
        self.stage = stage
        self.held: Wait | None = None
        """What the batch at hand waits for; None while it waits for nothing."""
        self.handled: Counter[Ending] = Counter()
        """Records that this worker has handled, by how they ended."""
        self.progressed_at = time.monotonic()
        """When a batch was last finished, or a held one last tried."""
        self._clock = clock
        self._observe = observe

    @property
    def waits(self) -> tuple[Wait, ...]:
        """What the batch at hand waits for, if anything, beside whatever else a process waits for."""
        held = self.held  # once: another thread may be letting go of it
        return (held,) if held else ()

    def hold(self, why: str) -> None:
        """A dependency is away; waiting for it is no standstill."""
        if self.held is None or self.held.why != why:
            self.held = Wait(self.stage, self.held.since if self.held else self._clock(), why)
            logger.warning("held", stage=self.stage, why=why)
        self.progressed_at = time.monotonic()

    def goes_on(self) -> None:
        """What was waited for is back."""
        held, self.held = self.held, None
        self.progressed_at = time.monotonic()
        if held is not None:
            logger.info("goes on", stage=self.stage, held_since=held.since.isoformat())

    def batch_done(self, outcomes: Sequence[Outcome], seconds: float) -> None:
        """A batch is done: its outputs are confirmed."""
        self.handled.update(ending(outcome) for outcome in outcomes)
        self._observe(seconds)
        self.progressed_at = time.monotonic()
