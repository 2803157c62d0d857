"""How matches lie in time: in bars as wide as the time between the first and the last asks for, none is missing."""

from datetime import UTC, datetime, timedelta

import pytest
from wire_articles import NOON, wire_article

from stores.archive.finding import MOST_BARS, histogram
from stores.query import parse
from stores.store import Store


def lie(store: Store, *published: datetime | None) -> dict[str, int]:
    """The bars of articles of these dates: the beginning of each, and its number."""
    store.write([wire_article(str(number), published=at) for number, at in enumerate(published)])
    found = histogram(store, parse("*", NOON))
    return {f"{bar.start:%Y-%m-%d %H}": bar.count for bar in found.histogram}


def test_a_day_is_told_in_hours(store: Store) -> None:
    assert lie(store, NOON, NOON + timedelta(minutes=59), NOON + timedelta(hours=2)) == {
        "2026-03-02 12": 2,
        "2026-03-02 13": 0,
        "2026-03-02 14": 1,
    }


def test_weeks_are_told_in_days(store: Store) -> None:
    bars = lie(store, NOON, NOON + timedelta(days=20))
    assert len(bars) == 21
    assert (bars["2026-03-02 00"], bars["2026-03-22 00"], sum(bars.values())) == (1, 1, 2)


def test_years_are_told_in_months(store: Store) -> None:
    dates = (datetime(2025, 11, 30, tzinfo=UTC), datetime(2025, 11, 2, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC))
    assert lie(store, *dates) == {"2025-11-01 00": 2, "2025-12-01 00": 0, "2026-01-01 00": 0, "2026-02-01 00": 1}


def test_a_wrong_date_makes_no_thousand_empty_months(store: Store) -> None:
    old = NOON - timedelta(days=31 * (MOST_BARS + 1))
    assert lie(store, old, NOON) == {f"{old:%Y-%m}-01 00": 1, "2026-03-01 00": 1}


@pytest.mark.parametrize("dates", [(), (None, None)])
def test_what_has_no_date_has_no_bar(store: Store, dates: tuple[None, ...]) -> None:
    assert lie(store, *dates) == {}
    found = histogram(store, parse("*", NOON))
    assert (found.undated, found.total) == (len(dates), len(dates))
