"""Subscriptions that ask for growth: what of each was counted, since when, and what is more than usual at this moment.

Made anew from `delivery`, where every origin is a record of its own: none is counted twice, as none is told twice.
Since when a subscription is counted stands on `counting`.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alerts.growth import DEFAULT, Counts, Growth, growth, step
from alerts.identity import alert_id
from alerts.in_words import grown_by
from schemas.alert import Alert, Counting, Delivery, Grown, Subscription
from schemas.outcome import Output
from schemas.state import State
from schemas.topics import COUNTING, DELIVERIES

MOST_SHOWN = 100
"""Of the origins that are told of: nobody reads more, and they are kept in memory for each subscription."""
NOTHING = ""
"""In the place of a query, for what is counted no longer."""
# What was published so long before it was seen was not news when it was seen: it counts where it belongs. An outage is
# followed by what its hours brought; counted as now it would be growth of everything.
LATE = timedelta(hours=1)


@dataclass(slots=True)
class _Counted:
    """What is known of one subscription."""

    counts: Counts = field(default_factory=Counts)
    newest: list[tuple[datetime, str]] = field(default_factory=list)
    """When they were seen, and the ids of their alerts, in order."""
    told: datetime | None = None

    def add(self, seen: datetime, id: str) -> None:
        self.counts.add(seen)
        insort(self.newest, (seen, id))
        del self.newest[:-MOST_SHOWN]


class Growing:
    """Not for several threads at once."""

    def __init__(self, state: State, kept: timedelta | None = None) -> None:
        """`kept`: how long deliveries are kept; what is longer ago is not known after a restart."""
        self._state = state
        self._kept = kept
        self._counted: dict[str, _Counted] = defaultdict(_Counted)
        self._judged = 0

    def note(self, delivery: Delivery) -> None:
        """Know of a delivery: call it once for each that was counted, or that tells of growth."""
        alert = delivery.alert
        if delivery.status == "counted":
            self._counted[delivery.subscription].add(news_at(alert) if alert else delivery.at, delivery.id)
        elif alert is not None and alert.growth is not None:
            counted = self._counted[delivery.subscription]
            counted.told = max(counted.told or alert.matched_at, alert.matched_at)

    def tick(self, subscriptions: Mapping[str, Subscription], now: datetime) -> tuple[list[Alert], list[Output]]:
        """What has grown, every five minutes; and since when what is new is counted, to be published."""
        if step(now) == self._judged:
            return [], []
        self._judged = step(now)
        for id in self._counted.keys() - {one.id for one in subscriptions.values() if one.growth}:
            del self._counted[id]
        begun = self._state.mapping(COUNTING, Counting)
        grown = (self._grown(one, begun.get(one.id), now) for one in subscriptions.values() if is_counted(one))
        return [alert for alert in grown if alert], [
            Output(COUNTING, one) for one in _changes(subscriptions, begun, now)
        ]

    def of(self, alert: Alert) -> list[Delivery]:
        """The deliveries that an alert of growth counted, the newest first, without what was forgotten."""
        return list(self._known(alert.growth.counted if alert.growth else ()))

    def _grown(self, subscription: Subscription, begun: Counting | None, now: datetime) -> Alert | None:
        counted = self._counted.get(subscription.id)
        if counted is None or begun is None or begun.query != subscription.query:
            return None
        rule = replace(DEFAULT, factor=subscription.growth)
        counted.counts.let_go(now - rule.looks_back)
        if counted.told is not None and now - counted.told < rule.again:
            return None
        found = growth(counted.counts, now, self._known_since(begun, now), rule)
        if found is None:
            return None
        ids = tuple(id for seen, id in counted.newest if seen >= now - rule.window)
        return self._alert(subscription, _measured(found, rule.window, ids), now)

    def _known_since(self, begun: Counting, now: datetime) -> datetime:
        return max(begun.since, now - self._kept) if self._kept else begun.since

    def _alert(self, subscription: Subscription, growth: Grown, now: datetime) -> Alert | None:
        """The newest of what was counted, with how many they are; None until one is known to the log."""
        newest = next(self._known(growth.counted), None)
        if newest is None or newest.alert is None:
            return None
        scope = f"growth {now.isoformat()}"
        changes = {"id": alert_id(subscription.id, scope), "scope": scope, "matched_at": now, "growth": growth}
        return newest.alert.model_copy(update={**changes, "matched_part": grown_by(growth)})

    def _known(self, counted: Sequence[str]) -> Iterator[Delivery]:
        """Deliveries with their alerts, the newest first: `counted` has it last."""
        known = (self._state.get(DELIVERIES, id, Delivery) for id in reversed(counted))
        return (one for one in known if one is not None and one.alert is not None)


def news_at(alert: Alert) -> datetime:
    """When an origin was news: when it was seen, or when it was published where that was much before."""
    published = alert.published
    return published if published is not None and alert.first_seen - published > LATE else alert.first_seen


def is_counted(subscription: Subscription) -> bool:
    """Whether what meets it is counted, and nothing else."""
    return subscription.growth > 0 and not subscription.paused


def _changes(
    subscriptions: Mapping[str, Subscription], begun: Mapping[str, Counting], now: datetime
) -> Iterator[Counting]:
    """What is counted from now on, by its query; and by none what is counted no longer: what passes meanwhile is not
    known, so that it has to begin anew."""
    for id in subscriptions.keys() | begun.keys():
        one = subscriptions.get(id)
        query = one.query if one is not None and is_counted(one) else NOTHING
        if (begun[id].query if id in begun else NOTHING) != query:
            yield Counting(id=id, query=query, since=now)


def _measured(found: Growth, window: timedelta, ids: tuple[str, ...]) -> Grown:
    return Grown(
        origins=found.origins,
        minutes=window // timedelta(minutes=1),
        usual=found.usual.median,
        spread=found.usual.spread,
        counted=ids,
    )
