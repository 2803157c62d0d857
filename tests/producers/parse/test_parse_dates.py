"""Dates as feeds write them, in many forms and languages; what is no date is none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.parse.dates import moment, writes_month_first
from producers.parse.zones import unknown_zone

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
        "TRT 25 ŞUBAT 2021 13:15",
        "2021년 2월 25일 목요일 오전 10시 15분",
        "พฤ. 25 ก.พ. 64 10.15 น.",
        "پنج‌شنبه، ۷ اسفند ۱۳۹۹، ساعت ۱۰:۱۵",
        "۱۳۹۹ اسفند ۷ ۱۰:۱۵",
        "יום חמישי, 25 בפברואר 2021, 10:15",
        "25 شباط/فبراير 2021 10:15",
        "बृहस्पति, 25 फ़रवरी 2021 15:45:00 +0530",
        "২৫ ফেব্রুয়ারি ২০২১, সকাল ১০:১৫",
        "25 ΦΕΒΡΟΥΑΡΙΟΥ 2021 10:15",
        "R3.2.25 10:15",
        "二〇二一年二月二十五日 10:15",
        "Donnerstag, 25. Februar 2021, 10.15 Uhr",
        "25. veljače 2021. u 10:15",
        "2021 m. vasario 25 d. 10:15",
        "25 பிப்ரவரி 2021 10:15",
        "25 თებერვალი 2021 10:15",
        "25 фев 2021 13:15 МСК",
        "Posted: 25 Feb 2021 | 10:15",
        "2021–02–25 10:15",
        "  Thu,  25 Feb 2021\n10:15:00  GMT ",
        "2021/2/25 10:15",
        "2021.02.25 10:15:00",
        "2021. 2. 25. 오전 10:15",
        "2021年2月25日(木) 10時15分",
        "2021年2月25日 上午10:15",
        "2021년 2월 25일 10시 15분",
        "令和3年2月25日 10:15",
        "民國110年2月25日 10:15",
        "Thu, 25 Feb 2021 15:15:00 PKT",
        "25 Feb 2021 12:15:00 SAST",
        "Thu Feb 25 13:15:00 EAT 2021",
        "25 Feb 2021 17:15 WIB",
        "February 25, 2021 5:15 AM ET",
        "Feb 25, 2021 2:15 AM Pacific Time",
        "25 February 2021 11:15 Europe/Berlin",
        "Thu Feb 25 2021 15:15:00 GMT+0500 (Pakistan Standard Time)",
        "พฤ., 25 ก.พ. 2564 10:15",
        "25 กุมภาพันธ์ 2564 10:15",
        "Thu, 25 Feb 2564 17:15:00 +0700",
        "1399/12/07 10:15",
        "2564-02-25T17:15:00+07:00",
        "1399-12-07T13:45:00+03:30",
        "۷ اسفند ۱۳۹۹ ۱۰:۱۵",
        "25 فبراير 2021 10:15 ص",
        "٢٥ شباط ٢٠٢١ ١٠:١٥",
        "25 février 2021 à 10h15",
        "25 februari 2021 10u15",
        "25. februar 2021 kl. 10.15",
        "25.2.2021 klo 10.15",
        "25 tháng 2 2021 10:15",
        "25/02/2021 10:15 a. m.",
        "Thu, 25 Feb 2021 12:15:00 GMT+0200",
        "Thu, 25 Feb 2021 05:15:00 UTC-0500",
        "2021-056T10:15:00Z",
        "25 февруари 2021 10:15",
        "25. februára 2021 10:15",
        "25. vasario 2021 10:15",
        "25 veljače 2021 10:15",
        "25 בפברואר 2021 10:15",
    ],
)
def test_forms_that_mean_one_moment(written: str) -> None:
    assert moment(written) == QUARTER_PAST_TEN


@pytest.mark.parametrize(
    "written",
    [
        "2021/2/25 下午 10:15",
        "2021年2月25日 午後10時15分",
        "2021/02/25 午後10時15分",
        "2021. 2. 25. 오후 10:15",
        "25/02/2021 10:15 μ.μ.",
        "25 فبراير 2021 10:15 م",
        "25/02/2021 10:15 PM",
        "Feb 25, 2021 10:15 p.m.",
    ],
)
def test_words_for_the_afternoon(written: str) -> None:
    assert moment(written) == QUARTER_PAST_TEN.replace(hour=22)


def test_a_month_of_two_languages_is_the_one_of_its_own() -> None:
    assert moment("25 listopada 2021", language="hr") == datetime(2021, 10, 25, tzinfo=UTC)
    assert moment("25 listopada 2021", language="pl") == datetime(2021, 11, 25, tzinfo=UTC)


def test_minutes_of_one_digit() -> None:
    assert moment("2021年2月25日 午後2時5分") == datetime(2021, 2, 25, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "is_unknown"),
    [
        ("Thu, 25 Feb 2021 10:15:00 QQT", True),
        ("Thu, 25 Feb 2021 10:15 ZQX", True),
        ("Thu Feb 25 10:15:00 XYT 2021", True),
        ("Thu, 25 Feb 2021 10:15:00 PKT", False),
        ("Thu, 25 Feb 2021 10:15:00 XYT +0500", False),
        ("Thu, 25 Feb 2021 10:15 PM", False),
        ("Thu, 25 Feb 2021 10:15", False),
        ("2021-02-25T10:15:00Z", False),
    ],
)
def test_a_zone_that_is_not_known_makes_the_time_unsure(written: str, is_unknown: bool) -> None:
    assert unknown_zone(written) is is_unknown
    assert moment(written) is not None


@pytest.mark.parametrize(
    ("zone", "language", "hours"),
    [("CST", "zh-cn", 8), ("CST", "en-us", -6), ("IST", "he", 2), ("IST", "en-in", 5.5), ("AST", "ar", 3)],
)
def test_a_zone_with_several_meanings_is_decided_by_the_language(zone: str, language: str, hours: float) -> None:
    read = moment(f"Thu, 25 Feb 2021 10:15:00 {zone}", language=language)
    assert read == QUARTER_PAST_TEN - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("texts", "language", "month_first"),
    [
        (["10-04-2020 19:00 +0400"], None, False),
        (["10/04/2020 19:00 +0530"], "en", False),
        (["10/04/2020 19:00 CET"], None, False),
        (["10/04/2020 19:00 -0500"], None, True),
        (["10/04/2020", "04/25/2020"], "en-gb", True),
        (["10/04/2020", "25/04/2020"], "en-us", False),
        (["10/04/2020"], "en", True),
        (["10/04/2020"], "fr", False),
        (["Thu, 25 Feb 2021 10:15:00 +0100"], None, True),
    ],
)
def test_what_says_whether_a_feed_writes_the_month_first(
    texts: list[str], language: str | None, month_first: bool
) -> None:
    assert writes_month_first(texts, language) is month_first


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


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("mar., 2 févr. 2021 10:15", "fr", datetime(2021, 2, 2, 10, 15, tzinfo=UTC)),
        ("25 listopada 2021 10:15", "hr", datetime(2021, 10, 25, 10, 15, tzinfo=UTC)),
        ("25 listopada 2021 10:15", "pl", datetime(2021, 11, 25, 10, 15, tzinfo=UTC)),
        ("Wed, 24 Feb 2021 24:00:00 GMT", "en", datetime(2021, 2, 25, tzinfo=UTC)),
        ("2021年2月25日 午後2時5分", "ja", datetime(2021, 2, 25, 14, 5, tzinfo=UTC)),
        ("25 KASIM 2021 10:15", "tr", datetime(2021, 11, 25, 10, 15, tzinfo=UTC)),
    ],
)
def test_a_name_of_two_months_or_a_month_and_a_week_day_is_read_as_its_language_has_it(
    written: str, language: str, day: datetime
) -> None:
    assert moment(written, language=language) == day
