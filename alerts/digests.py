"""Tells by the clock: the briefing of a stretch of time, or whom the articles of it quoted. No article makes it happen.

What is told is an alert like any other: deliver tells it once, by its id, with its channels and quiet hours.
Knows the store and when something is due; knows no channel.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from alerts.by_the_clock import is_by_the_clock, stretch
from alerts.digest_text import heading
from alerts.identity import alert_id
from alerts.in_force import Subscriptions
from schemas.alert import Alert, Delivery, Digested, Subscription
from schemas.outcome import Hold, Output
from schemas.state import State
from schemas.topics import ALERTS, DELIVERIES
from stores.archive.briefing import told_stories
from stores.archive.contributors import compared
from stores.archive.window import came
from stores.query import Query, parse
from stores.query.tree import And
from stores.store import Store

logger = structlog.get_logger()

# What was seen until a moment can be found by then: enriching takes a second, and Elasticsearch shows it after another.
SETTLED = timedelta(minutes=1)
# Where deliver has not heard of one after so long, it is made again: it may never have stood on the log, and deliver
# drops what it has told. So is one that could not be made.
AGAIN = timedelta(minutes=10)
# As many as are read over a coffee; some four sheets of paper.
STORIES, PEOPLE = 20, 50


class Digests:
    """What is due by the clock. Made anew it asks what was told; not for several threads at once."""

    def __init__(self, state: State, store: Callable[[], Store], subscriptions: Subscriptions, old: timedelta) -> None:
        """`store` is asked for when something is due; what was published longer ago than `old` is no news (0: all)."""
        self._state = state
        self._store = store
        self._subscriptions = subscriptions
        self._old = old
        self._tried: dict[str, datetime] = {}
        """Id of an alert -> when it was made last."""
        self._told: dict[str, str] = {}
        """Subscription -> the alert that was told last."""

    def tick(self, now: datetime) -> tuple[Output, ...]:
        """One that is due, at most: making it reads a day of the store, and others wait meanwhile. Raises Hold."""
        for one in self._subscriptions().values():
            if is_by_the_clock(one) and (due := self._due(one, now)):
                start, end, id = due
                self._tried = {known: at for known, at in self._tried.items() if now - at < AGAIN} | {id: now}
                try:
                    made = self._made(one, start, end, id, now)
                except Hold:
                    del self._tried[id]
                    raise
                except Exception:
                    logger.exception("a digest could not be made", name=one.name)
                    continue
                return (Output(ALERTS, made),)
        return ()

    def _due(self, subscription: Subscription, now: datetime) -> tuple[datetime, datetime, str] | None:
        start, end = stretch(subscription, now - SETTLED)
        id = alert_id(subscription.id, end.isoformat())
        tried = self._tried.get(id)
        if self._told.get(subscription.id) == id or (tried is not None and now - tried < AGAIN):
            return None
        if self._state.get(DELIVERIES, id, Delivery) is None:
            start = max(start, self._told_until(subscription, start))
            if start < end:
                return start, end, id
        self._told[subscription.id] = id
        return None

    def _told_until(self, subscription: Subscription, start: datetime) -> datetime:
        """What was told by another time of the clock, before it was changed, is not told again. Raises Hold."""
        last = self._store().alerts(subscription.id, since=start).alerts
        return max((one.first_seen for one in last if not one.article_id), default=start)

    def _made(self, subscription: Subscription, start: datetime, end: datetime, id: str, now: datetime) -> Alert:
        told = digested(self._store(), subscription, start, end, self._old)
        return Alert(
            id=id,
            revision="",
            subscription=subscription.id,
            subscription_name=subscription.name,
            query=subscription.query,
            matched_part=subscription.query,
            scope=end.isoformat(),
            article_id="",
            story_id="",
            title=heading(told),
            first_seen=end,
            matched_at=now,
            digested=told,
        )


def digested(
    store: Store, subscription: Subscription, start: datetime, end: datetime, old: timedelta = timedelta(0)
) -> Digested:
    """What it tells of that time. Raises QueryError, Hold."""
    about = parse(subscription.query, end)
    time = came(start, end, old)
    zone = subscription.digest_time.zone if subscription.digest_time else "UTC"
    if subscription.policy == "briefing":
        wanted = Query(about.text, And((about.root, time)), about.relative)
        stories, complete = told_stories(store, wanted, STORIES)
        return Digested(kind="briefing", start=start, end=end, zone=zone, stories=stories, complete=complete)
    people = compared(store, about.root, time, start, PEOPLE).people
    return Digested(kind="contributors", start=start, end=end, zone=zone, people=people)
