"""Single quotation marks, as British papers set them: the mark that closes also writes an apostrophe.

Reads one paragraph. Knows where a mark stands, and no words: what is in the marks may be speech or a term.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

Range = tuple[int, int, bool]
"""From the opening mark to behind the closing one, and whether there is one; code points of the paragraph."""

MOST_APOSTROPHES = 12
"""Marks looked at for the end of one quotation: more plurals with an apostrophe no quotation has."""
SHORTEST_OPEN = 40
"""Code points of a paragraph that a quotation is left open in: a line such as "'Tis the season" is shorter."""
_STRONG = frozenset(",.!?…;")
"""Behind one of these a mark closes; an apostrophe follows a letter."""


def single_quotations(text: str, pairs: Mapping[str, str]) -> list[Range]:
    """The stretches in single marks, in order; `pairs`: opening mark -> the characters that close it.

    A mark that nothing closes is an apostrophe, but for the first of a paragraph, whose quotation goes on in the next.
    """
    found: list[Range] = []
    for opening, closing in pairs.items():
        places = [place for place in _places(text, opening + closing) if not _is_inside_word(text, place)]
        openings = [place for place in places if text[place] == opening and _may_open(text, place)]
        closings = [place for place in places if text[place] in closing and _may_close(text, place)]
        found.extend(_paired(text, openings, closings))
    return sorted(found)


def _paired(text: str, openings: list[int], closings: list[int]) -> list[Range]:
    found: list[Range] = []
    end = at = 0
    for opening, following in pairwise([*openings, len(text)]):
        if opening < end:
            continue
        while at < len(closings) and closings[at] <= opening + 1:
            at += 1
        closing = _closing(text, closings[at : at + MOST_APOSTROPHES], following)
        if closing is not None:
            end = closing + 1
            found.append((opening, end, True))
        elif not text[:opening].strip() and len(text) > SHORTEST_OPEN:
            return [(opening, len(text), False)]
    return found


def _closing(text: str, closings: list[int], following: int) -> int | None:
    """The first mark behind a sign or before one; a mark between an s and a space ("farmers' land") is the last choice.

    `following`: where the next stretch opens; a quotation does not reach over it.
    """
    near = [place for place in closings if place < following]
    sure = (place for place in near if not _is_plural(text, place))
    return next(sure, near[0] if near else None)


def _is_plural(text: str, place: int) -> bool:
    """Whether the mark may be the apostrophe of a plural: behind an s, with a word behind it."""
    return text[place - 1] in "sS" and text[place + 1 : place + 2] == " " and text[place + 2 : place + 3].isalnum()


def _places(text: str, marks: str) -> list[int]:
    return [match.start() for match in re.finditer(f"[{re.escape(marks)}]", text)]


def _is_inside_word(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()


def _may_open(text: str, place: int) -> bool:
    """At the beginning of a word, and not before a digit ("the '90s") or behind a letter."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in '([—–“"') and (after.isalpha() or after in ("“", '"', "£", "$"))


def _may_close(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (before.isalnum() or before in _STRONG or before in '”")%-–—') and not after.isalnum()
