"""What was decided or told and is not known to be on the log yet: decided so again, untold, and said again.

Knows neither when nor to whom something is told.
"""

from collections.abc import Collection, Iterator

from alerts.remembered import Remembered
from schemas.about import about
from schemas.alert import Delivery
from schemas.state import State
from schemas.topics import DELIVERIES


class Unpublished:
    """Not for several threads at once."""

    def __init__(self, state: State, remembered: Remembered) -> None:
        self._state = state
        self._remembered = remembered
        self._decided: dict[str, Delivery] = {}
        """Of a batch, until it is known to be committed; and of ticks (what has grown, a copy), until it is written
        down."""
        self._own: set[str] = set()
        """Those that no batch brings again."""
        self._released: dict[str, Delivery] = {}
        """Of ticks."""

    def decided(self, id: str) -> Delivery | None:
        """What was decided about an alert of a batch that comes again."""
        return self._decided.get(id)

    def decide(self, delivery: Delivery, is_own: bool = False) -> None:
        """Remember a decision; `is_own`: of a tick."""
        self._decided[delivery.id] = delivery
        (self._own.add if is_own else self._own.discard)(delivery.id)

    def release(self, delivery: Delivery) -> None:
        """Remember what became of one that waited."""
        self._released[delivery.id] = delivery

    def holds(self, delivery: Delivery) -> bool:
        """Whether what became of it last is still to be published."""
        return delivery.id in self._released

    def knows(self, id: str) -> bool:
        """Whether something about an alert may not be on the log yet."""
        return id in self._released or id in self._decided

    def settle(self, forgotten: Collection[str]) -> list[Delivery]:
        """Let go of what the log has by now; what is to be published still. Call it between two batches.

        Those whose article was forgotten meanwhile are said anew.
        """
        return [*self._settled(forgotten), *self._decided_alone(), *self._left()]

    def confirm(self) -> None:
        """Let go of what ticks told and the log has by now."""
        for delivery in list(self._released.values()):
            known = self._state.get(DELIVERIES, delivery.id, Delivery)
            has_no_words = known is None or known.alert is None
            if known == delivery or (has_no_words and self._remembered.is_forgotten(delivery)):
                del self._released[delivery.id]

    def _settled(self, forgotten: Collection[str]) -> Iterator[Delivery]:
        for id, delivery in list(self._decided.items()):
            if about(delivery) in forgotten:
                del self._decided[id]
                yield delivery
            elif (delivery.status == "kept" and id not in self._own) or self._remembered.told(id) is not None:
                # what a batch keeps was told to nobody: where the log has it not, it is decided anew
                del self._decided[id]

    def _decided_alone(self) -> list[Delivery]:
        return [one for id, one in self._decided.items() if id in self._own]

    def _left(self) -> list[Delivery]:
        self.confirm()
        return list(self._released.values())
