"""When an alert may be told: never in quiet hours, never within a cooldown, digests on the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alerts.schedule import Due, after_quiet, due, next_digest, next_time, within_cap
from schemas.alert import DigestTime, QuietHours, Subscription

NIGHT = QuietHours(start="22:00", end="07:00", zone="Europe/Kyiv")  # 19:00 to 04:00 UTC in summer time
moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def subscription(**fields: object) -> Subscription:
    return Subscription.model_validate({"id": "s", "name": "S", "query": "x", **fields})


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2025-07-01T18:59", "2025-07-01T18:59"),
        ("2025-07-01T19:00", "2025-07-02T04:00"),
        ("2025-07-01T23:30", "2025-07-02T04:00"),
        ("2025-07-02T03:59", "2025-07-02T04:00"),
        ("2025-07-02T04:00", "2025-07-02T04:00"),
        ("2025-01-01T20:00", "2025-01-02T05:00"),
        ("2025-03-29T23:00", "2025-03-30T04:00"),  # the clocks go forward in this night
    ],
)
def test_quiet_nights_end_in_the_morning(moment: str, told: str) -> None:
    assert after_quiet(NIGHT, at(moment)) == at(told)


def test_quiet_at_noon() -> None:
    noon = QuietHours(start="12:00", end="13:00")
    assert after_quiet(noon, at("2025-07-01T12:30")) == at("2025-07-01T13:00")
    assert after_quiet(noon, at("2025-07-01T13:00")) == at("2025-07-01T13:00")


@given(moments)
def test_nothing_is_due_within_quiet_hours(moment: datetime) -> None:
    told = after_quiet(NIGHT, moment)
    assert moment <= told <= moment + timedelta(hours=10)
    assert after_quiet(NIGHT, told) == told


@given(moments, st.integers(1, 3000))
def test_a_digest_is_due_within_its_time_and_on_the_clock(moment: datetime, minutes: int) -> None:
    told = next_digest(moment, minutes)
    assert moment < told <= moment + timedelta(minutes=minutes)
    assert next_digest(told - timedelta(microseconds=1), minutes) == told


def test_a_daily_digest_goes_out_at_midnight() -> None:
    assert next_digest(at("2025-07-01T09:00"), 1440) == at("2025-07-02T00:00")


def test_at_once_or_after_the_cooldown() -> None:
    now = at("2025-07-01T12:00")
    assert due(subscription(), now, None) == Due(now)
    assert due(subscription(), now, now) == Due(now)
    hourly = subscription(cooldown_minutes=60)
    assert due(hourly, now, None) == Due(now)
    assert due(hourly, now, at("2025-07-01T11:30")) == Due(at("2025-07-01T12:30"), "cooldown")
    assert due(hourly, now, at("2025-07-01T10:30")) == Due(now)


def test_a_cooldown_that_ends_in_quiet_hours_waits_for_their_end() -> None:
    sleeper = subscription(cooldown_minutes=60, quiet=NIGHT)
    assert due(sleeper, at("2025-07-01T18:30"), at("2025-07-01T18:15")) == Due(at("2025-07-02T04:00"), "quiet")


# Berlin's clock goes from 02:00 to 03:00 on 2025-03-30 (01:00 UTC), and from 03:00 to 02:00 on 2025-10-26 (01:00 UTC).
@pytest.mark.parametrize(
    ("digest", "moment", "told"),
    [
        ({"at": "08:00"}, "2025-03-29T08:00", "2025-03-30T06:00"),
        ({"at": "08:00"}, "2025-03-30T06:00", "2025-03-31T06:00"),
        ({"at": "08:00"}, "2025-10-25T06:00", "2025-10-26T07:00"),
        ({"at": "02:30"}, "2025-03-29T12:00", "2025-03-30T01:30"),  # jumped over: as long after the jump
        ({"at": "02:30"}, "2025-03-30T01:30", "2025-03-31T00:30"),
        ({"at": "02:30"}, "2025-10-25T12:00", "2025-10-26T00:30"),  # the first of two
        ({"at": "02:30"}, "2025-10-26T00:30", "2025-10-27T01:30"),  # and never the second
        ({"at": "08:00", "day": "mon"}, "2025-03-29T12:00", "2025-03-31T06:00"),
        ({"at": "08:00", "day": "mon"}, "2025-03-31T06:00", "2025-04-07T06:00"),
        ({"at": "08:00", "day": "sun"}, "2025-10-25T12:00", "2025-10-26T07:00"),
    ],
)
def test_a_digest_at_a_time_of_day_and_where_the_clock_is_changed(
    digest: dict[str, str], moment: str, told: str
) -> None:
    assert next_time(at(moment), DigestTime(zone="Europe/Berlin", **digest)) == at(told)  # type: ignore[arg-type]


def test_quiet_hours_that_end_where_the_clock_is_changed() -> None:
    quiet = QuietHours(start="22:00", end="02:30", zone="Europe/Berlin")
    assert after_quiet(quiet, at("2025-03-29T23:00")) == at("2025-03-30T01:30")
    assert after_quiet(quiet, at("2025-10-25T23:00")) == at("2025-10-26T01:30")  # 02:30 for the second time
    assert after_quiet(quiet, at("2025-10-26T01:10")) == at("2025-10-26T01:30")


CHANGES = st.sampled_from(["2025-03-30T01:00", "2025-10-26T01:00", "2025-04-05T15:00", "2025-10-04T15:30"]).map(at)
CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
ZONES = st.sampled_from(["Europe/Berlin", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"])


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@given(CHANGES, st.integers(-24 * 60, 24 * 60), CLOCKS, CLOCKS, ZONES)
def test_about_a_change_of_the_clock_nothing_comes_too_early_or_never(
    change: datetime, minutes: int, start: str, end: str, zone: str
) -> None:
    # An hour or less that is not quiet may be the one that is jumped over: it is told then, and is quiet again at once.
    free = (_minutes(start) - _minutes(end)) % (24 * 60)
    assume(free == 0 or free > 60)
    moment = change + timedelta(minutes=minutes)
    quiet = QuietHours(start=start, end=end, zone=zone)
    told = after_quiet(quiet, moment)
    assert moment <= told <= moment + timedelta(hours=26)
    assert after_quiet(quiet, told) == told
    daily = DigestTime(at=end, zone=zone)
    assert moment < next_time(moment, daily) <= moment + timedelta(hours=26)


def test_over_the_cap_it_waits_until_an_hour_has_passed() -> None:
    capped = subscription(most_an_hour=2)
    now = at("2025-07-01T12:00")
    told = [at("2025-07-01T11:10"), at("2025-07-01T11:40")]
    assert within_cap(capped, Due(now), told[-1:]) == Due(now)
    assert within_cap(capped, Due(now), told) == Due(at("2025-07-01T12:10"), "cap")
    assert within_cap(subscription(), Due(now), told) == Due(now)
