"""How people write when a digest goes out, for commands and forms. Pure."""

import re
from typing import Any

_TIME = re.compile(r"(?:([a-z]{3})[a-z]*\s+)?(\d\d:\d\d)")


class DigestTimeError(ValueError):
    """It cannot be read: one line."""


def digest_fields(text: str, zone: str | None) -> dict[str, Any]:
    """The fields of a subscription for 08:00 each day, “mon 08:00” each week, or 60 for every 60 minutes.

    Raises DigestTimeError.
    """
    if text.strip().isdecimal():
        return {"digest_minutes": int(text)}
    found = _TIME.fullmatch(text.strip().lower())
    if not found:
        raise DigestTimeError(f"{text!r} is no time of a digest: write 08:00, “mon 08:00”, or minutes, as 60")
    return {"digest_time": {"at": found[2], "zone": zone or "UTC", "day": found[1]}}
