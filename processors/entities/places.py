"""Toponym resolution: which place a name means, a territory or the city that the rest of the article speaks for.

Knows populations, countries and the words right beside a name; nothing of other grammar.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from processors.entities import gazetteer
from processors.entities.gazetteer import NAMES, Place
from processors.entities.mention import Mention
from processors.entities.territories import namesakes, territory

# How much likelier a city is when the article names its country or another place there, counted in population:
# with it London, Ontario (0.4 million) passes London (9 million) once Canada is named.
_COUNTRY_NAMED = 30.0
# Smaller cities are not what a county or a region of their name is taken for: Norfolk is not always in Virginia.
_LARGE = 300_000
# "The state of Georgia" is no country.
_OF_A_REGION = re.compile(r"\b(?:state|province|region) of (?:the )?$")
_REACH = 24


def locate(text: str, found: Sequence[tuple[Mention, str]]) -> dict[int, Place]:
    """Places of an article, as mentions with their names in order -> start of the mention -> the place it means.

    A name that is not known is left out.
    """
    pairs = dict(_pairs(text, found))
    located = {}
    general = _general([name for _, name in found], list(pairs.values()))
    for mention, name in found:
        place = pairs.get(mention.start) or _region_named(text, mention, name) or general.get(name)
        if place is not None and not place.is_country and (land := _among_lands(text, mention, name, found)):
            place = land
        if place is not None:
            located[mention.start] = place
    return located


def _pairs(text: str, found: Sequence[tuple[Mention, str]]) -> Iterator[tuple[int, Place]]:
    """Both places of "Athens, Georgia" and of "Tripoli in Lebanon": the city inside the second, and that territory."""
    for (city, city_name), (region, region_name) in pairwise(found):
        if text[city.end : region.start] not in (", ", " in "):
            continue
        bearers = gazetteer.cities(city_name)
        for whole in map(_with_capital, namesakes(region_name)):
            inside = next((one for one in bearers if one.country == whole.country), None)
            if inside is not None:
                yield city.start, inside
                yield region.start, whole
                break


def _region_named(text: str, mention: Mention, name: str) -> Place | None:
    """The region of this name where the words before say that it is one."""
    if not _OF_A_REGION.search(text[max(0, mention.start - _REACH) : mention.start]):
        return None
    return next((place for place in namesakes(name) if not place.is_country), None)


def _among_lands(text: str, mention: Mention, name: str, found: Sequence[tuple[Mention, str]]) -> Place | None:
    """The country of this name where its sentence names another one and nothing in the region's: Georgia, Portugal."""
    usual = _territory(name)
    if usual is None or not usual.is_country:
        return None
    start, end = text.rfind(". ", 0, mention.start) + 1, text.find(". ", mention.end)
    others = {one for at, one in found if start <= at.start and (end < 0 or at.end <= end) and one != name}
    lands = {place.country for one in others if (place := territory(one)) is not None and place.is_country}
    regions = {one.country for one in namesakes(name) if not one.is_country}
    return usual if lands and regions.isdisjoint(lands | set(_largest_inside(sorted(others)))) else None


def _general(names: Sequence[str], certain: Sequence[Place]) -> dict[str, Place]:
    """Name -> the place it means wherever nothing beside it tells."""
    territories = {name: place for name in set(names) if (place := _territory(name)) is not None}
    inside = {place.country for place in certain if not place.is_country} | set(_largest_inside(names))
    found = {}
    for name in dict.fromkeys(names):
        others = {place.country for other, place in territories.items() if other != name}
        place = _chosen(_namesake(name, territories.get(name), inside), _city(name, others), others)
        if place is not None:
            found[name] = place
    return found


def _largest_inside(names: Sequence[str]) -> Iterator[str | None]:
    """Countries of the large cities that an article names; Washington stands for its country and tells nothing."""
    for name in names:
        first = gazetteer.cities(name)[:1]
        yield from (city.country for city in first if city.population >= _LARGE and name != "Washington")


def _namesake(name: str, usual: Place | None, inside: Set[str | None]) -> Place | None:
    """The region instead of the country of its name where the article names places in the region's country alone."""
    if usual is None or not usual.is_country or usual.country in inside:
        return usual
    return next((one for one in namesakes(name) if one.country in inside), usual)


@lru_cache(maxsize=NAMES)
def _territory(name: str) -> Place | None:
    """A country with the coordinates of its capital, or a region; None where the name rather means a city."""
    if name in gazetteer.cities_before_regions():
        return None
    place = territory(name)
    if (place is None or place.wikidata is None) and name in gazetteer.regions():
        return Place(name, gazetteer.regions()[name])
    return place if place is None else _with_capital(place)


def _with_capital(place: Place) -> Place:
    at = gazetteer.countries().get(place.country or "") if place.is_country else None
    return replace(place, latitude=at.latitude, longitude=at.longitude) if at is not None else place


def _city(name: str, named: Set[str | None]) -> Place | None:
    city, country = gazetteer.cities_before_regions().get(name, (name, None))
    bearers = [one for one in gazetteer.cities(city) if country in (None, one.country)]
    best = max(bearers, key=lambda one: one.population * (_COUNTRY_NAMED if one.country in named else 1), default=None)
    # "Quebec City" keeps the longer name, which tells it from the region.
    return replace(best, name=max(name, city, key=len)) if best is not None else None


def _chosen(territory: Place | None, city: Place | None, named: Set[str | None]) -> Place | None:
    """The territory before the city, unless it is only where the city lies, or only the city's country is named.

    Of a city that is a territory too (Kyiv, Moscow) both: the one's Wikidata id, the other's coordinates.
    """
    if territory is None or city is None:
        return territory or city
    if territory.is_country:
        return territory
    if territory.country == city.country:
        return replace(city, wikidata=territory.wikidata)
    elsewhere = city.country in named and territory.country not in named
    if territory.wikidata is None and territory.country not in named and city.population >= _LARGE:
        return city
    return city if elsewhere else territory
