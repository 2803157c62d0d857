"""Which place a name means: its territory, or the city that the rest of the article speaks for.

Knows populations and countries; nothing of grammar.
"""

from collections import Counter
from collections.abc import Sequence

from processors.entities import gazetteer
from processors.entities.gazetteer import Place

# How much likelier a city is when the article names its country, counted in population: with it
# London, Ontario (0.4 million) passes London (9 million) once Canada is named.
_COUNTRY_NAMED = 30.0


def locate(names: Sequence[str]) -> dict[str, Place]:
    """Place names of one article -> the places they mean; a name that is not known is left out."""
    territories = {name: place for name in set(names) if (place := gazetteer.territory(name)) is not None}
    named = Counter(place.country for name in names if (place := territories.get(name)) is not None and place.country)
    found = {}
    for name in dict.fromkeys(names):
        place = territories.get(name)
        city = _city(name, named)
        if place is not None and city is not None and city.country == place.country and not place.is_country:
            place = _both(place, city)
        if found_place := place or city:
            found[name] = found_place
    return found


def _city(name: str, named: Counter[str]) -> Place | None:
    bearers = gazetteer.cities().get(name, ())
    return max(
        bearers, key=lambda city: city.population * (_COUNTRY_NAMED if named[city.country or ""] else 1), default=None
    )


def _both(territory: Place, city: Place) -> Place:
    """A city that is a territory of its own (Kyiv, Moscow): the one's Wikidata id, the other's coordinates."""
    return Place(
        city.name,
        city.country,
        city.id,
        city.population,
        wikidata=territory.wikidata,
        latitude=city.latitude,
        longitude=city.longitude,
    )
