"""What the deliver stage remembers of earlier tellings: what waits, and when each subscription was told.

Made anew from `delivery`. Knows neither channels nor what is still to be published.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from alerts.copies import Copies
from alerts.delivery_changes import address, together, tried_again
from alerts.growing import Growing
from alerts.growth import DEFAULT
from alerts.identity import earlier_id
from alerts.pace import Pace
from alerts.schedule import Due, due
from schemas.about import about
from schemas.alert import Alert, Delivery, Subscription
from schemas.ledger import Forgotten
from schemas.state import State, Without
from schemas.topics import DELIVERIES, FORGOTTEN

# What was told longer ago is asked for by its id alone. What waits is written anew before it is so old.
WINDOW, RENEWED = timedelta(days=14), timedelta(days=7)
# Of most deliveries only the last are needed: for a cap, a cooldown, and how soon growth is told again. A cooldown that
# is made longer than a day while this runs counts from a day before the start.
LAST = timedelta(days=1)
AT_REST = Without("status", ("delivered", "kept", "refused", "noted"))


class Remembered:
    """Not for several threads at once."""

    def __init__(
        self, state: State, growing: Growing, subscriptions: Mapping[str, Subscription], now: datetime
    ) -> None:
        self._state = state
        self._growing = growing
        self._pace = Pace()
        self._waiting: dict[str, Delivery] = {}
        self.copies = Copies(state)
        self._last_told: dict[str, datetime] = {}
        cooldowns = [timedelta(minutes=one.cooldown_minutes) for one in subscriptions.values()]
        looked_back = [DEFAULT.looks_back for one in subscriptions.values() if one.growth]
        for delivery in state.scan(DELIVERIES, Delivery, last=max([WINDOW, *looked_back]), without=AT_REST):
            self.note(tried_again(delivery, now))
        for delivery in state.scan(DELIVERIES, Delivery, last=max([LAST, DEFAULT.again, *cooldowns])):
            if AT_REST.holds(delivery):
                self.note(delivery)

    def note(self, delivery: Delivery) -> None:
        """Know of what became of an alert."""
        self._waiting.pop(delivery.id, None)
        self.copies.note(delivery)
        self._pace.note(delivery)
        self._growing.note(delivery)
        if delivery.status == "waiting" and not delivery.is_copy:
            self._waiting[delivery.id] = delivery
        elif delivery.status == "delivered":
            last = self._last_told.get(delivery.subscription)
            self._last_told[delivery.subscription] = max(last or delivery.at, delivery.at)

    def waiting(self, id: str) -> Delivery | None:
        """The delivery of this alert, while it waits."""
        return self._waiting.get(id)

    def copy(self, alert: Alert, now: datetime) -> Delivery | None:
        """The alert as a copy to be written down, where it waits already, for another article."""
        ids = alert.id, earlier_id(alert.subscription, alert.scope)
        waiting = next((one for id in ids if (one := self._waiting.get(id))), None)
        return None if waiting is None else self.copies.made(waiting, alert, now)

    def waiting_all(self) -> list[Delivery]:
        """Every delivery that waits."""
        return list(self._waiting.values())

    def when(self, subscription: Subscription, now: datetime) -> Due:
        """When the subscription may be told of something that comes now."""
        found = due(subscription, now, self._last_told.get(subscription.id))
        return self._pace.put_off(subscription, found, now)

    def due(self, now: datetime) -> Iterator[list[list[Delivery]]]:
        """What is due, by subscription and channels: of each the groups that go in one message, those first that may
        have been taken already."""
        forgotten = self._state.mapping(FORGOTTEN, Forgotten)
        found = [
            delivery
            for delivery in self._waiting.values()
            if delivery.due is not None and delivery.due <= now and about(delivery) not in forgotten
        ]
        for of_one in _grouped(found, address):
            yield list(_grouped(of_one, together))

    def old(self, now: datetime) -> list[Delivery]:
        """What has waited for long: it is to be written anew, so that it is found among the last days."""
        every = (*self._waiting.values(), *self.copies)
        return [one for one in every if now - one.at > RENEWED and not self.is_forgotten(one)]

    def told(self, id: str) -> Delivery | None:
        """The delivery of this id where nothing more is to be done about it; what every channel refused may be tried
        again, and where its article was forgotten before anybody was told, another of its story is told of."""
        known = self._state.get(DELIVERIES, id, Delivery)
        return None if known is None or known.status == "refused" or self.is_untold(known) else known

    def is_untold(self, delivery: Delivery) -> bool:
        """Whether its article was forgotten before anybody was told."""
        is_out = delivery.alert is None or about(delivery) in self._state.mapping(FORGOTTEN, Forgotten)
        return is_out and delivery.status in ("waiting", "kept") and not delivery.told

    def is_forgotten(self, delivery: Delivery) -> bool:
        """Whether its article was taken out meanwhile. Not by whether the state has its words: of what is told in the
        place of a forgotten article, whoever forgets that one may take them out."""
        return about(delivery) in self._state.mapping(FORGOTTEN, Forgotten)


def _grouped(deliveries: Iterable[Delivery], key: Callable[[Delivery], tuple[object, ...]]) -> Iterator[list[Delivery]]:
    for _, group in groupby(sorted(deliveries, key=key), key=key):
        yield list(group)
