"""People in French, Spanish and German, where no model marks names: by given names, by titles, and then by surname.

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

LANGUAGES = ("fr", "es", "de")
# Surnames behind the given names: in Spanish two, elsewhere one, before a noun with its capital begins.
_SURNAMES = {"fr": 1, "es": 2, "de": 1}
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[-’'][^\W\d_a-zß-öø-ÿ]?[^\W\d_]+)*"
_PARTICLES = (
    r"(?:(?:de|du|des|del|della|di|da|dos|van|von|vom|zu|zur|der|den|la|las|los|el|bin|ben|ibn|Le|La|De|Van|Von) )"
)
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?: {_PARTICLES}{{0,3}}{_CAPITAL})*")
_WORD = re.compile(rf"{_PARTICLES}*(?P<word>{_CAPITAL})")
_TITLE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)\.? $")
_ARTICLE = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|le|la|les|un|une|el|los|las|una|l['’]) ?$", re.I
)
# What begins like a woman's name and is a land or a town: Carolina del Norte, Virginia Occidental.
_LANDS = re.compile(r"(?:Norte|Sur|Nord|Sud|Süd|Occidental|Occidentale|Chile|Cuba|Compostela)$")
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
    for match in _NAME.finditer(text):
        words = list(_WORD.finditer(match.group()))
        first = next((at for at, word in enumerate(words) if _is_given(word["word"])), None)
        titled = _title(text, match.start(), language)
        if first is None and not titled:
            continue
        begin = first or 0
        givens = begin
        while givens < len(words) and _is_given(words[givens]["word"]):
            givens += 1
        last = min(max(givens, begin + 1) + _SURNAMES[language] - (0 if givens > begin else 1), len(words))
        # of words that are all given names the last is the family's: Claude François
        start = match.start() + (words[begin].start("word"))
        end = match.start() + words[last - 1].end()
        name = text[start:end]
        if (last - begin > 1 or titled) and not is_anywhere(name) and not _LANDS.search(name):
            yield Mention(start, end, name, "person")


def _is_given(word: str) -> bool:
    first = re.split(r"[-’']", word.lower())[0]
    return word.lower() in _givens() or first in _givens()


@cache
def _givens() -> frozenset[str]:
    more = gazetteer.word_lists("given_names_elsewhere.toml")
    return frozenset().union(*gazetteer.given_names().values(), *more.values())


@cache
def _known() -> frozenset[str]:
    return frozenset(name for name, one in gazetteer.known().items() if one.kind == "person")


def _title(text: str, start: int, language: str) -> bool:
    before = _TITLE.search(text[max(0, start - _REACH) : start])
    return before is not None and before[1].lower() in gazetteer.word_lists("titles_elsewhere.toml")[language]
