"""Copies of what waits: other articles of a story whose alert waits. One is told where the first is forgotten untold.

Each has a Delivery of its own, with the story's alert as that article makes it, so that it is of one article and goes
with it; a runtime that takes words out needs to know nothing of it. Decides nothing about when or to whom.
"""

from collections.abc import Iterator
from datetime import datetime

from alerts.identity import alert_id
from schemas.about import about
from schemas.alert import Alert, Delivery
from schemas.state import State
from schemas.topics import DELIVERIES

# Of one story, for one subscription: each is a record on the log, and a text may be copied a thousand times. Nobody is
# told only where the first and all of these are forgotten while they wait, and still another is not.
MOST = 4


class Copies:
    """Those that are known, by the alert behind which they stand. Not for several threads at once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._of: dict[str, dict[str, Delivery]] = {}
        self._first: dict[str, str] = {}

    def note(self, delivery: Delivery) -> None:
        """Know of a copy, or that one is none any more."""
        if first := self._first.pop(delivery.id, None):
            del self._of[first][delivery.id]
            if not self._of[first]:
                del self._of[first]
        if delivery.is_copy and delivery.alert is not None:  # the first says the second
            self._first[delivery.id] = delivery.alert.id
            self._of.setdefault(delivery.alert.id, {})[delivery.id] = delivery

    def made(self, waiting: Delivery, alert: Alert, now: datetime) -> Delivery | None:
        """The alert as it stands behind what waits, to be written down. None where the log has it, where it is of the
        same article, where what waits was told to somebody already, or where enough stand there."""
        if waiting.told or about(waiting) == alert.article_id:
            return None
        copy = Delivery(
            id=alert_id(alert.subscription, f"copy {waiting.id} {alert.article_id}"),
            subscription=alert.subscription,
            status="waiting",
            at=now,
            alert=alert.model_copy(update={"id": waiting.id}),
        )
        known = self._of.get(waiting.id, {})
        if (copy.id not in known and len(known) >= MOST) or self._state.get(DELIVERIES, copy.id, Delivery) is not None:
            return None
        self.note(copy)
        return copy

    def __iter__(self) -> Iterator[Delivery]:
        """Each that is known."""
        return (copy for copies in list(self._of.values()) for copy in list(copies.values()))

    def firsts(self) -> list[str]:
        """The alerts behind which one stands at least."""
        return list(self._of)

    def of(self, id: str) -> list[Delivery]:
        """Those behind an alert, in the order in which they came."""
        return list(self._of.get(id, {}).values())
