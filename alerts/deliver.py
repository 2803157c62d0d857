"""The deliver stage: sends notifications. Alert in, Delivery out; at least once, with the alert's id as the key.

What may not be sent yet (quiet hours, cooldown, digest) waits in the Delivery record itself, so that a restart loses
nothing; `tick` sends what has become due. Decides when and to whom; alerts/channels.py knows how to reach a channel.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.channels import Notify, Refused, notify
from alerts.delivery_changes import after, fresh, now_known, old_news, only_waits_on, put_off, refused_record, why_kept
from alerts.digested import at_rest, changed, tellable
from alerts.growing import Growing
from alerts.in_force import Subscriptions
from alerts.notifier import Notifier
from alerts.release import Release
from alerts.remembered import Remembered
from alerts.schedule import Due
from alerts.telling import LONGEST_SECONDS
from alerts.told_before import ToldBefore
from alerts.unpublished import Unpublished
from schemas.about import about
from schemas.alert import Alert, Delivery, Subscription
from schemas.clock import Clock, utc_now
from schemas.ledger import FORGOTTEN_RULE, Forgotten
from schemas.outcome import Dead, Done, Dropped, Outcome, Output
from schemas.stage import Step, Wait
from schemas.state import State
from schemas.topics import DELIVERIES, FORGOTTEN

ALREADY_TOLD = "already told"
NO_SUBSCRIPTION = "subscription removed"
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
        self._growing = growing or Growing(state)
        self._known = subscriptions()
        self._remembered = Remembered(state, self._growing, self._known, clock())
        self._unpublished = Unpublished(state, self._remembered)
        self._release = Release(self._notifier, self._remembered)

    def __call__(self, batch: Sequence[Alert]) -> Sequence[Outcome]:
        """One outcome per alert. What was decided in a call that was not committed is decided so again, untold."""
        with self._lock:
            self._began = time.monotonic()
            subscriptions, now = self._source(), self._clock()
            self._known = subscriptions
            before = ToldBefore(self._remembered)
            outcomes = [self._outcome(alert, before, subscriptions, now) for alert in batch]
            if forgotten := self._forgotten():
                return [replace(one, outputs=now_known(one.outputs, forgotten)) for one in outcomes]
            return outcomes

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
            self._unpublished.confirm()
            for groups in self._remembered.due(now):
                self._tell(groups, subscriptions, now)
            grown, begun = self._growing.tick(subscriptions, now)
            for alert in grown:
                self._decided(self._to_be_told(alert, subscriptions[alert.subscription], now), is_own=True)
            for delivery in self._remembered.old(now):
                self._write(delivery.model_copy(update={"at": now}))
            forgotten = self._forgotten()
            self._stand_in(subscriptions, forgotten, now)
            for delivery in changed(self._remembered.waiting_all(), forgotten):
                self._put(delivery)
            told = tuple(Output(DELIVERIES, one) for one in self._unpublished.settle(forgotten))
            return (*now_known(told, forgotten), *begun)

    def waits(self) -> Sequence[Wait]:
        """Channels that are away: their alerts wait, others are told."""
        away = self._notifier.away.copy().values()
        return tuple(Wait(f"deliver to {one.channel}", one.since, one.why) for one in away)

    def _outcome(
        self, alert: Alert, before: ToldBefore, subscriptions: Mapping[str, Subscription], now: datetime
    ) -> Outcome:
        subscription = subscriptions.get(alert.subscription)
        if before.is_told(alert, each=subscription is not None and subscription.policy == "every"):
            return Dropped(ALREADY_TOLD, self._copied(alert, now))
        if alert.article_id in self._state.mapping(FORGOTTEN, Forgotten):
            return Dropped(FORGOTTEN_RULE)
        if subscription is None:
            return Dropped(NO_SUBSCRIPTION)
        decided = self._unpublished.decided(alert.id)
        if decided is None or self._remembered.is_untold(decided):
            try:
                decided = self._decided(self._decide(alert, subscription, now))
            except Refused as refused:
                return Dead("channel refused", str(refused), (Output(DELIVERIES, refused_record(alert, refused, now)),))
        return Done(tuple(Output(DELIVERIES, one) for one in before.with_note(alert, decided)))

    def _decide(self, alert: Alert, subscription: Subscription, now: datetime) -> Delivery:
        made = fresh(alert, subscription, now)
        if subscription.growth:
            return made.model_copy(update={"status": "counted", "left": ()})
        if not alert.altered and (old := old_news(alert, self._old_after)):
            return made.model_copy(update={"problem": old})
        if why := why_kept(subscription, now):
            return made.model_copy(update={"problem": why})
        later = self._remembered.when(subscription, now)
        if later.moment <= now and self._is_late():
            later = Due(now, "channel")
        elif later.moment <= now:
            return self._notifier.notify([made], now)[0]
        return made.model_copy(update={"status": "waiting", **put_off(later)})

    def _to_be_told(self, alert: Alert, subscription: Subscription, now: datetime) -> Delivery:
        """What has grown is written down before it is told: after a crash in between it would be found anew, at another
        moment and so under another id."""
        made = fresh(alert, subscription, now)
        if why := why_kept(subscription, now):
            return made.model_copy(update={"problem": why})
        return made.model_copy(update={"status": "waiting", **put_off(self._remembered.when(subscription, now))})

    def _copied(self, alert: Alert, now: datetime) -> tuple[Output, ...]:
        """What else the story may be told of, while its alert waits."""
        if not alert.altered and old_news(alert, self._old_after):
            return ()
        copy = self._remembered.copy(alert, now)
        return () if copy is None else (Output(DELIVERIES, copy),)

    def _stand_in(
        self, subscriptions: Mapping[str, Subscription], forgotten: Mapping[str, Forgotten], now: datetime
    ) -> None:
        """Where what waited was forgotten untold, a copy has its turn; what is needed no more is let go."""
        copies = self._remembered.copies
        for copy in [one for one in copies if about(one) in forgotten]:
            self._write(copy.without_words())
        for id in copies.firsts():
            waiting = self._remembered.waiting(id)
            if self._unpublished.knows(id) or (waiting is not None and about(waiting) not in forgotten):
                continue
            subscription = subscriptions.get(copies.of(id)[0].subscription)
            if subscription is None or self._remembered.told(id) is not None:
                for copy in copies.of(id):
                    self._write(copy.without_words())
            elif (alert := copies.of(id)[0].alert) is not None:
                self._decided(self._to_be_told(alert, subscription, now), is_own=True)

    def _decided(self, delivery: Delivery, is_own: bool = False) -> Delivery:
        delivery = at_rest(delivery)
        self._unpublished.decide(delivery, is_own)
        self._remembered.note(delivery)
        return delivery

    def _tell(
        self, groups: Sequence[Sequence[Delivery]], subscriptions: Mapping[str, Subscription], now: datetime
    ) -> None:
        """Tell what is due of one subscription, a message a group. What has gathered for a channel that was away is
        closed first, which is written down, and told by the next tick: so it is the same message after a crash."""
        for group in groups:
            if self._is_late():
                return
            self._confirm_owner()
            if any(self._unpublished.holds(one) and one.message is not None for one in group):
                continue  # it was closed, and the log has not said so yet
            for delivery in self._release(group, subscriptions, now):
                self._put(delivery)

    def _put(self, delivery: Delivery) -> None:
        """What became of one is published; but that a channel is still away is only remembered, for all that waits for
        it would be written anew at each try."""
        delivery = at_rest(delivery)
        before = self._remembered.waiting(delivery.id)
        if before is not None and only_waits_on(before, delivery):
            self._remembered.note(delivery.model_copy(update={"at": before.at}))
        else:
            self._write(after(before, delivery))

    def _write(self, delivery: Delivery) -> None:
        self._unpublished.release(delivery)
        self._remembered.note(delivery)

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
