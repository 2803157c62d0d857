"""What an article must have for a query to be worth judging: the fewest and rarest things it cannot do without.

A key never decides, it only excludes: an article that meets a tree has at least one of the tree's keys. Knows
trees, not articles.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from stores.query.fields import ANY, ARTICLE, Kind
from stores.query.tree import And, InQuote, Keyword, Node, Or, Words


class Space(Enum):
    """Where a key is looked for."""

    TEXT = "terms of title and text, and pairs of neighbours"
    NAME = "terms of names and speakers, and pairs of neighbours"
    SAID = "terms of quotes, and pairs of neighbours"
    TEXT_BEGINNING = "beginnings of terms of title and text"
    NAME_BEGINNING = "beginnings of terms of names and speakers"
    SAID_BEGINNING = "beginnings of terms of quotes"
    KEYWORD = "field:value"


class Key(NamedTuple):
    """One thing that an article may have."""

    space: Space
    value: str


Frequency = Mapping[str, int]
"""How many queries speak of a term: what many ask for stands in many articles."""

# A pair of neighbours is rarer than either by about this factor; a beginning stands for many words.
_PAIR_RARITY, _BEGINNING_COST = 1 / 100, 20
_BEGINNING = {
    Space.TEXT: Space.TEXT_BEGINNING,
    Space.NAME: Space.NAME_BEGINNING,
    Space.SAID: Space.SAID_BEGINNING,
}


class Choice(NamedTuple):
    """Keys of which one must be there, and how many articles that lets through, relatively."""

    keys: tuple[Key, ...]
    cost: float


def keys_of(root: Node, frequency: Frequency) -> tuple[Key, ...] | None:
    """The keys of a tree; None where it may be met by an article with nothing in particular."""
    choice = _choice(root, frequency, in_quote=False)
    return choice.keys if choice else None


def _choice(node: Node, frequency: Frequency, in_quote: bool) -> Choice | None:
    match node:
        case Words():
            return _together(_words(node, space, frequency) for space in _spaces(node.field, in_quote))
        case And(parts):
            choices = [choice for part in parts if (choice := _choice(part, frequency, in_quote))]
            return min(choices, key=lambda choice: choice.cost, default=None)
        case Or(parts):
            return _together(_choice(part, frequency, in_quote) for part in parts)
        case InQuote(part):
            return _choice(part, frequency, in_quote=True)
        case Keyword(field, value, False) if not in_quote:
            return Choice((Key(Space.KEYWORD, f"{field}:{value}"),), 10)
        case _:
            return None


def _together(choices: Iterable[Choice | None]) -> Choice | None:
    """Any of several will do: all their keys, unless one has none."""
    found = list(choices)
    if any(choice is None for choice in found):
        return None
    keys = dict.fromkeys(key for choice in found if choice for key in choice.keys)
    return Choice(tuple(keys), sum(choice.cost for choice in found if choice))


def _spaces(field: str, in_quote: bool) -> tuple[Space, ...]:
    if field == ANY:
        return (Space.TEXT, Space.NAME)
    if in_quote:
        return (Space.SAID,) if field == "text" else (Space.NAME,)
    return (Space.TEXT,) if ARTICLE[field].kind is Kind.TEXT else (Space.NAME,)


def _words(node: Words, space: Space, frequency: Frequency) -> Choice:
    terms = node.names if space is Space.NAME else node.stems
    if node.prefix:
        return Choice((Key(_BEGINNING[space], terms[0]),), _BEGINNING_COST)
    singles = [(float(frequency.get(term, 1)), term) for term in terms]
    if node.near is not None or len(terms) == 1:
        cost, value = min(singles, key=lambda single: (single[0], -len(single[1])))
        return Choice((Key(space, value),), cost)
    pairs = [(min(a, b) * _PAIR_RARITY, f"{one} {other}") for (a, one), (b, other) in pairwise(singles)]
    cost, value = min(pairs)
    return Choice((Key(space, value),), cost)
