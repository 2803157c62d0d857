"""How many messages alerts would have made: the rules of telling, applied to moments of the past. Pure."""

from collections.abc import Iterable
from datetime import datetime

from alerts.pace import Pace
from alerts.schedule import due
from schemas.alert import Delivery, Subscription


def messages(subscription: Subscription, moments: Iterable[datetime]) -> int:
    """Messages to each channel for alerts matched at these moments, as alerts/deliver.py tells them."""
    told = _Telling(subscription)
    for moment in sorted(moments):
        told.release(until=moment)
        told.meet(moment)
    return told.finish()


class _Telling:
    """What waits has one moment at which it is due; all that is due at one moment is one message."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription
        self._at_once = subscription.model_copy(update={"policy": "story"})
        self._waiting: set[datetime] = set()
        self._last: datetime | None = None
        self._pace = Pace()
        self._messages = 0

    def meet(self, moment: datetime) -> None:
        self._put(self._subscription, moment)

    def release(self, until: datetime) -> None:
        while self._waiting and min(self._waiting) <= until:
            moment = min(self._waiting)
            self._waiting.remove(moment)
            self._put(self._at_once, moment)

    def finish(self) -> int:
        while self._waiting:
            self.release(min(self._waiting))
        return self._messages

    def _put(self, subscription: Subscription, moment: datetime) -> None:
        later = self._pace.put_off(subscription, due(subscription, moment, self._last), moment)
        if later.moment > moment:
            self._waiting.add(later.moment)
            return
        self._messages += 1
        self._last = moment
        self._pace.note(Delivery(id="", subscription=subscription.id, status="delivered", at=moment))
