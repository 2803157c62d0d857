"""The parts of a person's name, and whether two full names may be one person's.

Knows titles, suffixes and which families stand first; nothing of an article.
"""

import re
from functools import lru_cache

from processors.entities import gazetteer
from processors.entities.gazetteer import NAMES
from processors.entities.romanised import romanised
from processors.model.english_words import is_english

_SUFFIX = re.compile(r",? (Jr|Sr|II|III|IV)\.?$")
# Given names of people whose family name stands first: one or two syllables of Chinese, Korean or Vietnamese.
_SYLLABLE = r"(?:[zcs]h|ng|nh|[ktp]h|tr|gi|qu|[kgh]w|[bpmfdtnlgkhjqxrzcswyv])?[aeiouy]{1,3}(?:ng|nh|ck|ch|[nmptklbhc])?"
_GIVEN = re.compile(rf"(?:{_SYLLABLE}['’-]?){{1,2}}$")
PARTICLES = frozenset(
    (
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
    )
)
"""Small words of family names."""
_ARTICLES = ("al", "el", "as", "ash", "ul")
# Shorter ones are Korean syllables (Kim Jong Un), by which nobody is called.
_SHORTEST_CALL = 3


@lru_cache(maxsize=NAMES)
def bare(name: str) -> str:
    """The name without titles before it, its suffix written one way; unchanged where nothing would be left."""
    return _SUFFIX.sub(_with_suffix, " ".join(name[untitled(name) :].split()))


def _with_suffix(match: re.Match[str]) -> str:
    return f" {match[1]}." if match[1] in ("Jr", "Sr") else f" {match[1]}"


@lru_cache(maxsize=NAMES)
def core(name: str) -> str:
    """The name without its suffix."""
    return _SUFFIX.sub("", name)


@lru_cache(maxsize=NAMES)
def suffix(name: str) -> str:
    """What tells a son from his father: "Jr.", "III"; empty for most."""
    found = _SUFFIX.search(name)
    return found[1] if found else ""


@lru_cache(maxsize=NAMES)
def untitled(name: str) -> int:
    """Where the name begins after its titles; 0 where nothing would be left."""
    for word in re.finditer(r"\S+", name):
        if word.group().lower().rstrip(".") not in gazetteer.words("titles.txt"):
            return word.start()
    return 0


@lru_cache(maxsize=NAMES)
def family_first(name: str) -> bool:
    """Whether the family name of a bare full name stands first, as in Xi Jinping and Kim Jong Un."""
    first, *given = core(name).split(" ")
    return first in gazetteer.words("family_names_first.txt") and all(_GIVEN.match(one.lower()) for one in given)


@lru_cache(maxsize=NAMES)
def surname(name: str) -> str:
    """The family name of a bare full name: its last word, or the first where it stands first."""
    words = core(name).split(" ")
    return words[0] if family_first(name) else words[-1]


@lru_cache(maxsize=NAMES)
def family_with_particles(name: str) -> str | None:
    """The family name of a bare full name with the small words before it: Le Pen, von der Leyen; None without such."""
    words = core(name).split(" ")
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return None if start == len(words) - 1 or family_first(name) else " ".join(words[start:])


@lru_cache(maxsize=NAMES)
def without_article(family: str) -> str | None:
    """An Arabic family name without its article: of al-Assad Assad; None of others."""
    article, _, rest = family.partition("-")
    return rest if rest and article.lower() in _ARTICLES else None


@lru_cache(maxsize=NAMES)
def is_given(word: str) -> bool:
    """Whether a word is a given name of the lists, or joined of such by hyphens: Frank-Walter."""
    return all(any(one in names for names in gazetteer.given_names().values()) for one in word.lower().split("-"))


def called(name: str) -> str | None:
    """The given name that stands for a bare full name: of Pham Minh Chinh the last; of most people none does."""
    _, *given = core(name).split(" ")
    if len(given) < 2 or "-" in name or not family_first(name):
        return None
    return given[-1] if len(given[-1]) >= _SHORTEST_CALL and not is_english(given[-1].lower()) else None


def is_same(longer: str, shorter: str) -> bool:
    """Whether two full names with one family name may be one person's, `shorter` having no more words."""
    if suffix(longer) != suffix(shorter):
        return False
    one, other = _given(longer), _given(shorter)
    if family_first(longer) or family_first(shorter):
        # Romanised in one word, in two or with a hyphen; a syllable more or a letter less is somebody else.
        return "".join(one).replace("-", "") == "".join(other).replace("-", "")
    if one[len(one) - len(other) :] == other:
        return True
    return _agree(one[0], other[0]) and _middle_agrees(one[1:], other[1:])


def _given(name: str) -> list[str]:
    """The name's words without the family name, in one spelling."""
    words = romanised(core(name)).split(" ")
    return words[1:] if family_first(name) else words[:-1]


def _agree(one: str, other: str) -> bool:
    if one == other or other in _short_forms(one) or one in _short_forms(other):
        return True
    return _is_initial(one, other) or _is_initial(other, one) or is_misspelt(one, other)


def _middle_agrees(one: list[str], other: list[str]) -> bool:
    """Whether one's middle names are among the other's, in order: H. W. is not W., and Mary Ann is not Mary Beth."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if shorter and all(len(word.rstrip(".")) == 1 for word in (*one, *other)):
        return [word[0] for word in one] == [word[0] for word in other]
    rest = iter(longer)
    return all(any(_agree(word, middle) for middle in rest) for word in shorter)


@lru_cache(maxsize=NAMES)
def _short_forms(given: str) -> frozenset[str]:
    known = {name.lower(): short for name, short in gazetteer.nicknames().items()}
    return frozenset(map(str.lower, known.get(given, ())))


def _is_initial(initial: str, name: str) -> bool:
    return len(initial.rstrip(".")) == 1 and initial[0] == name[0]


def is_misspelt(one: str, other: str) -> bool:
    """One letter apart, in names long enough that it is no other name (Kristen, Kristin; not Joan, John).

    Not the last letter: Daniel and Daniela, Andrea and Andreas are two.
    """
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    if one[-1] != other[-1]:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))
