"""Evidence for the kind of a name: its own words and those beside it, by the lists of evidence.toml.

Knows single names and their neighbours; nothing of the rest of the article.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from processors.entities import gazetteer
from processors.entities.gazetteer import NAMES
from schemas.article import EntityKind

_FOLDER = Path(__file__).parent / "gazetteers"
_BEFORE = re.compile(r"(?<![^\s\"“”(])([^\s\"“”(]+)\s+(?:the\s+)?$")
_AFTER = re.compile(r"(?:['’]s?)?,?\s+([\w.-]+)")
# Where somebody is; but one may also have trust in a man, and swear him in.
_NO_TRUST = r"(?<!swore )(?<!sworn )(?<!swear )(?<!swears )" + (
    r"(?<!trust )(?<!faith )(?<!confidence )(?<!interest )(?<!believe )(?<!believed )"
)
_IN = re.compile(rf"{_NO_TRUST}\b(?:in|In|near|Near) $")
_THERE = re.compile(
    _NO_TRUST + r"\b(?:left|leave|leaving|fled|flee|entered|reached|retook|besieged|shelled|bombed|evacuated"
    r"|[Ii]n|[Nn]ear|[Ii]nside|[Oo]utside|[Tt]hrough(?:out)?|[Aa]cross|[Aa]round|[Ii]nto|[Tt]owards?) (?:the )?$"
)
_PLACE_OF = re.compile(
    r"\b(?:port|city|town|village|island|state|province|capital|district|region|county|suburb|municipality) of $"
)
_APPOSED = re.compile(r"([^\W\d_]+), $")
# Far enough for the longest listed word with an article between.
_REACH = 24


@cache
def _words(position: str) -> dict[str, EntityKind]:
    table = tomllib.loads((_FOLDER / "evidence.toml").read_text(encoding="utf8"))[position]
    return {word: cast(EntityKind, kind) for kind, words in table.items() for word in words}


def no_names() -> frozenset[str]:
    """Capitalised words that name nobody by themselves."""
    return gazetteer.words("no_names.txt")


@lru_cache(maxsize=NAMES)
def own_words(name: str) -> EntityKind | None:
    """The kind that the name's own last or first word decides; None for most names."""
    first, _, rest = name.partition(" ")
    if not rest:
        return None
    last = rest.rsplit(" ", 1)[-1].rstrip(".")
    return _words("last").get(last) or _words("first").get(first)


def is_there(text: str, start: int) -> bool:
    """Whether the word before text[start:] says that something is or goes there."""
    return _THERE.search(text[max(0, start - _REACH) : start]) is not None


def neighbours(text: str, start: int, end: int) -> list[EntityKind]:
    """The kinds that the word before and the word after text[start:end] speak for."""
    found: list[EntityKind] = []
    line = text[max(0, start - _REACH) : start]
    before = _BEFORE.search(line)
    if before and (kind := _words("before").get(before[1]) or _words("before").get(before[1].lower())):
        # "chip maker Corvida", "in Ellery": these tell more than a model's guess
        found += [kind] * (3 if kind == "organisation" else 2 if _IN.search(line) else 1)
    if before and before[1] == "of" and _PLACE_OF.search(line):
        found += ["place", "place"]
    title = _APPOSED.search(line) if before and before[1][-1] == "," and " " in text[start:end] else None
    if title and title[1].lower() in gazetteer.words("titles.txt"):
        found += ["person", "person"]  # "the mayor, Ute Frank" tells more than a model's guess
    after = told_behind(text, end)
    return found if after is None else [*found, after]


def told_behind(text: str, end: int) -> EntityKind | None:
    """The kind that the word behind a name speaks for."""
    after = _AFTER.match(text, end, end + _REACH)
    return _words("after").get(after[1].rstrip(".")) if after else None
