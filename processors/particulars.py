"""The particulars of a text: the names and numbers in it, each by the place in the wording where it stands.

Copies of one text have the same wording and the same particulars; two texts of one template (weather reports, results
of matches, notices) have the same wording and other particulars. A place is known by the words beside it, so that a
paragraph more or less moves nothing. Knows no other text.
"""

import re
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from importlib import resources
from itertools import islice

MOST = 25
"""Particulars kept, 100 bytes: 24 and SHOWS_NAMES. A short notice has some ten; of a long text a fair draw is kept, by
hash."""
LONGEST = 400
"""Pieces (words, numbers, ends of sentences) that are looked at: what a text is about stands at its beginning."""

# Code points in which the pieces of most texts lie: found all at once, they cost half of what they cost one by one.
_FAR = 8 * LONGEST
# A word, a number with its separators, an end of a sentence, an end of a line.
_PIECE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*|[.!?…]+(?=\s|$)|\n+")
_DIGIT = re.compile(r"\d")
_END = "."
# All capitals up to this length are an abbreviation (USGS, NATO), longer ones an outcry or a whole text in capitals.
_LONGEST_CAPITALS = 5
# Of the words of a text in small letters with capitals for names at least so many are small (in German two of three);
# in one all in capitals, all in small letters or in a script without either no names show.
_SMALL = 0.5
_HALF = 0xFFFF
_SPREAD = 2_654_435_761


class Kind(IntEnum):
    """What a particular is."""

    NAME = 0
    NUMBER = 1
    LEVEL = 2
    """The colour of a public warning."""
    DAY = 3
    """A day of the week or a month, in small letters too, as most languages write them."""


SHOWS_NAMES = 0
"""Stands before the particulars of a text whose names show by their capitals; a place of its own, filled by nothing."""


def particulars_of(text: str) -> list[int]:
    """The lowest MOST particulars, ascending: the hash of the place in the high 16 bits, below that of what fills it.

    The lowest two bits tell its kind. Begins with SHOWS_NAMES where a text without names would be one that has none.
    """
    found = _pieces(text)
    shown = [SHOWS_NAMES] if _shows_names(found) else []
    filled = [(_hash(place), filling) for place, filling in _filled(found)]
    # Each place has one particular at least: those of the lowest MOST places are enough, were one of them SHOWS_NAMES.
    lowest = frozenset(sorted({place for place, _ in filled})[:MOST])
    own = {place << 16 | _marked(filling) for place, filling in filled if place in lowest}
    return [*shown, *sorted(own - {SHOWS_NAMES})[: MOST - 1]]


def place_of(particular: int) -> int:
    """The hash of the place."""
    return particular >> 16


def kind_of(particular: int) -> Kind:
    """What fills the place."""
    return Kind(particular & 3)


def _pieces(text: str) -> list[str]:
    found: list[str] = _PIECE.findall(text, 0, _FAR)
    # The last one may be cut where the search ends: there is one more than are looked at, or the text is at its end.
    if len(found) > LONGEST or len(text) <= _FAR:
        return found[:LONGEST]
    return [match.group() for match in islice(_PIECE.finditer(text), LONGEST)]


def _shows_names(found: Sequence[str]) -> bool:
    firsts = [piece[0] for piece in found]
    small, words = sum(map(str.islower, firsts)), sum(map(str.isalpha, firsts))
    return small >= _SMALL * words and any(map(str.isupper, firsts))


def _filled(found: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Place and filling of every particular: a place is the word before and the word after."""
    blanks = _blanks(found)
    start = 0
    for number, at in enumerate(blanks):
        if number == 0 or blanks[number - 1] != at - 1:
            start = at
        if number + 1 == len(blanks) or blanks[number + 1] != at + 1:
            before, after = _word(found, start - 1), _word(found, at + 1)
            yield f"{before} {after}", " ".join(found[start : at + 1]).lower()


def _word(found: Sequence[str], at: int) -> str:
    """What stands beside a particular: a word, or an end; so do the text's two ends."""
    return found[at].lower() if 0 <= at < len(found) and found[at][0].isalnum() else _END


def _blanks(found: Sequence[str]) -> list[int]:
    """The pieces that are names or numbers; those that stand together are one particular."""
    capitals = {at for at, piece in enumerate(found) if piece[0].isupper() and _is_name(piece)}
    names = {found[at] for at in capitals if not _is_first(found, at)}
    small = _small("level") | _small("day")

    def is_particular(at: int) -> bool:
        # A capital at the beginning of a sentence tells a name if the word bears it elsewhere, or the next one too.
        if at in capitals and (found[at] in names or at + 1 in capitals or not _is_first(found, at)):
            return True
        return found[at][0].isdecimal() or found[at] in small

    # Most pieces are words in small letters.
    likely = (at for at, piece in enumerate(found) if not piece.islower() or piece in small)
    return [at for at in likely if is_particular(at)]


def _is_first(found: Sequence[str], at: int) -> bool:
    """Whether a piece is the first word of a sentence; a number before it, as the time of day, does not count."""
    while at and found[at - 1][0].isdecimal():
        at -= 1
    return at == 0 or not found[at - 1][0].isalnum()


def _is_name(capital: str) -> bool:
    return len(capital) <= _LONGEST_CAPITALS or not capital.isupper()


def _marked(filling: str) -> int:
    return _hash(filling) & ~3 | _kind(filling)


def _kind(filling: str) -> Kind:
    if _DIGIT.search(filling):
        return Kind.NUMBER
    if not _small("day").isdisjoint(filling.split()):
        return Kind.DAY
    return Kind.LEVEL if filling in _small("level") else Kind.NAME


@cache
def _small(kind: str) -> frozenset[str]:
    """Particulars that are written in small letters."""
    lists = tomllib.loads((resources.files("processors") / "small_particulars.toml").read_text(encoding="utf-8"))
    return frozenset(lists[kind].split())


def _hash(text: str) -> int:
    return (zlib.crc32(text.encode()) * _SPREAD >> 16) & _HALF
