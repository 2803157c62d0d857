"""The record stage with what is told by the clock: it has the store that a digest is made of; no alert waits for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from alerts.digests import Digests
from alerts.in_force import InForce
from schemas.outcome import Output
from schemas.services import Services
from stores.stages import RecordStep
from stores.store import Store


class RecordAndDigest(RecordStep):
    """Stores what became of alerts, and puts on the log what is due by the clock."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        old = timedelta(days=services.settings.old_news_days)
        # a stage knows the store's writing side; what the runtimes give is both
        self._digests = Digests(services.state, lambda: cast(Store, services.store), InForce(services.state), old)

    def tick(self, now: datetime) -> Sequence[Output]:
        """A digest that is due. Raises Hold."""
        super().tick(now)
        return self._digests.tick(now)
