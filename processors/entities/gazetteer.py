"""The gazetteer: known names with their other forms, and places with their coordinates.

The lists are data files beside this module, each with its licence and a reason in its first lines. Knows
nothing of articles.
"""

import gzip
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Literal, cast

from processors.entities.folding import unaccented
from schemas.article import EntityKind

FOLDER = Path(__file__).parent / "gazetteers"
NAMES = 5_000
"""Names that a function of a name keeps its answers for, 1 MB: an article asks for each of its own many times."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something known under several names."""

    name: str
    kind: EntityKind
    wikidata: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A city or a territory. A territory has a Wikidata id, a city coordinates (WGS 84, degrees)."""

    name: str
    country: str | None
    """ISO 3166-1 alpha-2, lower case."""
    population: int = 0
    is_country: bool = False
    wikidata: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@cache
def words(file: str) -> frozenset[str]:
    """A list that is a plain set of words or phrases, one a line."""
    return frozenset(row[0] for row in rows((FOLDER / file).read_text(encoding="utf8")))


@cache
def word_lists(file: str) -> dict[str, frozenset[str]]:
    """Several lists of words by their names: a TOML file of strings."""
    lists = tomllib.loads((FOLDER / file).read_text(encoding="utf8"))
    return {name: frozenset(listed.split()) for name, listed in lists.items()}


def given_names() -> dict[str, frozenset[str]]:
    """Given names in lower case, by "he" and "she"."""
    return word_lists("given_names.toml")


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Given name -> its short forms."""
    lines = rows((FOLDER / "nicknames.tsv").read_text(encoding="utf8"))
    return {name: frozenset(short.split("|")) for name, short in lines}


@cache
def romanisations() -> tuple[tuple[str, str], ...]:
    """Patterns of spellings that differ only by romanisation, with the one spelling they become, in order."""
    lines = rows((FOLDER / "romanisations.tsv").read_text(encoding="utf8"))
    return tuple((pattern, replacement) for pattern, replacement in lines)


@cache
def cities_before_regions() -> dict[str, tuple[str, str]]:
    """Name -> the city (name, country) that it means before the region of the same name."""
    lines = rows((FOLDER / "city_before_region.tsv").read_text(encoding="utf8"))
    return {name: (city, country) for name, city, country in lines}


@cache
def known() -> dict[str, Known]:
    """Every name and alias of the alias file, to what it stands for."""
    found: dict[str, Known] = {}
    for row in rows((FOLDER / "aliases.tsv").read_text(encoding="utf8")):
        name, kind, wikidata, aliases = row
        one = Known(name, cast(EntityKind, kind), wikidata or None, tuple(filter(None, aliases.split("|"))))
        for form in (name, *one.aliases):
            found.setdefault(form, one)
    return found


Certainty = Literal["yes", "no", "sport"]
"""What a weapon's name is besides: nothing, something else in peace, or a team."""


@cache
def weapons(certain: Certainty) -> dict[str, Known]:
    """Names of weapon systems of one certainty, to what they stand for."""
    found = {}
    for name, sure, aliases in rows((FOLDER / "weapons.tsv").read_text(encoding="utf8")):
        forms = [*filter(None, aliases.split("|")), *_plural(name)]
        one = Known(name, "weapon", None, tuple(dict.fromkeys(forms)))
        found.update(dict.fromkeys((name, *one.aliases), one) if sure == certain else {})
    return found


def _plural(name: str) -> Iterator[str]:
    """ "Katyushas" of Katyusha, "Mi-8s" of Mi-8."""
    if not name.endswith(("s", "S")):
        yield f"{name}s"


def known_as(kind: EntityKind, name: str) -> Known | None:
    """What the lists know of a canonical name, whatever the article."""
    if kind == "weapon":
        return weapons("yes").get(name) or weapons("no").get(name) or weapons("sport").get(name)
    one = known().get(name)
    return one if one is not None and one.kind == kind else None


@cache
def military_words() -> re.Pattern[str]:
    """What an article that speaks of arms says: its words, and weapons that are nothing else."""
    return _any_of({*words("military.txt"), *weapons("yes")})


@cache
def sport_words() -> re.Pattern[str]:
    """What an article that speaks of sport says."""
    return _any_of(words("sport.txt"))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """By their first letters, so that at each word of a text few are tried: seven times as fast as one long list."""
    rests = {first: [phrase[1:] for phrase in same] for first, same in groupby(sorted(phrases), itemgetter(0))}
    branches = (re.escape(first) + f"(?:{'|'.join(map(re.escape, same))})" for first, same in rests.items())
    return re.compile(rf"\b(?:{'|'.join(branches)})\b")


@lru_cache(maxsize=NAMES)
def cities(name: str) -> tuple[Place, ...]:
    """The cities of this name, the largest first; without its accents too, where no other city is called so."""
    bearers = (_place(line, name) for line in _cities().get(name, ()))
    return tuple(sorted(bearers, key=lambda place: -place.population))


@cache
def _cities() -> dict[str, list[str]]:
    """City name -> the lines of its bearers. They are read when a name is asked for: all of them take 0.3 s."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _place_lines():
        if not line.endswith(_COUNTRY):
            found[_name(line)].append(line)
    accented = [name for name in found if not name.isascii()]
    plain: dict[str, list[str]] = defaultdict(list)
    for name, ascii_ in zip(accented, unaccented("\n".join(accented)).split("\n"), strict=True):
        if ascii_ not in found:
            plain[ascii_] += found[name]
    return {**plain, **found}


@cache
def regions() -> dict[str, str]:
    """Region, island or county -> the code of the country that it lies in."""
    return {row[0]: row[1] for row in rows((FOLDER / "regions.tsv").read_text(encoding="utf8"))}


@cache
def countries() -> dict[str, Place]:
    """Country code -> the country, with the coordinates of its capital."""
    countries = map(_place, (line for line in _place_lines() if line.endswith(_COUNTRY)))
    return {place.country or "": place for place in countries}


@cache
def unmistakable() -> frozenset[str]:
    """Names of countries and capitals that, alone, mean the place: found even where a model overlooks them."""
    names = {_name(line) for line in _place_lines() if line.endswith((_COUNTRY, _CAPITAL))}
    return frozenset(names - words("mistakable_places.txt"))


# The ends of lines that tell what a place is; the others are cities.
_COUNTRY, _CAPITAL = "\tcountry", "\tcapital"


@cache
def _place_lines() -> list[str]:
    english = (FOLDER / "english_places.tsv").read_text(encoding="utf8")
    return _lines(gzip.decompress((FOLDER / "places.tsv.gz").read_bytes()).decode() + english)


def _name(line: str) -> str:
    return line.split("\t", 2)[1]


def _place(line: str, called: str | None = None) -> Place:
    """The place of a line, under the name that it is asked for by."""
    _, name, country, latitude, longitude, population, kind = line.split("\t")
    return Place(
        called or name,
        country,
        int(population),
        is_country=kind == "country",
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
    )


def rows(text: str) -> list[list[str]]:
    """The lines of a list, cut at tabs, without its comments."""
    return [line.split("\t") for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]
