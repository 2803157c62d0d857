"""Signatures: who speaks, named behind a dash at the end: "…" — Mayor Ines Holm; a post's "— Dorn Roads (@dornroads)".

Reads text alone. Knows neither verbs nor the tree.
"""

import re
from typing import NamedTuple

FEWEST_SAID = 3
"""Words before the dash of a headline at least."""
_WORD = r"(?:[A-ZÀ-Þ0-9][\w.'’&-]*|of|the|for|and|de|la|von|van|der|al|bin)"
_NAME = rf"(?P<name>[A-ZÀ-Þ][\w.'’&-]*(?: {_WORD}){{0,6}})"
_DASH = r"(?P<dash>--|[-–—])"
_REST = r"\s*(?:,[^“”\"\n]{0,120}|\(@?[^()\n]*\)[^“”\"\n]{0,40})?\s*$"
"""Behind a name: a title between commas, a handle and a date."""
_BEHIND_MARKS = re.compile(rf"[”\"’']\s*{_DASH}\s*{_NAME}{_REST}")
_OWN_LINE = re.compile(rf"\s*{_DASH}\s*{_NAME}{_REST}")
_POST = re.compile(rf"{_DASH}\s*{_NAME}\s*\(@\w+\)[^“”\"\n]{{0,40}}$")
_BODY = re.compile(r"\s(?P<dash>[-–—])\s(?P<name>[a-z]+)\s*$")
_HEADLINE = re.compile(rf"\s{_DASH}\s{_NAME}\s*$")


class Signature(NamedTuple):
    """Code points of the paragraph: the name, and where what it signs ends."""

    start: int
    end: int
    signed: int


def signature(text: str) -> Signature | None:
    """The signature behind a quotation, or behind a post, at the end of a paragraph."""
    return _signature((_POST.search(text) if "(@" in text else None) or _BEHIND_MARKS.search(text))


def own_line(text: str) -> Signature | None:
    """The signature that is a paragraph of its own."""
    return _signature(_OWN_LINE.match(text))


def headline_signature(text: str) -> Signature | None:
    """ "War would last years – Petrov", "Five dead in crash – police": a line that ends with a dash and who says it."""
    found = _HEADLINE.search(text) or _BODY.search(text)
    return None if found is None or len(text[: found.start()].split()) < FEWEST_SAID else _signature(found)


def _signature(found: re.Match[str] | None) -> Signature | None:
    return None if found is None else Signature(found.start("name"), found.end("name"), found.start("dash"))
