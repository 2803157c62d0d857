"""Alerts that tell by the clock what has come since their last time: which stretch of time is due. Pure."""

from datetime import datetime, timedelta
from typing import get_args

from alerts.schedule import next_digest, next_time
from schemas.alert import ByTheClock, Subscription

BY_THE_CLOCK = frozenset(get_args(ByTheClock))
# Each holds two moments at which it goes out, whatever the clock does: a day has one, of 25 hours at most.
_DAILY, _WEEKLY = timedelta(days=3), timedelta(days=15)


def is_by_the_clock(subscription: Subscription) -> bool:
    """Whether it tells at its time alone: no article meets it."""
    return subscription.policy in BY_THE_CLOCK


def stretch(subscription: Subscription, now: datetime) -> tuple[datetime, datetime]:
    """The last moment up to `now` at which it goes out, and the one before: what came between the two is told."""
    at = subscription.digest_time
    if at is None:
        step = timedelta(minutes=subscription.digest_minutes)
        end = next_digest(now, subscription.digest_minutes) - step
        return end - step, end
    start = end = moment = next_time(now - (_WEEKLY if at.day else _DAILY), at)
    while moment <= now:
        start, end = end, moment
        moment = next_time(moment, at)
    return start, end
