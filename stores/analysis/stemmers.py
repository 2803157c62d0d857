"""What makes the terms of a language out of its words, as Elasticsearch's token filters of that language do.

Snowball's stemmers as Lucene 10 has them: for German its umlauts written as ae, oe, ue count as umlauts, and "system"
keeps its end, which the library's German does not know. Ukrainian has no stemmer in a stock Elasticsearch: the endings
of its cases are cut off by one pattern of settings.json. Knows no articles.
"""

from collections.abc import Callable

import regex
import snowballstemmer

from stores.analysis.cache import Cache
from stores.analysis.folding import FOLD, LOWER
from stores.analysis.settings import ANALYSIS

_VOWELS = "aeiouyäöü"
_UMLAUTS = {"qu": "qu", "ae": "ä", "oe": "ö", "ue": "ü", "ß": "ss"}
_WRITTEN_OUT = regex.compile("|".join(_UMLAUTS))


def _snowball(language: str) -> Callable[[str], str]:
    """Snowball's, in C where PyStemmer is installed: the same stems, some twenty times as fast."""
    stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return stem


def _german(stem: Callable[[str], str]) -> Callable[[str], str]:
    def stemmed(word: str) -> str:
        letters = list(word)
        for at in range(1, len(letters) - 1):
            # u and y between vowels are consonants, and no part of an umlaut: Neue.
            if letters[at] in "uy" and letters[at - 1] in _VOWELS and letters[at + 1] in _VOWELS:
                letters[at] = letters[at].upper()
        known = _WRITTEN_OUT.sub(lambda match: _UMLAUTS[match[0]], "".join(letters))
        # The library takes -em from "system", but only -s from "systems".
        return stem(known + "s" if known.endswith("system") else known).lower()

    return stemmed


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
    return Cache(lambda word: stem(word.translate(LOWER)).translate(FOLD))


STEMS: dict[str, Cache[str]] = {language: _stems(stem) for language, stem in _STEM.items()}
"""By language: a word -> its stem, in small letters and without accents, which the stemmer has read before."""
