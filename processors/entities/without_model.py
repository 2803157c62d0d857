"""People in French, Spanish, German, Portuguese and Italian, where no model marks names.

By given names, by titles, and then by surname.

Knows lists and capitals; nothing of grammar. What it does not know it leaves out.
"""

import re
from collections.abc import Iterator
from functools import cache

from processors.entities import gazetteer
from processors.entities.mention import Mention
from processors.entities.occurrences import Names
from processors.entities.person_name import bare, surname
from processors.entities.place_names import is_anywhere

LANGUAGES = ("fr", "es", "de", "pt", "it")
# Surnames behind the given names: in Spanish and Italian two, in Portuguese three, elsewhere one, before a noun with
# its capital begins.
_SURNAMES = {"fr": 1, "es": 2, "de": 1, "pt": 3, "it": 2}
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[-’'][^\W\d_a-zß-öø-ÿ]?[^\W\d_]+)*"
_PARTICLES = (
    r"(?:(?:de|du|des|del|della|di|da|dos|van|von|vom|zu|zur|der|den|la|las|los|el|bin|ben|ibn|Le|La|De|Van|Von) )"
)
# "do Rosário" and "das Neves" in Portuguese, "D'Alema" in Italian, where small "di" and "da" are no part of a name:
# "Anna Leone di Milano".
_OWN_PARTICLES = {
    "pt": r"(?:(?:de|da|do|das|dos|del|della|di|van|von|der|den|la|el|bin|ben|ibn|La|De|Van|Von) )",
    "it": r"(?:(?:de|van|von|der|den|la|el|bin|ben|ibn|Le|La|De|Van|Von) )",
}
_ELIDED = {"pt": r"(?:[Dd][’'](?=[^\W\d_a-zß-öø-ÿ]))?", "it": r"(?:(?:[Dd]|[Dd]ell|[Dd]all)[’'](?=[^\W\d_a-zß-öø-ÿ]))?"}
_TITLE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)\.? $")
_ARTICLE = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|le|la|les|un|une|el|los|las|una|l['’]) ?$", re.I
)
# What begins like a woman's name and is a land or a town: Carolina del Norte, Virginia Occidental.
_LANDS = re.compile(r"(?:Norte|Sur|Sul|Nord|Sud|Süd|Occidental|Ocidental|Occidentale|Chile|Cuba|Compostela)$")
# Behind any other title a point ends the sentence.
_SHORT_TITLES = {
    "pt": frozenset({"sr", "sra", "dr", "dra", "eng", "prof"}),
    "it": frozenset({"sig", "sigra", "dott", "dr", "prof", "avv", "ing"}),
}
_REACH = 24


def people(text: str, language: str) -> list[Mention]:
    """The people whom a text names, in order, none overlapping. `language` is one of LANGUAGES."""
    full = list(_named(text, language))
    families = {surname(bare(one.text)) for one in full if " " in one.text}
    taken = {place for one in full for place in range(one.start, one.end)}
    more = [
        Mention(start, end, text[start:end], "person")
        for start, end in Names(families | _known()).find(text)
        if start not in taken and not _ARTICLE.search(text[max(0, start - _REACH) : start])
    ]
    return sorted([*full, *more], key=lambda one: one.start)


def _named(text: str, language: str) -> Iterator[Mention]:
    written, part = _patterns(language)
    for match in written.finditer(text):
        words = list(part.finditer(match.group()))
        first = next((at for at, word in enumerate(words) if _is_given(word["word"], language)), None)
        titled = _title(text, match.start(), language)
        if first is None and not titled:
            continue
        begin = first or 0
        givens = begin
        if _is_named_after(text, match, words, begin, language):
            continue
        while givens < len(words) and _is_given(words[givens]["word"], language):
            givens += 1
        last = min(max(givens, begin + 1) + _SURNAMES[language] - (0 if givens > begin else 1), len(words))
        # of words that are all given names the last is the family's: Claude François
        start = match.start() + (words[begin].start("word"))
        end = match.start() + words[last - 1].end()
        name = text[start:end]
        if (last - begin > 1 or titled) and not is_anywhere(name) and not _LANDS.search(name):
            yield Mention(start, end, name, "person")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a whole name is written, and each of its words with its particles."""
    particles = _OWN_PARTICLES.get(language, _PARTICLES)
    word = _ELIDED.get(language, "") + _CAPITAL
    name = re.compile(rf"(?<![\w’'-]){word}(?: {particles}{{0,3}}{word})*")
    return name, re.compile(rf"{particles}*(?P<word>{word})")


def _is_named_after(text: str, name: re.Match[str], words: list[re.Match[str]], begin: int, language: str) -> bool:
    """Whether the word before the given name tells that it is a place's: São Paulo, Via Aldo Moro."""
    if language not in _OWN_PARTICLES:
        return False
    if begin:
        return words[begin - 1]["word"].lower() in gazetteer.words("named_after.txt")
    before = _TITLE.search(text[max(0, name.start() - _REACH) : name.start()])
    return before is not None and before[1].lower() in gazetteer.words("named_after.txt")


def _is_given(word: str, language: str) -> bool:
    first = re.split(r"[-’']", word.lower())[0]
    return word.lower() in _givens(language) or first in _givens(language)


@cache
def _givens(language: str) -> frozenset[str]:
    more = gazetteer.word_lists("given_names_elsewhere.toml")
    return frozenset().union(*gazetteer.given_names().values(), more["names"], more.get(language, ()))


@cache
def _known() -> frozenset[str]:
    return frozenset(name for name, one in gazetteer.known().items() if one.kind == "person")


def _title(text: str, start: int, language: str) -> bool:
    before = _TITLE.search(text[max(0, start - _REACH) : start])
    if before is None or before[1].lower() not in gazetteer.word_lists("titles_elsewhere.toml")[language]:
        return False
    short = _SHORT_TITLES.get(language)
    return short is None or "." not in before[0] or before[1].lower() in short
