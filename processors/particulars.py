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

# A number with its separators, a word, an end of a sentence, an end of a line.
_PIECE = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?…]+(?=\s|$)|\n+")
_DIGIT = re.compile(r"\d")
_END = "."
_BLANK = "#"
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


Piece = tuple[str, str]
"""A word as (word, ""), a particular as ("#", what stands there), an end of a sentence as (".", "")."""


def particulars_of(text: str) -> list[int]:
    """The lowest MOST particulars, ascending: the hash of the place in the high 16 bits, below that of what fills it.

    The lowest two bits tell its kind. Begins with SHOWS_NAMES where a text without names would be one that has none.
    """
    found = [match.group() for match in islice(_PIECE.finditer(text), LONGEST)]
    shown = [SHOWS_NAMES] if _shows_names(found) else []
    filled = [(_hash(place), filling) for place, filling in _filled(_masked(found))]
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


def _shows_names(found: Sequence[str]) -> bool:
    words = [piece for piece in found if piece[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return small >= _SMALL * len(words) and any(word[0].isupper() for word in words)


def _filled(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Place and filling of every particular: a place is the word before and the word after."""
    for at, (word, filling) in enumerate(pieces):
        if word == _BLANK:
            before = pieces[at - 1][0] if at else _END
            after = pieces[at + 1][0] if at + 1 < len(pieces) else _END
            yield f"{before} {after}", filling


def _masked(found: Sequence[str]) -> list[Piece]:
    """The pieces with blanks for names and numbers; those that stand together are one."""
    first = _first_words(found)
    capital = [_is_name(piece) for piece in found]
    names = {piece for piece, is_first, is_name in zip(found, first, capital, strict=True) if is_name and not is_first}
    masked: list[Piece] = []
    small = _small("level") | _small("day")
    for at, piece in enumerate(found):
        if piece.islower() and piece not in small:  # most pieces: a word, and no name
            masked.append((piece, ""))
            continue
        # A capital at the beginning of a sentence tells a name if the word bears it elsewhere, or the next one too.
        is_name = capital[at] and (not first[at] or piece in names or any(capital[at + 1 : at + 2]))
        if not piece[0].isalnum():
            masked.append((_END, ""))
        elif not (is_name or piece[0].isdecimal() or piece in small):
            masked.append((piece.lower(), ""))
        elif masked and masked[-1][0] == _BLANK:
            masked[-1] = (_BLANK, f"{masked[-1][1]} {piece.lower()}")
        else:
            masked.append((_BLANK, piece.lower()))
    return masked


def _first_words(found: Sequence[str]) -> list[bool]:
    """Whether each piece is the first word of a sentence; a number before it, as the time of day, does not count."""
    first = []
    is_first = True
    for piece in found:
        first.append(is_first)
        is_first = not piece[0].isalnum() or (is_first and piece[0].isdecimal())
    return first


def _is_name(piece: str) -> bool:
    return piece[0].isupper() and (len(piece) <= _LONGEST_CAPITALS or not piece.isupper())


def _marked(filling: str) -> int:
    return _hash(filling) & ~3 | _kind(filling)


def _kind(filling: str) -> Kind:
    if _DIGIT.search(filling):
        return Kind.NUMBER
    if any(word in _small("day") for word in filling.split()):
        return Kind.DAY
    return Kind.LEVEL if filling in _small("level") else Kind.NAME


@cache
def _small(kind: str) -> frozenset[str]:
    """Particulars that are written in small letters."""
    lists = tomllib.loads((resources.files("processors") / "small_particulars.toml").read_text(encoding="utf-8"))
    return frozenset(lists[kind].split())


def _hash(text: str) -> int:
    return (zlib.crc32(text.encode()) * _SPREAD >> 16) & _HALF
