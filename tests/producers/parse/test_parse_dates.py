"""Dates as feeds write them, in many forms and languages; what is no date is none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.parse.dates import moment

QUARTER_PAST_TEN = datetime(2021, 2, 25, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Thu, 25 Feb 2021 10:15:00 GMT",
        "Thu, 25 Feb 2021 11:15:00 +0100",
        "25 Feb 21 10:15 UT",
        "Thu, 25 Feb 2021 05:15:00 EST",
        "Thu, 25 Feb 2021 11:15:00 CET",
        "2021-02-25T10:15:00Z",
        "2021-02-25T11:15:00+01:00",
        "2021-02-25T10:15:00.000000000Z",
        "2021-02-25 10:15:00",
        "2021-02-25 10:15:00 UTC",
        "2021-02-25 11:15:00 +0100",
        "1614248100",
        "1614248100000",
        "25/02/2021 10:15",
        "25.02.2021 10:15",
        "02/25/2021 10:15",
        "Feb 25, 2021 10:15 AM",
        "February 25, 2021, at 10:15 a.m.",
        "Thursday, February 25, 2021 - 10:15",
        "Do, 25 Feb 2021 11:15:00 +0100",
        "Donnerstag, 25. Februar 2021, 10:15 Uhr",
        "jeu, 25 févr. 2021 11:15:00 +0100",
        "gio, 25 feb 2021 11:15:00 +0100",
        "jueves, 25 de febrero de 2021 10:15",
        "qui, 25 fev 2021 10:15:00 GMT",
        "чт, 25 фев 2021 13:15:00 +0300",
        "25 лютого 2021 10:15",
        "czw, 25 lut 2021 11:15:00 +0100",
        "25 Şubat 2021 10:15",
        "25 helmikuuta 2021 10:15",
        "  Thu,  25 Feb 2021\n10:15:00  GMT ",
    ],
)
def test_forms_that_mean_one_moment(written: str) -> None:
    assert moment(written) == QUARTER_PAST_TEN


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "yesterday",
        "0",
        "42",
        "Thu",
        "10:15",
        "2021-13-45",
        "9" * 14,
        "99999999999999999999",
        "n/a",
        "+0100",
        "12 May",
        "3 pm",
    ],
)
def test_what_is_no_date_is_none(written: str | None) -> None:
    assert moment(written) is None


def test_an_ambiguous_date_is_read_by_the_custom_that_is_asked_for() -> None:
    assert moment("03/02/2021") == datetime(2021, 2, 3, tzinfo=UTC)
    assert moment("03/02/2021", month_first=True) == datetime(2021, 3, 2, tzinfo=UTC)
    assert moment("25/02/2021", month_first=True) == datetime(2021, 2, 25, tzinfo=UTC)


def test_a_date_without_a_time_is_midnight() -> None:
    assert moment("2021-02-25") == datetime(2021, 2, 25, tzinfo=UTC)


def test_a_year_or_a_month_alone_is_its_first_day() -> None:
    assert moment("2021") == datetime(2021, 1, 1, tzinfo=UTC)
    assert moment("2021-02") == datetime(2021, 2, 1, tzinfo=UTC)


def test_an_impossible_zone_is_no_error() -> None:
    read = moment("Thu, 25 Feb 2021 10:15:00 +9900")
    assert read is None or read.year == 2021


@pytest.mark.parametrize("written", ["1" * 100_000, "Mon, 01" + " " * 100_000 + "x", "2003-" + "0" * 50_000])
def test_a_field_that_is_too_long_for_a_date_is_none(written: str) -> None:
    assert moment(written) is None


@given(st.text(max_size=90))
def test_any_text_is_a_moment_in_utc_or_none(written: str) -> None:
    found = moment(written)
    assert found is None or found.tzinfo is UTC


@given(
    st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))
)
def test_what_is_written_as_standards_say_is_read_back(when: datetime) -> None:
    assert moment(when.isoformat()) == when
    assert moment(when.strftime("%a, %d %b %Y %H:%M:%S +0000")) == when.replace(microsecond=0)
