"""Zones by the names that feeds give them -> offsets, or nothing where a name is not known. Pure."""

import re
from datetime import datetime, timedelta, tzinfo
from importlib.resources import files
from zoneinfo import ZoneInfo

_NAMED = re.compile(
    r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?"
)
_OFFSET = re.compile(r"(?<=[\d\s)])[+-]\d\d?(?::?\d\d)?(?![\d-])|(?:UTC|GMT)\s?[+-]\d")
_USUAL = ("GMT", "UTC", "Z", "00")
# Capitals behind a time, where nothing else stands: the name of a zone, known or not.
_ABBREVIATION = re.compile(
    r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*\(?(?P<name>[A-Z][A-Za-z]?[A-Z]{0,3}T|[A-Z]{3,5})\)?(?:\s+\d{4})?\s*$"
)


def named_zone(text: str) -> tuple[str, tzinfo | None]:
    """A date without the name of a place ("Europe/Paris"), and the zone of that place."""
    found = _NAMED.search(text)
    if found is None:
        return text, None
    try:
        return text.replace(found[0], " ").replace("()", " "), ZoneInfo(found[0])
    except (KeyError, ValueError, OSError):
        return text, None


def offset_of(name: str, at: datetime, language: str | None) -> timedelta | None:
    """East of UTC at a local time, of a zone by its name in lower case; `language` decides between several."""
    zone = _zone(name, language)
    if isinstance(zone, str):
        return at.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    return None if zone is None else timedelta(hours=zone)


def is_zone(name: str) -> bool:
    """Whether a word, in lower case, is the name of a zone."""
    return name in _ZONES


def unknown_zone(text: str) -> bool:
    """Whether a date names a zone that is not known, and says no offset: its time is unsure by hours."""
    if text.endswith(_USUAL):
        return False
    found = _ABBREVIATION.search(text)
    return bool(found and found["name"].lower() not in (*_ZONES, "am", "pm") and not _OFFSET.search(text))


def east_of_america(text: str, language: str | None) -> bool:
    """Whether a date says a zone outside America, where nobody writes the month first."""
    if (offset := re.search(r"[+](\d\d):?\d\d\s*$", text)) and int(offset[1]) > 0:
        return True
    zones = (_zone(word.lower(), language) for word in re.findall(r"\b[A-Z]{2,5}\b", text))
    return any(isinstance(zone, float) and zone > 0 for zone in zones)


def _zone(name: str, language: str | None) -> float | str | None:
    by_language = _ZONES.get(name, {})
    return by_language.get((language or "").lower().split("-")[0], by_language.get(""))


def _zones() -> dict[str, dict[str, float | str]]:
    zones: dict[str, dict[str, float | str]] = {}
    for line in files("producers.parse").joinpath("zones.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, zone, *languages = line.split("\t")
            for language in (languages[0] if languages else "").split(" "):
                zones.setdefault(name, {})[language] = zone if "/" in zone else float(zone)
    return zones


_ZONES = _zones()
