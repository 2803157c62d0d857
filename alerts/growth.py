"""Growth: whether something is spoken of more than usual: against the same hours of the week in the past. Pure.

What is counted are origins: the moment at which each independent report was first seen, copies of one text once. The
usual level of an hour is what was counted at that time of the week in the weeks before, and a little before and after,
so that a program that slips by half an hour is no news.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median

WEEK = timedelta(weeks=1)
SLIP = timedelta(minutes=30)
# A median absolute deviation is so much smaller than the standard deviation of the same, where it is a bell curve.
TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class Rule:
    """When it is growth."""

    factor: float = 3.0
    """Times the usual."""
    deviations: float = 6.0
    """And above the usual by so many times its spread: a hundred terms that are looked at every 15 minutes are looked
    at 67,200 times a week, and are to be wrong once."""
    floor: int = 8
    """And so many origins at least: of one and three nobody says that it has trebled."""
    window: timedelta = timedelta(hours=1)
    weeks: int = 8
    """Weeks looked back at most: news of the summer says little of the autumn."""
    cold_weeks: int = 2
    """Weeks of which something must be known: before, nothing is usual yet."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The level of this time of the week, in origins a window."""

    median: float
    spread: float
    """As a standard deviation; no smaller than chance alone makes it (the root of the level, one at least)."""


@dataclass(frozen=True, slots=True)
class Growth:
    """More than usual."""

    origins: int
    usual: Usual


DEFAULT = Rule()


def usual(seen: Sequence[datetime], now: datetime, since: datetime, rule: Rule = DEFAULT) -> Usual | None:
    """The usual level at this time of the week; None where too little is known (a cold start).

    `seen`: the origins' moments, in order. `since`: from when on all of them are known.
    """
    known = min(rule.weeks, int((now - since - rule.window - SLIP) / WEEK))
    if known < rule.cold_weeks:
        return None
    ends = (now - back * WEEK + slip for back in range(1, known + 1) for slip in (-SLIP, timedelta(0), SLIP))
    counts = [_count(seen, end, rule.window) for end in ends]
    level = median(counts)
    deviation = TO_DEVIATION * median(abs(count - level) for count in counts)
    return Usual(level, max(deviation, sqrt(max(level, 1.0))))


def growth(seen: Sequence[datetime], now: datetime, since: datetime, rule: Rule = DEFAULT) -> Growth | None:
    """Whether the window that ends now has more than usual. As `usual`; None also where it has not."""
    origins = _count(seen, now, rule.window)
    if origins < rule.floor:
        return None
    level = usual(seen, now, since, rule)
    if level is None or origins < rule.factor * level.median:
        return None
    if origins < level.median + rule.deviations * level.spread:
        return None
    return Growth(origins, level)


def _count(seen: Sequence[datetime], end: datetime, window: timedelta) -> int:
    """Of the window that ends there; its end belongs to the next."""
    return bisect_left(seen, end) - bisect_left(seen, end - window)
