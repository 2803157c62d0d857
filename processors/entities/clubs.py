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

_BEATS = re.compile(
    r" (?:beat|beats|thrash\w*|edged?|drew|draw|lost|lose|defeat\w*|crush\w*|overc[ao]me|held|stun\w*)\b"
)
_BEATEN = re.compile(r"\b(?:beat|beats|thrashed|edged|defeated|crushed|held|stunned|over|to|with|against|by) $")
_REACH = 16
_RESULT = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")


def clubs(text: str, found: Iterable[Mention]) -> None:
    """A listed club is one; so is, where sport is spoken of, a city with a name beside it that is no place."""
    for mention in found:
        if mention.text in gazetteer.words("clubs.txt"):
            mention.kind = "organisation"
    likely = [mention for mention in found if mention.kind == "place" and not is_country(mention.text)]
    if likely and _RESULT.search(text) and gazetteer.sport_words().search(text):
        for mention in likely:
            if _plays(text, mention) or _may_be_a_club(mention.text):
                mention.kind = "organisation"


def _plays(text: str, mention: Mention) -> bool:
    """Whether a town beats another or is beaten, the result in the same sentence: "Crystal Palace beat Leeds 3-1"."""
    end = text.find(". ", mention.end)
    sentence = text[mention.end : end if end >= 0 else len(text)]
    does = _BEATS.match(sentence) and _RESULT.search(sentence)
    beaten = _BEATEN.search(text[max(0, mention.start - _REACH) : mention.start]) and _RESULT.match(sentence.lstrip())
    return bool(does or beaten)


def _may_be_a_club(name: str) -> bool:
    first, _, rest = name.partition(" ")
    if not rest or _is_known_place(name):
        return False
    last = rest.rpartition(" ")[2]
    return is_large_city(first) or (is_large_city(last) and first not in gazetteer.words("sides.txt"))


def _is_known_place(name: str) -> bool:
    return bool(gazetteer.cities(name)) or is_place(name) or is_country(name) or territory(name) is not None
