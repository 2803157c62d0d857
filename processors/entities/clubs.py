"""Clubs: where sport is spoken of, Bayern Munich is no town.

Knows cities and words of sport; nothing of kinds otherwise.
"""

import re
from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.mention import Mention
from processors.entities.place_names import is_country, is_place
from processors.entities.repeats import is_large_city
from processors.entities.territories import territory

_RESULT = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")


def clubs(text: str, found: Iterable[Mention]) -> None:
    """A listed club is one; so is, where sport is spoken of, a city with a name beside it that is no place."""
    for mention in found:
        if mention.text in gazetteer.words("clubs.txt"):
            mention.kind = "organisation"
    if not (_RESULT.search(text) and gazetteer.sport_words().search(text)):
        return
    for mention in found:
        first, _, rest = mention.text.partition(" ")
        last = rest.rpartition(" ")[2]
        with_city = is_large_city(first) or (is_large_city(last) and first not in gazetteer.words("sides.txt"))
        if mention.kind == "place" and rest and with_city and not _is_known_place(mention.text):
            mention.kind = "organisation"


def _is_known_place(name: str) -> bool:
    return name in gazetteer.cities() or is_place(name) or is_country(name) or territory(name) is not None
