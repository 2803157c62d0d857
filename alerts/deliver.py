"""The deliver stage: sends notifications. Alert in, Delivery out; at least once, with the alert's id as the key.

What may not be sent yet (quiet hours, cooldown, digest) waits in the Delivery record itself, so that a restart loses
nothing; `tick` sends what has become due. Decides when and to whom; alerts/channels.py knows how to reach a channel.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from alerts.channels import Notify, Refused, notify
from alerts.delivery_changes import (
    fresh,
    is_kept,
    kept,
    now_known,
    old_news,
    only_waits_on,
    put_off,
    refused_record,
    together,
    tried_again,
)
from alerts.digested import at_rest, changed, tellable
from alerts.growing import Growing
from alerts.growth import DEFAULT
from alerts.in_force import Subscriptions
from alerts.notifier import LONGEST_RETRY, Notifier
from alerts.pace import Pace
from alerts.schedule import Due, due
from alerts.telling import LONGEST_SECONDS
from schemas.about import about
from schemas.alert import Alert, Delivery, Subscription
from schemas.clock import Clock, utc_now
from schemas.ledger import FORGOTTEN_RULE, Forgotten
from schemas.outcome import Dead, Done, Dropped, Hold, Outcome, Output
from schemas.stage import Step, Wait
from schemas.state import State
from schemas.topics import DELIVERIES, FORGOTTEN

logger = structlog.get_logger()

ALREADY_TOLD = "already told"
NO_SUBSCRIPTION = "subscription removed"
# What was told longer ago is asked for by its id alone. What waits is written anew before it is so old.
WINDOW, RENEWED = timedelta(days=14), timedelta(days=7)
# A channel may take a minute (alerts/telling.py): behind one that does the rest waits for the next call.
PATIENCE_SECONDS = 60.0
# A kill in the middle repeats so many tellings, and a worker asked to stop has 6 s for those that it has begun.
MOST_TOLD = 8


def _certain() -> None:
    """There is one owner, and nobody to ask."""


class DeliverStep(Step[Alert]):
    """The stage's step. One per process and assignment: made anew where another process may have told meanwhile.

    A channel that is away does not hold the others: its alerts wait in their Delivery records and are tried
    again by `tick`, which must be called every few seconds.
    """

    # The patience, and the telling that begins at its end.
    longest_seconds = PATIENCE_SECONDS + LONGEST_SECONDS

    def __init__(
        self,
        state: State,
        subscriptions: Subscriptions,
        clock: Clock = utc_now,
        notify: Notify = notify,
        confirm_owner: Callable[[], None] = _certain,
        old_after: timedelta = timedelta(0),
        growing: Growing | None = None,
    ) -> None:
        """`confirm_owner` is called before what waited is told: as Services.confirm_owner. Articles whose date is
        longer ago than `old_after` are kept, and not told; zero tells of any."""
        self._old_after = old_after
        self._state = state
        self._confirm_owner = confirm_owner
        self._source = subscriptions
        self._clock = clock
        self._notifier = Notifier(notify, self._tellable, self._is_late)
        self._lock = threading.Lock()
        self._decided: dict[str, Delivery] = {}
        self._released: dict[str, Delivery] = {}
        self._waiting: dict[str, Delivery] = {}
        self._last_told: dict[str, datetime] = {}
        self._pace = Pace()
        self._growing = growing or Growing(state)
        self._known = subscriptions()
        cooldowns = [timedelta(minutes=one.cooldown_minutes) for one in self._known.values()]
        looked_back = [DEFAULT.looks_back for one in self._known.values() if one.growth]
        opened = clock()
        for delivery in state.scan(DELIVERIES, Delivery, last=max([WINDOW, *cooldowns, *looked_back])):
            self._note(tried_again(delivery, opened))

    def __call__(self, batch: Sequence[Alert]) -> Sequence[Outcome]:
        """One outcome per alert. What was decided in a call that was not committed is decided so again, untold."""
        with self._lock:
            self._began = time.monotonic()
            subscriptions, now = self._source(), self._clock()
            self._known = subscriptions
            seen: set[str] = set()
            outcomes = [self._outcome(alert, seen, subscriptions, now) for alert in batch]
            forgotten = self._forgotten()
            return [replace(one, outputs=now_known(one.outputs, forgotten)) for one in outcomes]

    def together(self, batch: Sequence[Alert | None]) -> int:
        """So many that few are told: what has nobody to be told costs no more than its record."""
        told = 0
        for number, alert in enumerate(batch):
            subscription = self._known.get(alert.subscription) if alert else None
            told += subscription is not None and bool(subscription.channels)
            if told > MOST_TOLD:
                return number
        return len(batch)

    def tick(self, now: datetime) -> tuple[Output, ...]:
        """Tell what is due: one message for all of a subscription. Publish what it returns.

        What was told and is not published yet (the log was away) is returned again.
        """
        with self._lock:
            self._began = time.monotonic()
            subscriptions = self._source()
            for _, group in groupby(sorted(self._due(now), key=together), key=together):
                if self._is_late():
                    break
                self._confirm_owner()
                for delivery in self._guarded_release(list(group), subscriptions, now):
                    self._put(delivery)
            grown, begun = self._growing.tick(subscriptions, now)
            for alert in grown:
                self._decided[alert.id] = self._to_be_told(alert, subscriptions[alert.subscription], now)
                self._note(self._decided[alert.id])
            for delivery in self._old(now):
                self._released[delivery.id] = delivery.model_copy(update={"at": now})
                self._note(self._released[delivery.id])
            forgotten = self._forgotten()
            for delivery in changed(self._waiting.values(), forgotten):
                self._put(delivery)
            told = [*self._settled(forgotten), *self._grown(), *self._unpublished()]
            return (*now_known(tuple(Output(DELIVERIES, delivery) for delivery in told), forgotten), *begun)

    def waits(self) -> Sequence[Wait]:
        """Channels that are away: their alerts wait, others are told."""
        away = self._notifier.away.copy().values()
        return tuple(Wait(f"deliver to {one.channel}", one.since, one.why) for one in away)

    def _outcome(
        self, alert: Alert, seen: set[str], subscriptions: Mapping[str, Subscription], now: datetime
    ) -> Outcome:
        if alert.id in seen or self._is_told(alert.id):
            return Dropped(ALREADY_TOLD)
        seen.add(alert.id)
        if alert.article_id in self._state.mapping(FORGOTTEN, Forgotten):
            return Dropped(FORGOTTEN_RULE)
        subscription = subscriptions.get(alert.subscription)
        if subscription is None:
            return Dropped(NO_SUBSCRIPTION)
        if alert.id not in self._decided:
            try:
                self._decided[alert.id] = at_rest(self._decide(alert, subscription, now))
            except Refused as refused:
                return Dead("channel refused", str(refused), (Output(DELIVERIES, refused_record(alert, refused, now)),))
            self._note(self._decided[alert.id])
        return Done((Output(DELIVERIES, self._decided[alert.id]),))

    def _decide(self, alert: Alert, subscription: Subscription, now: datetime) -> Delivery:
        made = fresh(alert, subscription, now)
        if subscription.growth:
            return made.model_copy(update={"status": "counted", "left": ()})
        if not alert.altered and (old := old_news(alert, self._old_after)):
            return made.model_copy(update={"problem": old})
        if is_kept(subscription, now):
            return made
        later = self._pace.put_off(subscription, due(subscription, now, self._last_told.get(subscription.id)), now)
        if later.moment <= now and self._is_late():
            later = Due(now, "channel")
        elif later.moment <= now:
            return self._notifier.notify([made], now)[0]
        return made.model_copy(update={"status": "waiting", **put_off(later)})

    def _to_be_told(self, alert: Alert, subscription: Subscription, now: datetime) -> Delivery:
        """What has grown is written down before it is told: after a crash in between it would be found anew, at another
        moment and so under another id."""
        made = fresh(alert, subscription, now)
        if is_kept(subscription, now):
            return made
        later = self._pace.put_off(subscription, due(subscription, now, self._last_told.get(subscription.id)), now)
        return made.model_copy(update={"status": "waiting", **put_off(later)})

    def _guarded_release(
        self, deliveries: Sequence[Delivery], subscriptions: Mapping[str, Subscription], now: datetime
    ) -> Sequence[Delivery]:
        """What becomes of a group; whatever goes wrong with it is its subscription's alone: it waits."""
        try:
            return self._release(deliveries, subscriptions, now)
        except Hold:
            raise
        except Exception as error:
            logger.exception("what waited could not be told", subscription=deliveries[0].subscription)
            changes = {"due": now + LONGEST_RETRY, "problem": f"{type(error).__name__}: {error}"}
            return [one.model_copy(update=changes) for one in deliveries]

    def _release(
        self, deliveries: Sequence[Delivery], subscriptions: Mapping[str, Subscription], now: datetime
    ) -> Sequence[Delivery]:
        subscription = subscriptions.get(deliveries[0].subscription)
        if subscription is None or is_kept(subscription, now):
            return [one.model_copy(update=kept(now)) for one in deliveries]
        at_once = subscription.model_copy(update={"policy": "story"})
        later = self._pace.put_off(subscription, due(at_once, now, self._last_told.get(subscription.id)), now)
        if later.moment > now:
            return [one.model_copy(update=put_off(later)) for one in deliveries]
        try:
            return self._notifier.notify(deliveries, now)
        except Refused as refused:
            return [one.model_copy(update=kept(now) | {"problem": str(refused)}) for one in deliveries]

    def _due(self, now: datetime) -> Iterable[Delivery]:
        forgotten = self._state.mapping(FORGOTTEN, Forgotten)
        return [
            delivery
            for delivery in self._waiting.values()
            if delivery.due is not None and delivery.due <= now
            if about(delivery) not in forgotten and not self._is_forgotten(delivery)
        ]

    def _put(self, delivery: Delivery) -> None:
        """What became of one is published; but that a channel is still away is only remembered, for all that waits for
        it would be written anew at each try."""
        delivery = at_rest(delivery)
        before = self._waiting.get(delivery.id)
        if before is not None and only_waits_on(before, delivery):
            delivery = delivery.model_copy(update={"at": before.at})
        else:
            self._released[delivery.id] = delivery
        self._note(delivery)

    def _old(self, now: datetime) -> Iterable[Delivery]:
        """What has waited for long is written anew, so that it is found among the last days."""
        return [one for one in self._waiting.values() if now - one.at > RENEWED and not self._is_forgotten(one)]

    def _is_late(self) -> bool:
        """Whether channels have taken so long that the rest of this call waits for the next: others wait behind it."""
        return time.monotonic() - self._began > PATIENCE_SECONDS

    def _forgotten(self) -> Mapping[str, Forgotten]:
        """The articles that were taken out, by all that is known at this moment."""
        self._state.catch_up(FORGOTTEN)
        return self._state.mapping(FORGOTTEN, Forgotten)

    def _tellable(self, deliveries: Sequence[Delivery]) -> Sequence[Delivery]:
        """With what of it was counted, where it tells of growth."""
        forgotten = self._forgotten()
        told = [one for one in deliveries if about(one) not in forgotten]
        counted = [each for one in told if one.alert for each in self._growing.of(one.alert)]
        return [*tellable(told, forgotten), *(one for one in counted if about(one) not in forgotten)]

    def _is_told(self, id: str) -> bool:
        """Whether nothing more is to be done about an alert; what every channel refused may be tried again."""
        known = self._state.get(DELIVERIES, id, Delivery)
        return known is not None and known.status != "refused"

    def _is_forgotten(self, delivery: Delivery) -> bool:
        """Whether its article was taken out meanwhile: the state has its words no longer."""
        known = self._state.get(DELIVERIES, delivery.id, Delivery)
        return known is None or known.alert is None

    def _settled(self, forgotten: Collection[str]) -> list[Delivery]:
        """Let go of decisions that are committed; those whose article was forgotten meanwhile are said anew."""
        anew = []
        for id, delivery in list(self._decided.items()):
            if about(delivery) in forgotten:
                del self._decided[id]
                anew.append(delivery)
            elif self._is_told(id):
                del self._decided[id]
        return anew

    def _grown(self) -> list[Delivery]:
        """What has grown and is not written down yet."""
        return [one for one in self._decided.values() if one.alert and one.alert.growth]

    def _unpublished(self) -> list[Delivery]:
        for delivery in list(self._released.values()):
            if self._state.get(DELIVERIES, delivery.id, Delivery) == delivery or self._is_forgotten(delivery):
                del self._released[delivery.id]
        return list(self._released.values())

    def _note(self, delivery: Delivery) -> None:
        self._waiting.pop(delivery.id, None)
        self._pace.note(delivery)
        self._growing.note(delivery)
        if delivery.status == "waiting":
            self._waiting[delivery.id] = delivery
        elif delivery.status == "delivered":
            last = self._last_told.get(delivery.subscription)
            self._last_told[delivery.subscription] = max(last or delivery.at, delivery.at)
