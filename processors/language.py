"""Language identification by words; the publisher's claim holds unless the words clearly say otherwise.

Knows ISO 639-1 codes; of models only which words are English.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module, resources

import py3langid  # type: ignore[import-untyped]  # ships no types
from spacy.lang.en.stop_words import STOP_WORDS

from processors.model.english_words import is_english

# The opening is as good as the whole, and keeps the time constant (0.15 ms).
_SAMPLE = 600
# By how much another language must be likelier than the claimed one, as log-likelihood a character. Measured on
# news: articles in another language than claimed differ by 0.7 and more, names and tables in English by 0.1.
_CLEAR = 0.25
# Below 160 characters the few words of a headline swing further: then by as much as for 160.
_SHORT = 160
# A headline whose words are all English is English up to this log-likelihood behind another language, one of which
# half are English not at all. Of 1,597 English headlines without a claim 5 are then missed instead of 75, and none
# of 267 in other languages is taken for English.
_ENGLISH_WORDS = 60.0
# Nothing but names and words that many languages share: behind by more than this, it is no English.
_NAMES_ALONE = 25.0
# Shorter words are small in Title Case too, and in names ("von der", "bin").
_CONTENT = 4
# The little words within names, whatever the language of the text.
_PARTICLES = re.compile(r"(?<=\w )(?:(?:v[ao]n|zu|de[nrl]?|d[aiu]|dos|das|bin|ibn|al|el|la|le|ter?) )+(?=[^\W\d_a-z])")
# Of a headline in Title Case at least a third are words, the rest names; elsewhere capitals are names.
_TITLED = 1 / 3
# Of a short text a language in which less news is written must be likelier by more than chance: "Rutte stapt op als
# premier" is rather Dutch than Luxembourgish, "Muere un bombero en Galicia" Spanish and not Galician.
_RARE, _SELDOM = 10.0, 4.0
# The words that are no names count half as much again: of 213 headlines in 40 languages 183 are then told instead
# of 178.
_WORDS_TELL = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

Rank = Callable[[str], Iterable[tuple[str, float]]]
"""The languages of a text with their log-likelihoods."""


def detect(text: str, claimed: str | None, rank: Rank = py3langid.rank) -> str | None:
    """ISO 639-1 of the text's language; the claim where the text does not clearly say; None where neither does."""
    claim = _code(claimed)
    sample = " ".join(text[:_SAMPLE].split())
    if not any(map(str.isalpha, sample)):
        return claim
    scores = _scores(sample, rank)
    likeliest = max(scores, key=scores.__getitem__)
    if claim is not None and claim in scores:
        return claim if scores[likeliest] - scores[claim] < _CLEAR * max(_SHORT, len(sample)) else likeliest
    if len(sample) >= _SHORT:
        return likeliest
    scores = _with_words(sample, scores, rank)
    likeliest = max(scores, key=scores.__getitem__)
    return "en" if scores[likeliest] - scores["en"] < _leaning(sample, likeliest) else likeliest


def is_sure(text: str, claimed: str | None, rank: Rank = py3langid.rank) -> bool:
    """Whether the language is claimed, or the text is long enough or clear enough to tell it from English."""
    sample = " ".join(text[:_SAMPLE].split())
    if _code(claimed) is not None or len(sample) >= _SHORT:
        return True
    scores = _scores(sample, rank)
    return max(scores.values()) - scores["en"] >= _CLEAR * _SHORT


def _code(claimed: str | None) -> str | None:
    return claimed.lower().replace("_", "-").split("-")[0] if claimed else None


def _scores(sample: str, rank: Rank) -> dict[str, float]:
    """Log-likelihood by language; of a short text less for those in which little news is written."""
    of_news = _of_news() if len(sample) < _SHORT else {}
    rare = _RARE if of_news else 0.0
    return {code: float(score) - of_news.get(code, rare) for code, score in rank(sample) if len(code) == 2}


def _with_words(sample: str, scores: dict[str, float], rank: Rank) -> dict[str, float]:
    """The same with what the words that are no names tell once more."""
    words = dict(rank(_without_names(sample)))
    return {language: score + _WORDS_TELL * float(words[language]) for language, score in scores.items()}


def _without_names(sample: str) -> str:
    """The first word and those in small letters: a name in a headline has letters of its own language."""
    words = _WORD.findall(sample)
    return " ".join((*words[:1], *(word for word in words[1:] if word[0].islower())))


def _leaning(sample: str, other: str) -> float:
    """How far behind `other`, the likeliest language, a short text may be and still be English."""
    words = _WORD.findall(_PARTICLES.sub("", sample))
    small = [word for word in words if word[0].islower()]
    capitals = [word.lower() for word in words if not word[0].islower()]
    if any(
        word in _little_words(other) and (word == "i" or (len(word) > 1 and not is_english(word))) for word in small
    ):
        return 0.0  # "Tote bei Brand in Hagen": "bei" is no name
    # Of headlines in Title Case, which only English has, the little words alone are small.
    titled = _share(capitals) >= _TITLED and all(len(word) < _CONTENT or word in STOP_WORDS for word in small)
    told = [
        word
        for word in (*small, *(capitals if titled else ()))
        if not (is_english(word) and word in _little_words(other))
    ]
    if not told:
        return _NAMES_ALONE
    share = _share(told)
    if titled and not sample.isupper():
        share *= 2  # half of such a headline may be names
    return max(0.0, _ENGLISH_WORDS * (2 * min(share, 1.0) - 1))


def _share(words: list[str]) -> float:
    """How many of the words are English, 0 to 1; names are not."""
    return sum(map(is_english, words)) / len(words) if words else 0.0


@cache
def _of_news() -> dict[str, float]:
    """Languages in which news is written, with what a short text must be likelier by to be in one."""
    lines = (resources.files("processors") / "languages_of_news.txt").read_text(encoding="utf-8").splitlines()
    much, less = (line.split() for line in lines if not line.startswith("#"))
    return dict.fromkeys(much, 0.0) | dict.fromkeys(less, _SELDOM)


@cache
def _little_words(language: str) -> frozenset[str]:
    """Little words of a language: where English has them too ("in", "man", "die"), they tell nothing."""
    try:
        return frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    except ImportError:  # spaCy knows no such language
        return frozenset()
