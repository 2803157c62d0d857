"""Cut the territory file that ships from rigour: `python cut_territories.py OUT.tsv.gz`, needs rigour 2.6 installed.

rigour itself is no dependency: it needs a C++ library that a machine with Python alone does not have. It is MIT,
copyright OpenSanctions Datenbanken GmbH; the attribution travels in the file's first line.
"""

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator

from rigour.territories import get_territories, lookup_territory
from rigour.territories.lookup import _load_territory_names
from rigour.territories.territory import Territory

from processors.entities.folding import key

ATTRIBUTION = (
    "# Territories cut from rigour (https://github.com/opensanctions/rigour), MIT License, Copyright (c) 2023-2025 "
    "OpenSanctions Datenbanken GmbH: codes, Wikidata ids, and every name in Latin script under which each is known.\n"
    "# code\tcountry\twikidata\tname\tits own other names\tkeys that lead to it\n"
)


def rows() -> Iterator[str]:
    """A line for each territory, in the order of the codes."""
    every = sorted(get_territories(), key=lambda territory: territory.code)
    names = {one.code: [*strong, *weak, *places] for one, strong, weak, places in _load_territory_names()}
    keys: dict[str, set[str]] = defaultdict(set)
    for form in sorted({form for territory in every for form in _forms(territory, names[territory.code])}):
        found = lookup_territory(form)
        if found is not None and key(form).isascii():
            keys[found.code].add(key(form))
    for territory in every:
        own = sorted({territory.full_name, territory.in_sentence} - {territory.name, None})
        country = "yes" if territory.is_country else "no"
        yield "\t".join(
            (
                territory.code,
                country,
                territory.qid,
                territory.name,
                "|".join(own),
                "|".join(sorted(keys[territory.code])),
            )
        )


def _forms(territory: Territory, names: list[str]) -> Iterator[str]:
    """Every text that might lead to it, its codes among them."""
    yield from (territory.code, territory.name, territory.full_name, territory.in_sentence)
    yield from filter(None, (territory.alpha3, *territory.other_codes, *names))


if __name__ == "__main__":
    content = ATTRIBUTION + "".join(f"{row}\n" for row in rows())
    # no time stamp: the same cut gives the same bytes
    with open(sys.argv[1], "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        packed.write(content.encode())
