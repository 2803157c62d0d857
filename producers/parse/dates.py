"""Dates as feeds write them -> moments in UTC, or None: never a guess that looks like a date.

Knows nothing of now: what is absurd for an article is judged where the article is made.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from dateutil import parser as dateutil

from producers.parse.date_words import MONTHS, WORD, folded, in_english
from producers.parse.zones import east_of_america, is_zone, named_zone, offset_of

# Longer than any date; also what keeps patterns from running long.
_LONGEST = 80
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)? ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?")
_ZONE = re.compile(r"(?:GMT|UTC?|Z)(?=[+-]\d)")
_FRACTION = re.compile(r"(?<=[.,]\d{6})\d+")
# The year and the day of it (ISO 8601): 2021-061.
_ORDINAL = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<day>[0-3]\d\d)(?![\d-])")
# A text that reads differently over two defaults does not say year, month and day (ISO 8601 may leave out the last).
_DEFAULTS = (datetime(1, 1, 1), datetime(4, 2, 2))
_MONTH = re.compile(r"[12]\d{3}(?:-\d\d)?")
_YEAR_FIRST = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d")
# Years that no other calendar counts now.
_CHRISTIAN = re.compile(r"\b(?:19|20)\d\d(?!\d)|\b\d\d\s+\d\d:")
# A week day that is the name of a month elsewhere ("mar." in French), and a month said twice: the last one counts.
_NAMES = "|".join(sorted(set(MONTHS.values())))
_WEEKDAY = re.compile(rf"\b(?:{_NAMES})\b(?=.*\b(?:{_NAMES})\b)")
# Months that other languages call by the name of another one.
_ELSEWHERE = {("hr", "listopad"): "Oct", ("hr", "listopada"): "Oct"}
# Hebrew writes "in" and the month as one word.
_IN_HEBREW = "ב"
_MIDNIGHT, _LEAP_SECOND = re.compile(r"\b24:00(?::00)?\b"), re.compile(r"(?<=:\d\d:)60\b")
_KEPT = {"am", "pm", "t"}
# Marks between day, month and year, where the year comes last.
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}(?!\d)")


def moment(text: str | None, month_first: bool = False, language: str | None = None) -> datetime | None:
    """The moment in UTC; a time without a zone is taken as UTC (zones.unknown_zone). None where it is no date.

    `month_first` decides 03/02/2021 alone: what can be read one way only is read that way. `language` decides between
    zones of one name.
    """
    text = " ".join((text or "").split())
    if not text or len(text) > _LONGEST:
        return None
    for read in (_epoch, _iso, _rfc822, lambda text: _other(text, month_first, language)):
        try:
            if (found := read(text)) is not None:
                return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def writes_month_first(texts: Iterable[str | None], language: str | None) -> bool:
    """Whether a feed writes 03/02/2021 for March: by its other dates, else by where it is, by zone and language."""
    firsts, seconds = [], []
    for text in texts:
        if text and ("-" in text or "/" in text or "." in text) and (found := _NUMBERS.search(text)):
            if east_of_america(text, language):
                return False
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    if max(firsts, default=0) > 12 or max(seconds, default=0) > 12:
        return max(seconds) > 12
    return (language or "en").lower() in ("en", "en-us")


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, which feedparser reads as a year."""
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(float(text) / (1000 if len(text) == 13 else 1), UTC)


def _iso(text: str) -> datetime | None:
    if ordinal := _ORDINAL.match(text):
        first = datetime(int(ordinal["year"]), 1, 1)
        text = f"{first + timedelta(days=int(ordinal['day']) - 1):%Y-%m-%d}{text[ordinal.end() :]}"
    if not _ISO.fullmatch(text) or not _CHRISTIAN.match(text):
        return None
    text = _FRACTION.sub("", text.replace("UTC", "Z").replace("GMT", "Z").replace(" Z", "Z"))
    try:
        return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return dateutil.parse(text)


def _rfc822(text: str) -> datetime | None:
    text = _ZONE.sub("", text)
    # Its own zones are those of RFC 822 alone, and it reads any other as none.
    if not re.search(r"(?:[+-]\d{4}|GMT|UT)$", text) or not _CHRISTIAN.search(text):
        return None
    return parsedate_to_datetime(text)


def _other(text: str, month_first: bool, language: str | None) -> datetime | None:
    """Turned into English, week days and other words left out, then by dateutil."""
    text, place = named_zone(text)
    zones: list[str] = []
    text, days = _within_a_day(in_english(text))
    words = WORD.sub(lambda word: _english(word[0], zones, language), _ZONE.sub("", text))
    words = _WEEKDAY.sub(" ", words)
    year_first = bool(_YEAR_FIRST.search(words))
    dates = [
        dateutil.parse(words, dayfirst=not (month_first or year_first), yearfirst=year_first, default=default)
        for default in _DEFAULTS
    ]
    if dates[0] != dates[1] and not _MONTH.fullmatch(text):
        return None
    found = dates[0] + timedelta(days=days)
    if found.tzinfo is not None:
        return found
    if place is not None:
        return found.replace(tzinfo=place)
    offset = offset_of(zones[0], found, language) if zones else None
    return found - offset if offset else found


def _within_a_day(text: str) -> tuple[str, int]:
    """24:00 is the next day's midnight, and a leap second the one before it: neither is a time for dateutil."""
    text, days = _MIDNIGHT.subn("00:00", text)
    return _LEAP_SECOND.sub("59", text), days


def _english(word: str, zones: list[str], language: str | None) -> str:
    name = folded(word.rstrip("."))
    month = _ELSEWHERE.get((language or "", name)) or MONTHS.get(name) or MONTHS.get(name.removeprefix(_IN_HEBREW))
    if month:
        return f" {month} "
    if is_zone(name):
        zones.append(name)
        return " "
    return f" {name} " if name in _KEPT else " "
