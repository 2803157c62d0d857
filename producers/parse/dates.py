"""Dates as feeds write them -> moments in UTC, or None: never a guess that looks like a date.

Knows nothing of now: what is absurd for an article is judged where the article is made.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.resources import files

from dateutil import parser as dateutil

# Longer than any date; also what keeps patterns from running long.
_LONGEST = 80
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)? ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?")
_WORD = re.compile(r"[^\W\d_]+\.?")
_ZONE = re.compile(r"(?:GMT|UTC?|Z)(?=[+-]\d)")
_FRACTION = re.compile(r"(?<=[.,]\d{6})\d+")
# Offsets in hours; the letters of RFC 822 for North America, the others by use in feeds.
_ZONES = {
    "utc": 0,
    "gmt": 0,
    "ut": 0,
    "z": 0,
    "wet": 0,
    "bst": 1,
    "west": 1,
    "cet": 1,
    "mez": 1,
    "cest": 2,
    "mesz": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
    "ist": 5.5,
    "sgt": 8,
    "hkt": 8,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "brt": -3,
    "ast": -4,
    "adt": -3,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
# A text that reads differently over two defaults does not say year, month and day (ISO 8601 may leave out the last).
_DEFAULTS = (datetime(1, 1, 1), datetime(4, 2, 2))
_MONTH = re.compile(r"[12]\d{3}(?:-\d\d)?")
_KEPT = {"am", "pm", "t"}


def moment(text: str | None, month_first: bool = False) -> datetime | None:
    """The moment in UTC; a time without a zone is taken as UTC. None where it is no date.

    `month_first` decides 03/02/2021 alone: what can be read one way only is read that way.
    """
    text = " ".join((text or "").split())
    if not text or len(text) > _LONGEST:
        return None
    for read in (_epoch, _iso, _rfc822, lambda text: _other(text, month_first)):
        try:
            if (found := read(text)) is not None:
                return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, which feedparser reads as a year."""
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(float(text) / (1000 if len(text) == 13 else 1), UTC)


def _iso(text: str) -> datetime | None:
    if not _ISO.fullmatch(text):
        return None
    text = _FRACTION.sub("", text.replace("UTC", "Z").replace("GMT", "Z").replace(" Z", "Z"))
    try:
        return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return dateutil.parse(text)


def _rfc822(text: str) -> datetime | None:
    # Its own zones are those of RFC 822 alone, and it reads any other as none.
    if not re.search(r"(?:[+-]\d{4}|GMT|UT)$", text):
        return None
    return parsedate_to_datetime(text)


def _other(text: str, month_first: bool) -> datetime | None:
    """Months of many languages turned into English, week days and other words left out, then dateutil."""
    zone: list[float] = []
    words = _WORD.sub(lambda word: _english(word[0], zone), _ZONE.sub("", text))
    dates = [dateutil.parse(words, dayfirst=not month_first, default=default) for default in _DEFAULTS]
    if dates[0] != dates[1] and not _MONTH.fullmatch(text):
        return None
    found = dates[0]
    return found - timedelta(hours=zone[0]) if zone and found.tzinfo is None else found


def _english(word: str, zone: list[float]) -> str:
    name = word.lower().rstrip(".")
    if name in _MONTHS:
        return f" {_MONTHS[name]} "
    if name in _ZONES:
        zone.append(_ZONES[name])
        return " "
    return f" {name} " if name in _KEPT else " "


def _months() -> dict[str, str]:
    lines = files("producers.parse").joinpath("months.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: month for month, names in rows for name in names.split()}


_MONTHS = _months()
