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
        """Of a batch, until it is known to be committed; and what has grown, until it is written down."""
        self._released: dict[str, Delivery] = {}
        """Of ticks."""

    def decided(self, id: str) -> Delivery | None:
        """What was decided about an alert of a batch that comes again."""
        return self._decided.get(id)

    def decide(self, delivery: Delivery) -> None:
        """Remember a decision."""
        self._decided[delivery.id] = delivery

    def release(self, delivery: Delivery) -> None:
        """Remember what became of one that waited."""
        self._released[delivery.id] = delivery

    def holds(self, delivery: Delivery) -> bool:
        """Whether what became of it last is still to be published."""
        return delivery.id in self._released

    def settle(self, forgotten: Collection[str]) -> list[Delivery]:
        """Let go of what the log has by now; what is to be published still. Call it between two batches.

        Those whose article was forgotten meanwhile are said anew.
        """
        return [*self._settled(forgotten), *self._grown(), *self._left()]

    def confirm(self) -> None:
        """Let go of what ticks told and the log has by now."""
        for delivery in list(self._released.values()):
            if self._state.get(DELIVERIES, delivery.id, Delivery) == delivery or self._remembered.is_forgotten(
                delivery
            ):
                del self._released[delivery.id]

    def _settled(self, forgotten: Collection[str]) -> Iterator[Delivery]:
        for id, delivery in list(self._decided.items()):
            if about(delivery) in forgotten:
                del self._decided[id]
                yield delivery
            elif delivery.status == "kept" or self._remembered.told(id) is not None:
                # what is kept was told to nobody: where the log has it not, it is decided anew
                del self._decided[id]

    def _grown(self) -> list[Delivery]:
        return [one for one in self._decided.values() if one.alert and one.alert.growth]

    def _left(self) -> list[Delivery]:
        self.confirm()
        return list(self._released.values())
