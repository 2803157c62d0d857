"""Matches the quotation marks of a paragraph: which stretches are inside them.

Knows marks and spaces, no words: whether a quotation is somebody's speech is for others to say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import Match, Pattern

from processors.quotes.single_marks import single_quotations

NEVER_BEFORE_OPENING = "([{—–-/"
"""An opening mark that looks like a closing one follows a space, the line's start, or one of these."""

_OPENING_DASH = re.compile(r"\s*([—–])(?=[\w¿¡])")
_TAG_DASH = re.compile(r"((?<=\s)[—–](?=[a-zà-ÿ])|(?<=[\w,.])[—–](?=[\s.,;:]))")
_SPACED_OPENING = re.compile(r"\s*([—–])\s+(?=[^\W_])")
_SPACED_TAG = re.compile(r"(?<=\s)([—–])(?=\s)")
Pairs = Mapping[str, Sequence[str]]
"""Opening mark -> the marks that close it: first the one it is made for, then those that careless texts use."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between outer marks; code points of the paragraph, marks included."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    """False where the paragraph ends before the quotation does."""


def quotations(
    text: str, marks: Pattern[str], pairs: Pairs, singles: Mapping[str, str], *, spaced: bool = False
) -> list[Quotation]:
    """The outermost quotations of a paragraph, in order; what is nested in one is part of it.

    `singles`: the single marks of the language, if it uses any for quotations (single_marks.py).
    `spaced`: whether the dashes of dialogue stand between spaces: "— Não sei — disse ela. — É tarde."
    """
    found = _doubles(text, marks, pairs) or _dialogue(text, spaced=spaced)
    if not any(mark in text for mark in singles):
        return found
    for start, end, closed in single_quotations(text, singles):
        if not any(one.start < start < one.end for one in found):
            found = [one for one in found if not start < one.start < end]
            found.append(Quotation(start, end, start + 1, end - closed, closed))
    return sorted(found, key=lambda one: one.start)


def _dialogue(text: str, *, spaced: bool) -> list[Quotation]:
    """The pieces between the dashes of Spanish and French dialogue: "—No firmaremos —dijo ella—. Es tarde."

    A dash opens at the beginning of the paragraph, the next one begins the attribution, and a third one ends it.
    """
    opening = _OPENING_DASH.match(text)
    tag = _TAG_DASH
    if opening is None and spaced and (opening := _SPACED_OPENING.match(text)):
        tag = _SPACED_TAG
    if opening is None:
        return []
    found: list[Quotation] = []
    start, open_from = opening.start(1), opening.end()
    is_open = True
    for dash in tag.finditer(text, opening.end()):
        if is_open:
            found.append(Quotation(start, dash.start(1), open_from, dash.start(1), True))
        else:
            start, open_from = dash.start(1), _behind(text, dash.end(1))
        is_open = not is_open
    if found and is_open and text[open_from:].strip(" .\n"):
        found.append(Quotation(start, len(text), open_from, len(text), True))
    return [one for one in found if text[one.inner_start : one.inner_end].strip(" .")]


def _behind(text: str, place: int) -> int:
    """Where words go on behind a dash and a point."""
    while place < len(text) and text[place] in ".,;: ":
        place += 1
    return place


def _doubles(text: str, marks: Pattern[str], pairs: Pairs) -> list[Quotation]:
    found = []
    opened: list[Match[str]] = []
    for mark in marks.finditer(text):
        closes = _closed_by(text, mark, opened, pairs)
        if closes is not None:
            outermost = opened[0]
            del opened[closes:]
            if not opened:
                found.append(Quotation(outermost.start(), mark.end(), outermost.end(), mark.start(), True))
        elif _opens(text, mark, opened, pairs):
            opened.append(mark)
    if opened and opened[0].end() < len(text):
        found.append(Quotation(opened[0].start(), len(text), opened[0].end(), len(text), False))
    return [one for one in found if text[one.inner_start : one.inner_end].strip()]


def _closed_by(text: str, mark: Match[str], opened: list[Match[str]], pairs: Pairs) -> int | None:
    """Which of the open marks a mark closes: the last that it is made for, else the last that it may close."""
    if not opened or _opens_again(text, mark):
        return None
    if mark.group() == opened[-1].group() and mark.group() in pairs and not _may_open(text, mark):
        return len(opened) - 1  # “We are late,“ she said.
    for place in reversed(range(len(opened))):
        if pairs[opened[place].group()][0] == mark.group():
            return place
    return len(opened) - 1 if mark.group() in pairs[opened[-1].group()] else None


def _opens(text: str, mark: Match[str], opened: list[Match[str]], pairs: Pairs) -> bool:
    """Whether a mark opens a quotation, or one of another kind inside those that are open."""
    if mark.group() not in pairs or not _may_open(text, mark):
        return False
    return all(one.group() != mark.group() for one in opened)


def _may_open(text: str, mark: Match[str]) -> bool:
    """A mark after a letter closes something, or is an inch or an apostrophe."""
    before = text[mark.start() - 1] if mark.start() else " "
    return before.isspace() or before in NEVER_BEFORE_OPENING or not (before.isalnum() or before in ".,!?")


def _opens_again(text: str, mark: Match[str]) -> bool:
    """A straight mark between a space and a letter opens, wherever it stands."""
    start, end = mark.start(), mark.end()
    return text[start - 1].isspace() and end < len(text) and text[end].isalnum()
