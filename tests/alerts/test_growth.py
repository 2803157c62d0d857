"""Three times as usual: against the same hours of the week, with a floor and a cold start; seldom wrong, and soon."""

import random
from datetime import datetime, timedelta
from math import exp, pi, sin

import pytest
from wire_articles import NOON

from alerts.growth import DEFAULT, WEEK, Counts, Growth, Rule, over_time, usual
from alerts.growth import growth as judged

QUARTER = timedelta(minutes=15)
LONG_AGO = NOON - 10 * WEEK


def growth(seen: list[datetime], now: datetime, since: datetime, rule: Rule = DEFAULT) -> Growth | None:
    return judged(Counts(seen), now, since, rule)


def weekly(count: int, weeks: int = 10, at: datetime = NOON) -> list[datetime]:
    """So many origins an hour from two hours before `at` to one after it, in each of the weeks before."""
    pause = timedelta(hours=1) / count
    begins = [at - week * WEEK - timedelta(hours=2) for week in range(1, weeks)]
    return sorted(begin + n * pause for begin in begins for n in range(3 * count))


def now(count: int) -> list[datetime]:
    return [NOON - timedelta(minutes=60 * (count - n) / (count + 1)) for n in range(count)]


def test_three_times_as_usual_is_growth_and_says_by_what() -> None:
    found = growth(weekly(10) + now(40), NOON, LONG_AGO)
    assert found is not None
    assert found.origins == 40
    assert found.usual.median == 10
    assert growth(weekly(10) + now(29), NOON, LONG_AGO) is None


def test_what_is_usual_at_this_hour_is_none() -> None:
    monday = weekly(40)
    assert growth(monday + now(40), NOON, LONG_AGO) is None
    later = NOON + timedelta(hours=6)
    shifted = sorted([*monday, *(later - timedelta(minutes=n + 1) for n in range(40))])
    assert growth(shifted, later, LONG_AGO) is not None


def test_one_wild_week_does_not_raise_the_level() -> None:
    wild = [NOON - WEEK - timedelta(seconds=n) for n in range(1, 500)]
    assert growth(sorted(weekly(4) + wild) + now(20), NOON, LONG_AGO) is not None


def test_below_the_floor_nothing_grows() -> None:
    assert growth(now(DEFAULT.floor - 1), NOON, LONG_AGO) is None
    assert growth(now(DEFAULT.floor), NOON, LONG_AGO) is not None


@pytest.mark.parametrize(("known", "judged"), [(1.0, False), (2.0, False), (2.1, True)])
def test_a_cold_start_judges_nothing(known: float, judged: bool) -> None:
    since = NOON - known * WEEK
    assert (usual(Counts(), NOON, since) is not None) is judged
    assert (growth(now(50), NOON, since) is not None) is judged


def term(chance: random.Random, hourly: float, weeks: int) -> list[datetime]:
    """News by chance, of a level that has a day and a night."""
    seen = []
    moment, end = NOON - weeks * WEEK, NOON
    while moment < end:
        level = hourly * (1 + 0.8 * sin(2 * pi * moment.hour / 24)) / 4
        seen += [moment + QUARTER * chance.random() for _ in range(drawn(chance, level))]
        moment += QUARTER
    return sorted(seen)


def drawn(chance: random.Random, mean: float) -> int:
    """A number of Poisson's distribution."""
    number, left = 0, chance.random()
    bound = exp(-mean)
    while left > bound:
        left *= chance.random()
        number += 1
    return number


def test_chance_alone_makes_at_most_one_false_alert_a_week_in_a_hundred_terms() -> None:
    chance = random.Random(1)
    false = 0
    for number in range(100):
        seen = term(chance, hourly=(0.1, 0.5, 2, 5, 20)[number % 5], weeks=9)
        false += len(over_time(Counts(seen), NOON - WEEK, NOON, NOON - 9 * WEEK))
    assert false <= 1


@pytest.mark.parametrize("hourly", [0.5, 2, 5, 20])
def test_it_is_seen_within_a_quarter_of_an_hour_of_crossing(hourly: float) -> None:
    chance = random.Random(2)
    seen = term(chance, hourly, weeks=9)
    burst = sorted(NOON + QUARTER * chance.random() for _ in range(int(max(4 * hourly, 30) * 2)))
    assert growth(seen + burst, NOON, NOON - 9 * WEEK) is None
    assert growth(seen + burst, NOON + QUARTER, NOON - 9 * WEEK) is not None


def test_the_rule_is_the_reader_s() -> None:
    loose = Rule(factor=1.5, deviations=1.0, floor=2)
    assert growth(weekly(10) + now(20), NOON, LONG_AGO, loose) is not None
    assert growth(weekly(10) + now(20), NOON, LONG_AGO) is None


def test_what_is_spoken_of_for_long_is_told_once_a_day() -> None:
    burst = [NOON + timedelta(minutes=number) for number in range(30 * 60)]
    found = over_time(Counts(burst), NOON, NOON + timedelta(hours=30), LONG_AGO)
    assert [one.at - NOON for one in found] == [timedelta(minutes=10), timedelta(hours=24, minutes=10)]


def test_what_is_too_long_ago_to_matter_is_let_go() -> None:
    counts = Counts([NOON - WEEK, NOON])
    counts.let_go(NOON - timedelta(hours=1))
    assert counts.within(NOON - WEEK + timedelta(minutes=5), WEEK) == 0
    assert counts.within(NOON + timedelta(minutes=5), WEEK) == 1
