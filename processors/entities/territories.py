"""Territories: countries and regions by all their names, with Wikidata ids. A city that leads to one is not one.

The list is a data file beside this module. Knows nothing of articles.
"""

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from processors.entities.folding import fold, key
from processors.entities.gazetteer import FOLDER, NAMES, Place, rows, words

# The list tells namesakes and disputed regions apart by what is no part of their names.
_ADDED = re.compile(r"(?: SAR)? \([^)]*\)$| SAR$")
_ARTICLE = re.compile(r"^the ")
_REGION = re.compile(r" (?:oblast|region|province|state|krai|republic|prefecture|governorate)$")


@dataclass(frozen=True, slots=True)
class _Territory:
    code: str
    name: str
    wikidata: str | None
    is_country: bool
    own: dict[str, str]
    """Its own names, folded, to the form it then goes by: what else leads to it may be its capital or a county."""

    def form(self, name: str) -> str | None:
        """The own name that was meant, "Lviv region" being Lviv Oblast; None where it is no name of its own."""
        whole = _plain(name)
        if whole in self.own:
            return self.own[whole]
        bare = _REGION.sub("", whole)
        return self.name if bare != whole and any(bare == _REGION.sub("", one) for one in self.own) else None

    def place(self, name: str) -> Place:
        """The territory, called by this name."""
        return Place(name, self.country, is_country=self.is_country, wikidata=self.wikidata)

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2, lower case; None where it lies in none."""
        code = self.code.split("-")[0]
        return code if len(code) == 2 else None


@lru_cache(maxsize=NAMES)
def territory(name: str) -> Place | None:
    """A country or a region by any of its usual names, with its Wikidata id; None where there is none.

    Of a city, a county or a part of a country, of which the list knows only where it lies, the country alone and no id.
    """
    found = _by_key().get(key(name))
    if found is None:
        return None
    if form := found.form(name):
        return found.place(form)
    return (
        found.place(found.name)
        if found.is_country and name in words("country_names.txt")
        else Place(name, found.country)
    )


@lru_cache(maxsize=NAMES)
def namesakes(name: str) -> tuple[Place, ...]:
    """All territories with this very name, countries first: Georgia is a country and a state."""
    return tuple(one.place(name) for one in _by_own_name().get(_plain(name), ()))


@cache
def _by_key() -> dict[str, _Territory]:
    """Every key of the territory file, to what it leads to."""
    return {one: territory for territory, keys in _read() for one in keys}


@cache
def _by_own_name() -> dict[str, list[_Territory]]:
    found = defaultdict(list)
    for territory, _ in sorted(_read(), key=lambda row: not row[0].is_country):
        for form in territory.own:
            found[form].append(territory)
    return found


@cache
def _read() -> list[tuple[_Territory, list[str]]]:
    found = []
    for code, country, wikidata, name, others, keys in rows(
        gzip.decompress((FOLDER / "territories.tsv.gz").read_bytes()).decode()
    ):
        first = _ADDED.sub("", name)
        own = _own(first, [_ADDED.sub("", _ARTICLE.sub("", other)) for other in others.split("|") if other])
        found.append((_Territory(code, first, wikidata or None, country == "yes", own), keys.split("|")))
    return found


def _own(name: str, others: list[str]) -> dict[str, str]:
    """Folded own names to the form that a territory so called goes by: its name, but no quite different one."""
    alike = [other for other in others if fold(name) in fold(other) or fold(other) in fold(name)]
    return {_plain(other): name if other in alike else other for other in (*others, name)}


def _plain(name: str) -> str:
    """ "Burkina-Faso" is Burkina Faso."""
    return fold(name).replace("-", " ")
