"""When a feed is asked next: bounds that always hold, and habits that are met."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.politeness.cache_headers import fresh_for, http_date, retry_after
from producers.politeness.conditional_get import conditional, lied
from producers.politeness.schedule import Rhythm, Sight, after_failure, learn, next_poll
from schemas.feed import FeedState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RHYTHM = Rhythm()
STEADY = Rhythm(jitter=0.0)
FAR = 1e12

rates = st.floats(min_value=0, max_value=1e6)
hints = st.floats(min_value=0, max_value=FAR)


def known(**fields: object) -> FeedState:
    return FeedState(url="http://h.example/feed", **fields)  # type: ignore[arg-type]  # as pydantic checks them


def wait_s(state: FeedState, hint_s: float = 0.0, rhythm: Rhythm = STEADY) -> float:
    return (next_poll(state, hint_s, NOW, random.Random(1), rhythm) - NOW).total_seconds()


@given(rates, rates, st.integers(0, 5000), hints, st.integers())
def test_every_wait_is_within_two_minutes_and_a_day(
    rate: float, peak: float, window: int, hint_s: float, seed: int
) -> None:
    state = known(rate=rate, peak=peak, window=window)
    wait = next_poll(state, hint_s, NOW, random.Random(seed)) - NOW
    assert timedelta(minutes=2) <= wait <= timedelta(hours=24)


@given(rates, rates, st.integers(0, 5000), hints)
def test_no_one_is_asked_before_the_time_it_named(rate: float, peak: float, window: int, hint_s: float) -> None:
    """But where so much came of late that what comes meanwhile may push something out of the document."""
    state = known(rate=rate, peak=peak, window=window)
    harmless_s = window / 8 / peak * 3600 if peak else FAR
    assert wait_s(state, hint_s, RHYTHM) >= min(hint_s, harmless_s, RHYTHM.longest_s)


@given(st.integers(1, 10_000), st.sampled_from([None, 403, 404, 429, 500, 503]), st.none() | hints)
def test_no_failure_is_forgotten_for_longer_than_a_day(
    failures: int, status: int | None, retry_s: float | None
) -> None:
    wait = after_failure(failures, status, retry_s, NOW, random.Random(1)) - NOW
    assert timedelta(minutes=5) <= wait <= timedelta(hours=24)
    assert wait.total_seconds() >= min(retry_s or 0.0, RHYTHM.longest_s)


def test_failures_double_the_wait() -> None:
    waits = [(after_failure(n, 500, None, NOW, random.Random(1), STEADY) - NOW).total_seconds() for n in range(1, 5)]
    assert waits == [300, 600, 1200, 2400]
    refused = after_failure(1, 404, None, NOW, random.Random(1), STEADY) - NOW
    assert refused == timedelta(hours=1)


def test_a_server_that_names_a_time_is_met_then_but_not_for_ever() -> None:
    waits = [
        (after_failure(n, 503, 600.0, NOW, random.Random(1), STEADY) - NOW).total_seconds() for n in (1, 5, 12, 13)
    ]
    assert waits == [600, 600, 600, 86_400]


def test_the_faster_a_feed_the_sooner_it_is_asked() -> None:
    waits = [wait_s(known(rate=rate, peak=rate, window=20)) for rate in (0.001, 0.1, 1, 10, 100)]
    assert waits == sorted(waits, reverse=True)
    assert wait_s(known(rate=1.0, peak=1.0, window=20)) == 900


def test_half_the_window_at_its_fastest_is_never_outwaited() -> None:
    assert wait_s(known(rate=0.5, peak=20.0, window=10)) == 10 / 2 / 20 * 3600


def test_feeds_added_together_drift_apart() -> None:
    state = known(rate=1.0, window=20)
    waits = {next_poll(state, 0.0, NOW, random.Random(seed)) for seed in range(50)}
    assert len(waits) > 40
    assert min(waits) >= NOW + timedelta(seconds=900)


def test_a_hub_that_pushes_makes_polling_rare_but_for_overlap() -> None:
    state = known(rate=4.0, peak=4.0, window=40)
    pushed = state.model_copy(update={"lease_until": NOW + timedelta(days=3)})
    assert wait_s(pushed) == 5 * 3600
    assert wait_s(pushed.model_copy(update={"lease_until": NOW - timedelta(days=3)})) == wait_s(state) < 3600


def test_a_first_document_tells_the_habit_by_its_dates() -> None:
    dates = [NOW - timedelta(hours=hours) for hours in range(10)]
    assert learn(known(), Sight(new=10, window=10, published=dates), NOW).rate == 1.0
    same = [NOW] * 10
    assert 0 < learn(known(), Sight(new=10, window=10, published=same), NOW).rate < 10


def test_a_steady_feed_is_learnt() -> None:
    state, now = known(succeeded_at=NOW, window=20), NOW
    for _ in range(200):
        now += timedelta(hours=1)
        state = learn(state, Sight(new=2, window=20), now).model_copy(update={"succeeded_at": now})
    assert state.rate == pytest.approx(2.0, rel=0.05)


def test_silence_slows_down_and_news_wake_up() -> None:
    state = known(succeeded_at=NOW, window=20, rate=2.0, peak=2.0)
    asleep = learn(state, Sight(), NOW + timedelta(days=20))
    assert wait_s(asleep) == 24 * 3600
    awake = learn(asleep.model_copy(update={"succeeded_at": NOW}), Sight(new=10, window=20), NOW + timedelta(hours=1))
    assert wait_s(awake) <= 3600


def test_a_gap_is_counted_and_hastens_the_next_polls() -> None:
    state = known(succeeded_at=NOW, window=10, rate=0.1, peak=0.1)
    dates = [NOW + timedelta(minutes=3 * number) for number in range(10)]
    after = learn(state, Sight(new=10, window=10, overlap=False, published=dates), NOW + timedelta(hours=1))
    assert after.gaps == 1
    assert wait_s(after) <= wait_s(state) / 2


def test_a_batch_as_long_as_the_document_is_no_reason_for_haste() -> None:
    state = known(succeeded_at=NOW, window=10, rate=10.0, peak=10.0)
    batch = Sight(new=10, window=10, overlap=False, published=[NOW] * 10)
    after = learn(state, batch, NOW + timedelta(hours=1))
    assert (after.gaps, wait_s(after)) == (1, wait_s(state))


@pytest.mark.parametrize("hint_s", [900.0, 3600.0, 86_400.0])
def test_a_burst_within_the_time_that_a_publisher_names_loses_nothing(hint_s: float) -> None:
    """News comes five times as fast as ever of late, from one poll to the next."""
    state = known(rate=6.0, peak=9.0, window=10)
    assert wait_s(state, hint_s) / 3600 * 5 * 9.0 < 10


def test_a_quiet_publisher_is_left_alone_for_as_long_as_it_asks() -> None:
    state = known(rate=0.04, peak=0.04, window=20)
    assert wait_s(state, 86_400.0) == 86_400
    assert wait_s(state, 40_000.0) >= 40_000


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "MAX-AGE=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "s-maxage=600"}, 0),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": 'max-age="60"', "expires": "Mon, 23 Nov 2026 13:00:00 GMT"}, 60),
        ({"expires": "Mon, 23 Nov 2026 13:00:00 GMT"}, 3600),
        ({"expires": "Mon, 23 Nov 2026 13:00:00 GMT", "date": "Mon, 23 Nov 2026 12:50:00 GMT"}, 600),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"cache-control": "max-age=nonsense"}, 0),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], seconds: float) -> None:
    assert fresh_for(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Mon, 23 Nov 2026 12:05:00 GMT", 300),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("9" * 400, float("9" * 12)),
    ],
)
def test_retry_after_in_both_its_forms(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds
    assert retry_after({}, NOW) is None


@given(st.text(max_size=60))
def test_no_header_breaks_us(value: str) -> None:
    headers = dict.fromkeys(("cache-control", "expires", "date", "age", "retry-after"), value)
    assert fresh_for(headers, NOW) >= 0
    assert (retry_after(headers, NOW) or 0) >= 0
    http_date(value)


def test_a_feed_that_should_have_had_news_is_asked_without_conditions() -> None:
    state = known(full_at=NOW, rate=1.0, window=20, etag='"a"')
    assert conditional(state, NOW + timedelta(hours=4))
    assert not conditional(state, NOW + timedelta(hours=5))
    assert not conditional(known(), NOW)
    sleepy = known(full_at=NOW, rate=0.0, window=20, etag='"a"')
    assert conditional(sleepy, NOW + timedelta(days=2))
    assert not conditional(sleepy, NOW + timedelta(days=3))


def test_a_liar_is_asked_without_conditions_for_a_month() -> None:
    state = known(full_at=NOW, etag='"a"', etag_lied=NOW - timedelta(days=29))
    assert not conditional(state, NOW)
    assert conditional(state, NOW + timedelta(days=1))


def test_news_under_the_same_mark_are_a_lie() -> None:
    held = known(full_at=NOW - timedelta(hours=1), etag='"a"', last_modified="x")
    assert lied(held, '"a"', "y", 3, NOW)
    assert not lied(held, '"b"', "x", 3, NOW)
    assert not lied(held, '"a"', "x", 0, NOW)
    assert not lied(known(), '"a"', "x", 3, NOW)
    dated = known(full_at=NOW - timedelta(hours=1), last_modified="x")
    assert lied(dated, None, "x", 3, NOW)
    assert not lied(dated, None, None, 3, NOW)
    assert not lied(dated.model_copy(update={"full_at": NOW}), None, "x", 3, NOW)
