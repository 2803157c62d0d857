"""Times as a query writes them: 2025, 2025-10, 2025-10-12, 2025-10-12T10:30Z, now, now-7d. UTC throughout.

A moment written short stands for a stretch ("2025-10" is the month), so each has a start and an end.
"""

import re
from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta

_ABSOLUTE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[Tt](?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?:Z|z|\+00:?00)?)?)?)?"
)
_RELATIVE = re.compile(r"now(?:(?P<sign>[+-])(?P<count>\d{1,5})(?P<unit>[smhdwMy]))?")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks", "M": "months", "y": "years"}
_PARTS = ("year", "month", "day", "hour", "minute", "second")

EXAMPLES = "a day (2025-10-12), a moment (2025-10-12T10:30) or now-7d"


def is_relative(text: str) -> bool:
    """Whether its meaning depends on when it is asked."""
    return text.startswith("now")


def stretch(text: str, now: datetime) -> tuple[datetime, datetime]:
    """Start and end, half-open, in whole seconds. Raises ValueError where `text` is no time."""
    if match := _RELATIVE.fullmatch(text):
        return _relative(match, now.astimezone(UTC).replace(microsecond=0))
    if match := _ABSOLUTE.fullmatch(text):
        return _absolute(match)
    raise ValueError(f"“{text}” is not a time")


def _relative(match: re.Match[str], now: datetime) -> tuple[datetime, datetime]:
    moment = now
    if match["sign"]:
        step = relativedelta(**{_UNITS[match["unit"]]: int(match["count"])})  # type: ignore[arg-type] # one unit
        moment = now + step if match["sign"] == "+" else now - step
    return moment, moment + timedelta(seconds=1)


def _absolute(match: re.Match[str]) -> tuple[datetime, datetime]:
    given = [int(match[part]) for part in _PARTS if match[part] is not None]
    year, month, day, hour, minute, second = (*given, *(1, 1, 1, 0, 0, 0)[len(given) :])
    start = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    length = {_PARTS[len(given) - 1] + "s": 1}
    return start, start + relativedelta(**length)  # type: ignore[arg-type] # one unit, a whole number
