"""What becomes of a group that is due: told in one message, put off once more, kept, or closed first.

Whatever goes wrong with it is its subscription's alone: it waits. Does not know what is published when.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from alerts.channels import Refused
from alerts.delivery_changes import closed, has_gathered, kept, put_off, why_kept
from alerts.notifier import LONGEST_RETRY, Notifier, message_key
from alerts.remembered import Remembered
from schemas.alert import Delivery, Subscription
from schemas.outcome import Hold

logger = structlog.get_logger()


class Release:
    """Called with a group of one subscription, all with the same channels left: as they stand afterwards."""

    def __init__(self, notifier: Notifier, remembered: Remembered) -> None:
        self._notifier = notifier
        self._remembered = remembered

    def __call__(
        self, group: Sequence[Delivery], subscriptions: Mapping[str, Subscription], now: datetime
    ) -> Sequence[Delivery]:
        """Raises Hold where nobody can be told."""
        try:
            return self._released(group, subscriptions.get(group[0].subscription), now)
        except Hold:
            raise
        except Exception as error:
            logger.exception("what waited could not be told", subscription=group[0].subscription)
            changes = {"due": now + LONGEST_RETRY, "problem": f"{type(error).__name__}: {error}"}
            return [one.model_copy(update=changes) for one in group]

    def _released(
        self, group: Sequence[Delivery], subscription: Subscription | None, now: datetime
    ) -> Sequence[Delivery]:
        if why := why_kept(subscription, now):
            return [one.model_copy(update=kept(why, now)) for one in group]
        assert subscription is not None  # what is removed is kept
        later = self._remembered.when(subscription.model_copy(update={"policy": "story"}), now)
        if later.moment > now:
            return [one.model_copy(update=put_off(later)) for one in group]
        if has_gathered(group[0]) and self._notifier.may_try(group[0].left, now):
            key = message_key([one.alert for one in group if one.alert is not None])
            return [one.model_copy(update=closed(key, now)) for one in group]
        try:
            return self._notifier.notify(group, now)
        except Refused as refused:
            return [one.model_copy(update=kept(str(refused), now)) for one in group]
