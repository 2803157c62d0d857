"""Growth: whether something is spoken of more than usual: against the same hours of the week in the past. Pure.

What is counted are origins: independent reports, copies of one text once. The usual level of an hour is what was
counted at that time of the week in the weeks before, and a little before and after, so that a program that slips by
half an hour is no news.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median

WEEK = timedelta(weeks=1)
# Origins are counted by five minutes: a week has 2,016 numbers, however many origins there are, and what grows is seen
# five minutes later at most.
STEP = timedelta(minutes=5)
SLIP = timedelta(minutes=30)
# A median absolute deviation is so much smaller than the standard deviation of the same, where it is a bell curve.
TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class Rule:
    """When it is growth."""

    factor: float = 3.0
    """Times the usual."""
    deviations: float = 6.5
    """And above the usual by so many times its spread: a hundred terms that are looked at every 5 minutes are looked at
    201,600 times a week, and are to be wrong once (benchmarks/more_than_usual.py)."""
    floor: int = 10
    """And so many origins at least: of one and three nobody says that it has trebled."""
    window: timedelta = timedelta(hours=1)
    weeks: int = 8
    """Weeks looked back at most: news of the summer says little of the autumn."""
    cold_weeks: int = 2
    """Weeks of which something must be known: before, nothing is usual yet."""
    again: timedelta = timedelta(days=1)
    """It is told of once in so long: what is spoken of for a day is not told every hour."""

    @property
    def looks_back(self) -> timedelta:
        """What was longer ago does not matter."""
        return self.weeks * WEEK + self.window + SLIP


class Counts:
    """Origins by when they were seen, in steps of five minutes."""

    def __init__(self, moments: Iterable[datetime] = ()) -> None:
        self._steps = Counter(map(step, moments))

    def add(self, moment: datetime) -> None:
        """Count one more."""
        self._steps[step(moment)] += 1

    def let_go(self, before: datetime) -> None:
        """Forget what was counted before."""
        first = step(before)
        for number in [number for number in self._steps if number < first]:
            del self._steps[number]

    def within(self, end: datetime, window: timedelta) -> int:
        """Of the window that ends with the last whole step before `end`."""
        last = step(end)
        return sum(self._steps[number] for number in range(last - window // STEP, last))


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


@dataclass(frozen=True, slots=True)
class Found:
    """Growth, and when it was seen."""

    at: datetime
    growth: Growth


DEFAULT = Rule()


def step(moment: datetime) -> int:
    """The number of the five minutes that it falls into."""
    return int(moment.timestamp() // STEP.total_seconds())


def usual(counts: Counts, now: datetime, since: datetime, rule: Rule = DEFAULT) -> Usual | None:
    """The usual level at this time of the week; None where too little is known (a cold start).

    `since`: from when on all origins are counted.
    """
    known = min(rule.weeks, int((now - since - rule.window - SLIP) / WEEK))
    if known < rule.cold_weeks:
        return None
    ends = (now - back * WEEK + slip for back in range(1, known + 1) for slip in (-SLIP, timedelta(0), SLIP))
    numbers = [counts.within(end, rule.window) for end in ends]
    level = median(numbers)
    deviation = TO_DEVIATION * median(abs(number - level) for number in numbers)
    return Usual(level, max(deviation, sqrt(max(level, 1.0))))


def growth(counts: Counts, now: datetime, since: datetime, rule: Rule = DEFAULT) -> Growth | None:
    """Whether the window that ends now has more than usual. As `usual`; None also where it has not."""
    origins = counts.within(now, rule.window)
    if origins < rule.floor:
        return None
    level = usual(counts, now, since, rule)
    if level is None or origins < rule.factor * level.median:
        return None
    if origins < level.median + rule.deviations * level.spread:
        return None
    return Growth(origins, level)


def over_time(counts: Counts, begin: datetime, end: datetime, since: datetime, rule: Rule = DEFAULT) -> list[Found]:
    """When it would have been told between the two, looked at in every step, as the deliver stage does."""
    found: list[Found] = []
    now = begin
    while now <= end:
        if (grown := growth(counts, now, since, rule)) and (not found or now - found[-1].at >= rule.again):
            found.append(Found(now, grown))
        now += STEP
    return found
