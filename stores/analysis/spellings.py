"""Other spellings of words, by which a text is found too: ceasefire for cease-fire, Muenchen for München; and capitals.

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
    if not _MAY_DIFFER.search(word):
        return
    known = rewritten(word)
    yield from (other for other in (joined(known), without_umlauts(known)) if other != known)


def in_capitals(word: str) -> str | None:
    """The term of a word that stands in capitals; None if this one does not."""
    known = rewritten(word).strip(".")
    return name_terms(CAPITALS + known)[0] if _IN_CAPITALS.fullmatch(known) else None


# None reaches over a blank.
_SPELLINGS = Cache(lambda chunk: tuple(_spellings(chunk)))
