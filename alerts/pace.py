"""When each subscription was told in the last hour before it was told last: what its cap is counted by.

Made anew from the deliveries, as all that the deliver stage remembers.
"""

from bisect import insort
from datetime import datetime

from alerts.schedule import HOUR, Due, within_cap
from schemas.alert import MOST_AN_HOUR, Delivery, Subscription


class Pace:
    """Not for several threads at once."""

    def __init__(self) -> None:
        self._told: dict[str, list[datetime]] = {}

    def note(self, delivery: Delivery) -> None:
        """Remember a telling. What is told in one message has one moment, and counts once."""
        if delivery.status != "delivered":
            return
        moments = self._told.setdefault(delivery.subscription, [])
        if delivery.at not in moments:
            insort(moments, delivery.at)
        while len(moments) > MOST_AN_HOUR or moments[0] <= moments[-1] - HOUR:
            del moments[0]

    def put_off(self, subscription: Subscription, found: Due, now: datetime) -> Due:
        """`found`, or later where that would be more than the cap allows."""
        of_late = [moment for moment in self._told.get(subscription.id, ()) if moment > now - HOUR]
        return within_cap(subscription, found, of_late)
