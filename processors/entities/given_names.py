"""People in a text whose names no model has marked: a known given name, and what is written with capitals behind it.

For languages without a model of names, so that a speaker's words stand for somebody. Knows lists of given names and how
names are written; finds neither organisations nor places.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from processors.entities.folding import fold
from processors.entities.identity import identify
from processors.entities.mention import Mention
from processors.entities.person_name import surname
from schemas.article import Entity

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_PARTICLE = r"(?:d[’'](?=[A-ZÀ-Þ])|(?:de la|de los|von der|van der|de|del|du|des|von|van|zu|zur|da|di|le|la|y) )"
_NAME = re.compile(
    rf"(?<![\w’'-])({_CAPITAL})((?: (?:{_CAPITAL}|[A-ZÀ-Þ]\.))?(?: {_PARTICLE}?{_CAPITAL}){{1,2}})(?![\w-])"
)


def people_by_given_name(text: str, language: str | None) -> tuple[Entity, ...]:
    """The people named in full, and all mentions of their family names, in order; empty in a language without a list.

    `language`: ISO 639-1. Time is linear in the length of the text for each name it has.
    """
    lists = _given_names()
    # Spaniards stand in French papers too.
    full = list(_full_names(text, frozenset().union(*lists.values()))) if language in lists else []
    taken = {place for one in full for place in range(one.start, one.end)}
    bare = [one for one in _family_names(text, {surname(one.text) for one in full}) if one.start not in taken]
    found = identify(text, sorted([*full, *bare], key=lambda one: one.start)) if full else ()
    # The list of the well-known writes them in English: Pedro Sanchez. Their own papers do not.
    written = {fold(one.text): one.text for one in full}
    return tuple(one.model_copy(update={"name": written.get(fold(one.name), one.name)}) for one in found)


def _full_names(text: str, known: frozenset[str]) -> Iterator[Mention]:
    place = 0
    while (found := _NAME.search(text, place)) is not None:
        if found[1].lower() in known:
            yield Mention(found.start(), found.end(), found[0], "person")
            place = found.end()
        else:
            place = found.end(1)


def _family_names(text: str, names: set[str]) -> Iterator[Mention]:
    if names:
        for found in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])", text):
            yield Mention(found.start(), found.end(), found[0], "person")


@cache
def _given_names() -> dict[str, frozenset[str]]:
    data = tomllib.loads((resources.files("processors.entities") / "given_names.toml").read_text(encoding="utf-8"))
    return {language: frozenset(names.split()) for language, names in data.items()}
