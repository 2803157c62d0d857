"""Alerts of growth, tried on a wire of our own: how many are false, and how soon a real burst is told.

Run: PYTHONPATH=. .venv/bin/python benchmarks/more_than_usual.py [WEEKS]
Origins come by chance (Poisson), of a level that has a day, a night and a weekend; nothing happens in it, so whatever
grows is false. Then something happens: three times the usual and more, from one moment on.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import exp, pi, sin

from alerts.growth import DEFAULT, STEP, WEEK, Counts, Rule, growth, over_time

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEVELS = (0.1, 0.5, 2.0, 5.0, 20.0)
"""Origins an hour, as a week has them on average."""
TERMS = 100
KNOWN = DEFAULT.weeks + 1
BURSTS = (4.0, 6.0, 10.0)
"""Times the level of its hour."""


def drawn(chance: random.Random, mean: float) -> int:
    """A number of Poisson's distribution."""
    number, left, bound = 0, chance.random(), exp(-mean)
    while left > bound:
        left *= chance.random()
        number += 1
    return number


def level(hourly: float, moment: datetime) -> float:
    """Origins an hour at that moment."""
    weekend = 0.5 if moment.weekday() >= 5 else 1.2
    return hourly * weekend * (1 + 0.8 * sin(2 * pi * (moment.hour + moment.minute / 60 - 8) / 24))


def wire(
    chance: random.Random, hourly: float, begin: datetime, end: datetime, times: float = 1.0
) -> Iterator[datetime]:
    """The moments of what comes by chance."""
    while begin < end:
        for _ in range(drawn(chance, times * level(hourly, begin) * (STEP / timedelta(hours=1)))):
            yield begin + STEP * chance.random()
        begin += STEP


def false_alerts(weeks: int) -> None:
    """Print how many alerts a week a hundred terms make of nothing."""
    for floor in sorted({DEFAULT.floor, 8}):
        rule, found = Rule(floor=floor), 0
        for number in range(TERMS):
            begin = NOON - (KNOWN + weeks) * WEEK
            seen = wire(random.Random(number), LEVELS[number % len(LEVELS)], begin, NOON)
            found += len(over_time(Counts(seen), NOON - weeks * WEEK, NOON, begin, rule))
        print(f"floor {floor}: {found} false alerts in {weeks} weeks of {TERMS} terms: {found / weeks:.2f} a week")


def minutes_to_tell(chance: random.Random, hourly: float, times: float) -> tuple[float, float] | None:
    """Minutes from the beginning of a burst until three times the usual is crossed, and until it is seen; None: never
    crossed within an hour."""
    begin = NOON - KNOWN * WEEK
    usual = list(wire(chance, hourly, begin, NOON))
    burst = sorted(wire(chance, hourly, NOON, NOON + timedelta(hours=1), times))
    crossing = max(3 * level(hourly, NOON), DEFAULT.floor)
    if len(burst) < crossing:
        return None
    crossed = burst[int(crossing) - 1]
    for step in range(1, 13):
        now = NOON + step * STEP
        if growth(Counts([*usual, *(one for one in burst if one < now)]), now, begin):
            return (crossed - NOON) / timedelta(minutes=1), (now - crossed) / timedelta(minutes=1)
    return None


def main() -> None:
    """Print both."""
    false_alerts(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
    for hourly in LEVELS[2:]:
        for times in BURSTS:
            tried = [minutes_to_tell(random.Random(number), hourly, times) for number in range(40)]
            after = sorted(one[1] for one in tried if one)
            soon = sum(one <= 15 for one in after)
            middle = f"half within {max(0.0, after[len(after) // 2]):.0f} minutes of crossing, " if after else ""
            print(f"{hourly:g} an hour, then {times:g} times: {len(after)} of 40 told, {middle}{soon} within 15")


if __name__ == "__main__":
    main()
