"""Datelines: "LONDON, March 3 (Reuters) - …", "Dorn (AP) — …", "Dorn, Norland – “…", "Dorn, 3 March: …". They never
speak.

Reads the beginning of a paragraph. Knows no names of places: a dateline is known by how it is set.
"""

import re

_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,3}"
"""In capitals: "NEW YORK", "ST. LOUIS"."""
_MORE = r"(?:,? [^-–—:;“”\"\n]{1,40}?)?"
"""What may follow the place: a region, a date."""
_NAME = r"[A-ZÀ-Þ][\w.'’]+"
_AGENCY = r"\s*\([A-Z][^()\n]{1,40}\)"
_DASH = r"\s*(?:--|[-–—])\s+"
_DATE = r"(?:\d{1,2} [A-Z][a-z]+\.?|[A-Z][a-z]+\.? \d{1,2})(?:,? \d{4})?"
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE}{_MORE}(?:{_AGENCY})?{_DASH}|[A-ZÀ-Þ][^-–—:;()“”\"\n]{{1,60}}{_AGENCY}{_DASH}"
    rf"|\([A-Z][\w. /-]{{1,20}}\)(?:{_DASH}|\s+(?=[A-Z“\"]))"
    rf"|{_NAME}(?: {_NAME}){{0,2}}, {_NAME}(?: {_NAME}){{0,2}}{_DASH}(?=[“\"‘'])"
    rf"|{_NAME}(?: {_NAME}){{0,2}}(?:, {_NAME}(?: {_NAME})?)?, {_DATE}\s?:\s+)"
)

_POINTS = ("*", "•")
_BEHIND_POINTS = re.compile(rf"\s*[*•] [^“”\"\n]{{1,600}}?\s{_PLACE}{_MORE}{_AGENCY}{_DASH}")
"""Key points that run into the text: "* Army sends boats * Two dead MELBOURNE, June 23 (Reuters) - …"."""


def dateline_end(text: str) -> int:
    """Where a paragraph goes on behind its dateline (code points); 0 where it has none."""
    found = _DATELINE.match(text) or (_BEHIND_POINTS.match(text) if text.lstrip()[:1] in _POINTS else None)
    return found.end() if found else 0
