"""Whether a name is that of a country, a region or a city, by the gazetteer alone.

Knows lists; nothing of an article.
"""

from functools import lru_cache

from processors.entities import gazetteer
from processors.entities.gazetteer import NAMES
from processors.entities.repeats import is_large_city
from processors.entities.territories import territory

# Longer words all in capitals are shouted names (a dateline's RANGOON), shorter ones acronyms (UAE).
LONGEST_ACRONYM = 4


@lru_cache(maxsize=NAMES)
def is_country(name: str) -> bool:
    """Whether this is a usual name of a country, or of a capital that is called like nothing else."""
    if not name[:1].isupper():
        return False
    place = territory(calm(name))
    return (place is not None and place.is_country) or calm(name) in gazetteer.unmistakable()


@lru_cache(maxsize=NAMES)
def is_place(name: str) -> bool:
    """Whether a country, a region or a large city has this very name."""
    return is_region(name) or is_country(name) or is_large_city(calm(name)) or name in gazetteer.cities_before_regions()


@lru_cache(maxsize=NAMES)
def is_region(name: str) -> bool:
    """Whether a part of a country has this very name, and it is nothing else."""
    region = territory(name) if name[:1].isupper() else None
    listed = name in gazetteer.regions() and name not in gazetteer.words("mistakable_places.txt")
    return listed or (region is not None and region.wikidata is not None)


@lru_cache(maxsize=NAMES)
def is_region_of_a_country(name: str) -> bool:
    """Whether a region of this name lies in one country; the European Union does not."""
    region = territory(name)
    inside = gazetteer.regions().get(name) or (region.country if region is not None else None)
    return is_region(name) and inside in gazetteer.countries()


@lru_cache(maxsize=NAMES)
def is_anywhere(name: str) -> bool:
    """Whether any place, however small, has this very name."""
    return bool(gazetteer.cities(name)) or name in gazetteer.regions() or is_place(name)


@lru_cache(maxsize=NAMES)
def calm(name: str) -> str:
    return name.title() if name.isupper() and len(name) > LONGEST_ACRONYM else name
