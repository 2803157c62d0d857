"""Other spellings of words, by which a text is found too: ceasefire for cease-fire, Muenchen for München; and capitals.

Of a number its groups of three digits: 12000 stands in a text as "12 000" or "12.000" too.

A text's other spellings are searched with its names, since like a name each stands for itself and is not stemmed.
Knows no query and no store.
"""

from collections.abc import Iterator

import regex

from stores.analysis.cache import Cache
from stores.analysis.rewriting import rewritten
from stores.analysis.tokens import name_terms

CAPITALS = "\u0298"
"""Before a word: it stands in the text in capitals. A letter to the analysers, and one that news does not have."""

# Longer ones in capitals are rather an outcry than an abbreviation.
_IN_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}{2,6}(?![\p{L}\p{N}])")
_JOINED = regex.compile(r"(?<![\p{L}\p{N}])\p{L}+(?:[-\u2010\u2011][\p{L}\p{N}]+)+")
_HYPHEN = regex.compile(r"[-\u2010\u2011]")
_WITH_UMLAUT = regex.compile(r"[\p{L}\p{N}]*[äöüÄÖÜ][\p{L}\p{N}]*")
# What each of the three patterns above needs; most words have none of it.
_MAY_DIFFER = regex.compile(r"\p{Lu}{2}|[-\u2010\u2011äöüÄÖÜ]")
# The same of a word that is asked for, as it was typed and as it is read: numbers have other spellings too.
_MAY_BE_ASKED = regex.compile(r"\p{Lu}{2}|[-\u2010\u2011äöüÄÖÜ]|\p{N}")
_IS_SPELT_OTHERWISE = regex.compile(r"[-\u2010\u2011äöüÄÖÜ]|\p{Nd}{4}|\p{Nd} \p{Nd}")
# Years are written without.
_NUMBER = regex.compile(r"(?<![\p{L}\p{N}.,])(?!(?:19|20)\p{Nd}{2}\b)\p{Nd}{4,}(?![\p{L}\p{N}]|[.,]\p{N})")
# Each place before which whole groups of three digits stand to the end.
_GROUPS = regex.compile(r"(?<=\p{Nd})(?=(?:\p{Nd}{3})+(?!\p{Nd}))")
_GROUPED = regex.compile(r"(?<![\p{L}\p{N}.,] ?)\p{Nd}{1,3}(?: \p{Nd}{3})+(?! ?\p{N}|[.,]\p{N})")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def spellings(text: str) -> Iterator[str]:
    """The other spellings of the words of a text, and its words in capitals with the mark before them."""
    found = (spelling for chunk in dict.fromkeys(text.split()) for spelling in _SPELLINGS[chunk])
    return (spelling for spelling in found if spelling[0] != CAPITALS) if text.isupper() else found


def _spellings(chunk: str) -> Iterator[str]:
    known = rewritten(chunk)
    if not _MAY_DIFFER.search(known):
        return
    yield from map(joined, _JOINED.findall(known))
    yield from map(without_umlauts, _WITH_UMLAUT.findall(known))
    yield from (CAPITALS + word for word in _IN_CAPITALS.findall(known))


def joined(word: str) -> str:
    """The word without its hyphens."""
    return _HYPHEN.sub("", word)


def without_umlauts(word: str) -> str:
    """The word as it is typed where there are no umlauts."""
    return word.translate(_UMLAUTS)


def other_spellings(word: str) -> Iterator[str]:
    """What else to look for where somebody asks for this word."""
    if not _MAY_BE_ASKED.search(word):
        return
    known = rewritten(word)
    if not _IS_SPELT_OTHERWISE.search(known):
        return
    number = in_digits(known)
    others = (joined(known), without_umlauts(known), number, grouped(number, " "), grouped(number, "."))
    yield from (other for other in others if other != known)


def in_digits(text: str) -> str:
    """The text with its numbers written without blanks between their groups of three digits."""
    return _GROUPED.sub(lambda number: number.group().replace(" ", ""), text)


def grouped(text: str, sign: str) -> str:
    """The text with a sign between the groups of three digits of its numbers."""
    return _NUMBER.sub(lambda number: _GROUPS.sub(sign, number.group()), text)


def in_capitals(word: str) -> str | None:
    """The term of a word that stands in capitals; None if this one does not."""
    known = rewritten(word).strip(".")
    return name_terms(CAPITALS + known)[0] if _IN_CAPITALS.fullmatch(known) else None


# None reaches over a blank.
_SPELLINGS = Cache(lambda chunk: tuple(_spellings(chunk)))
