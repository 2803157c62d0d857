"""Ships: what follows USS, or "the frigate", is no person and no town, whatever its name.

Knows prefixes and nouns of ships; nothing of kinds otherwise.
"""

import re
from collections.abc import Iterable, Iterator

from processors.entities.mention import Mention
from processors.entities.occurrences import capitals

_PREFIX = "USS|USNS|USCGC|HMS|HMAS|HMCS|HMNZS|RFA|RMS|SS|MV|MT|INS|BRP|KRI|ROKS|JS|FS|ARA|HDMS|HNoMS|ORP"
_PREFIXES = frozenset(_PREFIX.split("|"))
_PREFIXED = re.compile(rf"\b(?:{_PREFIX}) (?:[A-Z][\w'’.-]+)(?: (?:of|the|de|[A-Z][\w'’-]+|[A-Z]\.))*")
_NOUNS = (
    "carrier|destroyer|frigate|corvette|submarine|warship|battleship|flagship|cruiser|minesweeper|tanker|ferry"
    "|vessel|freighter|trawler|icebreaker|yacht|ship|schooner|steamer|tug"
)
_NOUN = re.compile(rf"\b(?:{_NOUNS}) [\"“'‘]?(?:[A-Z]\w+ )?$")
# Beside other ships: nobody is "the Admiral Kuznetsov" but a carrier.
_THE_TITLED = re.compile(
    r"\b[Tt]he (?:Admiral|Marshal|General|Captain|President|King|Queen|Prince|Princess|Sir|Lady) "
    r"(?:[A-Z][\w'’-]+ )?$"
)
_REACH = 32


def ships(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions with ships as products, prefix and name together."""
    named = list(_prefixed(text))
    afloat = bool(named) or any(noun in text for noun in _NOUNS.split("|"))  # in few texts
    kept = []
    for mention in found:
        if any(mention.start < ship.end and ship.start < mention.end for ship in named):
            continue
        before = text[max(0, mention.start - _REACH) : mention.start] if afloat else ""
        if mention.kind in ("person", "place") and (_NOUN.search(before) or _THE_TITLED.search(before)):
            mention.kind = "product"
        kept.append(mention)
    return sorted([*kept, *named], key=lambda mention: mention.start) if named else kept


def _prefixed(text: str) -> Iterator[Mention]:
    if not capitals(text).keys().isdisjoint(_PREFIXES):
        yield from (Mention(one.start(), one.end(), one.group(), "product") for one in _PREFIXED.finditer(text))
