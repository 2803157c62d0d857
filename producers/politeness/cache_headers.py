"""Cache headers: what an answer says about when to come back. Pure.

RFC 9111 §5.2 (Cache-Control), §5.3 (Expires), RFC 9110 §10.2.3 (Retry-After).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NEVER_FRESH = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds for which the publisher promises the same content; 0 where nothing is promised."""
    control = headers.get("cache-control", "")
    if _NEVER_FRESH.search(control):
        return 0.0
    if found := _MAX_AGE.search(control):
        return max(0.0, float(found[1]) - _seconds(headers.get("age")))
    # Expires is read against the server's own clock, which may be wrong, where it says it
    expires, date = http_date(headers.get("expires")), http_date(headers.get("date"))
    return max(0.0, (expires - (date or now)).total_seconds()) if expires else 0.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to stay away, from Retry-After in either of its forms, or None."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value[:12])
    moment = http_date(value)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def http_date(value: str | None) -> datetime | None:
    """A date of HTTP, or None for what is none ("0", "-1")."""
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _seconds(value: str | None) -> float:
    return float(value[:12]) if value and value.isdecimal() else 0.0
