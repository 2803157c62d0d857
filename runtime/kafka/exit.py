"""When a worker has to let go of its batch, and so to end (runtime.exit).

Faust counts a batch as read when the loop body is left in whatever way; the process ending is the only way out
that keeps it. The orchestrator starts the worker again.
"""

import time
from typing import Protocol

# A step at work may end within this; a container is killed 10 s after it was asked to stop.
GRACE_SECONDS = 6.0


class Membership(Protocol):
    """What a Faust app knows of its place in the group."""

    rebalancing: bool

    @property
    def should_stop(self) -> bool:
        """Whether the worker was asked to stop."""
        ...


class ExitRequest:
    """Whether this worker is asked to let go of its batch: by a rebalance, or by a stop."""

    def __init__(self, membership: Membership) -> None:
        self._membership = membership
        self._asked_at: float | None = None

    @property
    def asked(self) -> bool:
        """Whether the group rebalances, or a stop is asked."""
        asked = self._membership.rebalancing or self._membership.should_stop
        if not asked:
            self._asked_at = None
        elif self._asked_at is None:
            self._asked_at = time.monotonic()
        return asked

    @property
    def overdue(self) -> bool:
        """Whether it was asked so long ago that the others should wait no longer."""
        return self.asked and self._asked_at is not None and time.monotonic() - self._asked_at > GRACE_SECONDS
