"""Toponym resolution: which place a name means, a territory or the city that the rest of the article speaks for.

Knows populations and countries; nothing of grammar.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from processors.entities import gazetteer
from processors.entities.gazetteer import Place

# How much likelier a city is when the article names its country or another place there, counted in population:
# with it London, Ontario (0.4 million) passes London (9 million) once Canada is named.
_COUNTRY_NAMED = 30.0


def locate(names: Sequence[str]) -> dict[str, Place]:
    """Place names of one article -> the places they mean; a name that is not known is left out."""
    territories = {name: place for name in set(names) if (place := _territory(name)) is not None}
    found = {}
    for name in dict.fromkeys(names):
        others = {place.country for other, place in territories.items() if other != name}
        place = _chosen(territories.get(name), _city(name, others), others)
        if place is not None:
            found[name] = place
    return found


def _territory(name: str) -> Place | None:
    """A country with the coordinates of its capital, or a region; None where the name rather means a city."""
    if name in gazetteer.cities_before_regions():
        return None
    place = gazetteer.territory(name)
    if place is None or not place.is_country:
        return place
    at = gazetteer.countries().get(place.country or "")
    return replace(place, latitude=at.latitude, longitude=at.longitude) if at is not None else place


def _city(name: str, named: Set[str | None]) -> Place | None:
    city, country = gazetteer.cities_before_regions().get(name, (name, None))
    bearers = [one for one in gazetteer.cities().get(city, ()) if country in (None, one.country)]
    return max(bearers, key=lambda one: one.population * (_COUNTRY_NAMED if one.country in named else 1), default=None)


def _chosen(territory: Place | None, city: Place | None, named: Set[str | None]) -> Place | None:
    """The territory before the city, unless it is only where the city lies, or only the city's country is named.

    Of a city that is a territory too (Kyiv, Moscow) both: the one's Wikidata id, the other's coordinates.
    """
    if territory is None or city is None:
        return territory or city
    if territory.is_country:
        return territory
    if territory.country == city.country:
        return replace(city, wikidata=territory.wikidata) if territory.name == city.name else _larger(territory, city)
    return city if city.country in named and territory.country not in named else territory


def _larger(territory: Place, city: Place) -> Place:
    """A region that has an id of its own, else the city."""
    return territory if territory.wikidata else city
