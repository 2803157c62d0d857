"""Where quotation marks stand in a paragraph: which stretches are inside them.

Knows marks and spaces, no words: whether a quotation is somebody's speech is for others to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from re import Match, Pattern

NEVER_BEFORE_OPENING = "([{—–-/"
"""An opening mark that looks like a closing one follows a space, the line's start, or one of these."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between outer marks; code points of the paragraph, marks included."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    """False where the paragraph ends before the quotation does."""


def quotations(text: str, marks: Pattern[str], pairs: Mapping[str, frozenset[str]]) -> list[Quotation]:
    """The outermost quotations of a paragraph, in order; what is nested in one is part of it."""
    found = []
    opening: Match[str] | None = None
    for mark in marks.finditer(text):
        if opening is None:
            if mark.group() in pairs and _may_open(text, mark):
                opening = mark
        elif mark.group() in pairs[opening.group()] and not _opens_again(text, mark):
            found.append(Quotation(opening.start(), mark.end(), opening.end(), mark.start(), True))
            opening = None
    if opening is not None and opening.end() < len(text):
        found.append(Quotation(opening.start(), len(text), opening.end(), len(text), False))
    return [one for one in found if text[one.inner_start : one.inner_end].strip()]


def _may_open(text: str, mark: Match[str]) -> bool:
    """A mark after a letter closes something, or is an inch or an apostrophe."""
    before = text[mark.start() - 1] if mark.start() else " "
    return before.isspace() or before in NEVER_BEFORE_OPENING or not (before.isalnum() or before in ".,!?")


def _opens_again(text: str, mark: Match[str]) -> bool:
    """A straight mark between a space and a letter opens, wherever it stands."""
    start, end = mark.start(), mark.end()
    return text[start - 1].isspace() and end < len(text) and text[end].isalnum()
