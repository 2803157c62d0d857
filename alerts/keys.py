"""What an article must have for a query to be worth judging, and where that already decides.

A query needs things: a word or two neighbours in text, in names, in quotes. They are found by look-up, so of a
hundred thousand queries only those few are judged one by one whose needs an article meets. Knows trees, not
articles.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from stores.query.fields import ANY, ARTICLE, Kind
from stores.query.tree import And, Everything, InQuote, Keyword, Node, Not, Or, Words


class Space(Enum):
    """Where a key is looked for."""

    TEXT = "terms of title and text, and pairs of neighbours"
    NAME = "terms of names, and pairs of neighbours"
    SPEAKER = "terms of speakers' names, and pairs of neighbours"
    SAID = "terms of quotes, and pairs of neighbours"
    TEXT_BEGINNING = "beginnings of terms of title and text"
    NAME_BEGINNING = "beginnings of terms of names"
    SPEAKER_BEGINNING = "beginnings of terms of speakers' names"
    SAID_BEGINNING = "beginnings of terms of quotes"
    KEYWORD = "field:value"


_BEGINNING = {
    Space.TEXT: Space.TEXT_BEGINNING,
    Space.NAME: Space.NAME_BEGINNING,
    Space.SPEAKER: Space.SPEAKER_BEGINNING,
    Space.SAID: Space.SAID_BEGINNING,
}
BEGINNINGS = frozenset(_BEGINNING.values())


class Key(NamedTuple):
    """One thing that an article may have."""

    space: Space
    value: str


class Group(NamedTuple):
    """Keys of which an article must have one, and how many articles do, relatively."""

    keys: tuple[Key, ...]
    cost: float


class Needs(NamedTuple):
    """An article that meets the tree has a key of every group. Where `complete`, the reverse holds too for an
    article that has none of the `doubts`."""

    groups: tuple[Group, ...] = ()
    doubts: tuple[Key, ...] = ()
    complete: bool = False


NOTHING_KNOWN = Needs()

Frequency = Mapping[str, int]
"""How many queries speak of a word or of a pair: what many ask for stands in many articles."""

# A pair of neighbours is about this much rarer than a word; a beginning and a field's value stand in many articles.
_PAIR_COST, _BEGINNING_COST, _VALUE_COST = 1 / 100, 20.0, 100.0


def frequency(roots: Iterable[Node]) -> Counter[str]:
    """The frequency of words and pairs in these trees."""
    return Counter(value for root in roots for leaf in _leaves(root) for value in {*leaf.stems, *_pairs(leaf.stems)})


def needs(node: Node, frequency: Frequency, in_quote: bool = False) -> Needs:
    """What a tree needs of an article; inside quotes:(…), of one of its quotes."""
    match node:
        case Words():
            return _words(node, _spaces(node.field, in_quote), frequency)
        case And(parts):
            return _all([needs(part, frequency, in_quote) for part in parts])
        case Or(parts):
            return _any([needs(part, frequency, in_quote) for part in parts])
        case Not(part):
            return _not(needs(part, frequency, in_quote))
        case InQuote(part):
            return needs(part, frequency, in_quote=True)._replace(doubts=(), complete=False)
        case Keyword(field, value, False) if not in_quote:
            return Needs((Group((Key(Space.KEYWORD, f"{field}:{value}"),), _VALUE_COST),), complete=True)
        case Everything():
            return Needs(complete=True)
        case _:
            return NOTHING_KNOWN


def _all(parts: list[Needs]) -> Needs:
    groups = tuple(group for part in parts for group in part.groups)
    doubts = tuple(key for part in parts for key in part.doubts)
    return Needs(groups, doubts, all(part.complete for part in parts))


def _any(parts: list[Needs]) -> Needs:
    """Any of them will do: one key of the rarest group of each."""
    if not all(part.groups for part in parts):
        return NOTHING_KNOWN
    best = [rarest(part.groups)[0] for part in parts]
    keys = tuple(dict.fromkeys(key for group in best for key in group.keys))
    complete = all(part.complete and len(part.groups) == 1 and not part.doubts for part in parts)
    return Needs((Group(keys, sum(group.cost for group in best)),), complete=complete)


def _not(part: Needs) -> Needs:
    """Without a key of one group the part is not met, and so its opposite is."""
    if not part.groups:
        return NOTHING_KNOWN
    return Needs(doubts=rarest(part.groups)[0].keys, complete=True)


def rarest(groups: Iterable[Group]) -> list[Group]:
    """Groups, the one that lets fewest through first."""
    return sorted(groups, key=lambda group: group.cost)


def _spaces(field: str, in_quote: bool) -> tuple[Space, ...]:
    if field == ANY:
        return (Space.TEXT, Space.NAME)
    if field == "speaker":
        return (Space.SPEAKER,)
    if in_quote:
        return (Space.SAID,)
    return (Space.TEXT,) if ARTICLE[field].kind is Kind.TEXT else (Space.NAME,)


def _words(node: Words, spaces: tuple[Space, ...], frequency: Frequency) -> Needs:
    if node.prefix:
        keys = tuple(Key(_BEGINNING[space], _terms(node, space)[0]) for space in spaces)
        return Needs((Group(keys, _BEGINNING_COST),))
    if node.near is not None:  # in running text alone, and in no order
        groups = [Group((Key(spaces[0], stem),), _cost(stem, frequency)) for stem in node.stems]
        return Needs(tuple(groups))
    values = zip(*(_values(_terms(node, space)) for space in spaces), strict=True)
    groups = [
        Group(tuple(map(Key, spaces, alternatives)), _cost(alternatives[0], frequency)) for alternatives in values
    ]
    return Needs(tuple(groups), complete=node.field == ANY and len(node.stems) <= 2)


def _terms(node: Words, space: Space) -> tuple[str, ...]:
    return node.names if space in (Space.NAME, Space.SPEAKER) else node.stems


def _values(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_pairs(terms)) if len(terms) > 1 else terms


def _pairs(terms: Iterable[str]) -> Iterator[str]:
    return map(" ".join, pairwise(terms))


def _cost(value: str, frequency: Frequency) -> float:
    """Of words that no query is known to share, the longer one is the rarer."""
    cost = frequency.get(value, 1) + 1 / (1 + len(value))
    return cost * _PAIR_COST if " " in value else cost


def _leaves(node: Node) -> Iterator[Words]:
    match node:
        case Words():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part) | InQuote(part):
            yield from _leaves(part)
