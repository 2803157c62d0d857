"""What makes the terms of a language out of its words, as Elasticsearch's token filters of that language do.

Snowball's stemmers as Lucene 10 has them: for German its umlauts written as ae, oe, ue count as umlauts, and "system"
keeps its end, which the library's German does not know. Ukrainian has no stemmer in a stock Elasticsearch: the endings
of its cases are cut off by one pattern of settings.json. Knows no articles.
"""

import re
from collections.abc import Callable

import regex
import snowballstemmer

from stores.analysis.cache import Cache
from stores.analysis.folding import folded, lowered
from stores.analysis.settings import ANALYSIS

_VOWELS = "aeiouyäöü"
_UMLAUTS = {"qu": "qu", "ae": "ä", "oe": "ö", "ue": "ü", "ß": "ss"}
_WRITTEN_OUT = re.compile("|".join(_UMLAUTS))


def _snowball(language: str) -> Callable[[str], str]:
    """Snowball's, in C where PyStemmer is installed: the same stems, some twenty times as fast."""
    stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return stem


def _german(stem: Callable[[str], str]) -> Callable[[str], str]:
    def stemmed(word: str) -> str:
        marked = _with_consonants(word) if "u" in word or "y" in word else word
        known = _WRITTEN_OUT.sub(lambda match: _UMLAUTS[match[0]], marked)
        # The library takes -em from "system", but only -s from "systems".
        return stem(known + "s" if known.endswith("system") else known).lower()

    return stemmed


def _with_consonants(word: str) -> str:
    """u and y between vowels are consonants, which capitals say, and no part of an umlaut: Neue."""
    letters = list(word)
    for at in range(1, len(letters) - 1):
        if letters[at] in "uy" and letters[at - 1] in _VOWELS and letters[at + 1] in _VOWELS:
            letters[at] = letters[at].upper()
    return "".join(letters)


def _ukrainian() -> Callable[[str], str]:
    rule = ANALYSIS["filter"]["ukrainian_endings"]
    pattern = regex.compile(rule["pattern"])
    return lambda word: pattern.sub(rule["replacement"], word)


_STEM: dict[str, Callable[[str], str]] = {
    "ar": _snowball("arabic"),
    "de": _german(_snowball("german")),
    "es": _snowball("spanish"),
    "fr": _snowball("french"),
    "ru": _snowball("russian"),
    "uk": _ukrainian(),
}


def _stems(stem: Callable[[str], str]) -> Cache[str]:
    return Cache(lambda word: folded(stem(lowered(word))))


STEMS: dict[str, Cache[str]] = {language: _stems(stem) for language, stem in _STEM.items()}
"""By language: a word -> its stem, in small letters and without accents, which the stemmer has read before."""
