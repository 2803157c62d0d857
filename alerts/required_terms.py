"""Required terms: which look-up keys an article must have before it can meet a query (docs/matching.md).

A key is a word, a pair of neighbouring words, the beginning of a word or a field's value, in text, names or quotes. An
article's keys are looked up, so that of a hundred thousand queries only those few are evaluated one by one whose
required terms the article has. For simple queries the keys decide alone. Knows query trees, not articles.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

from stores.query.field import Kind
from stores.query.fields import ANY, ARTICLE, IN_QUOTE, NAMES_IN_NAME
from stores.query.tree import And, Everything, InQuote, Keyword, Node, Not, Or, Words


class Space(Enum):
    """Where a key is looked for."""

    TEXT = "terms of title and text, and pairs of neighbours"
    NAME = "terms of names, and pairs of neighbours"
    OTHER_TEXT = "terms of quotes and of running text that is neither title nor text, and pairs of neighbours"
    OTHER_NAME = "terms of speakers and of other names that `name` does not hold, and pairs of neighbours"
    TEXT_BEGINNING = "beginnings of terms of title and text"
    NAME_BEGINNING = "beginnings of terms of names"
    OTHER_TEXT_BEGINNING = "beginnings of the terms of OTHER_TEXT"
    OTHER_NAME_BEGINNING = "beginnings of the terms of OTHER_NAME"
    OWN_TEXT = "terms of TEXT in the article's own language, if that has an analyser, and pairs of neighbours"
    OWN_OTHER_TEXT = "terms of OTHER_TEXT likewise"
    KEYWORD = "field:value"

    # Each is there once, and dictionaries by space are asked several times for every key of every query.
    __hash__ = object.__hash__


_BEGINNING = {
    Space.TEXT: Space.TEXT_BEGINNING,
    Space.NAME: Space.NAME_BEGINNING,
    Space.OTHER_NAME: Space.OTHER_NAME_BEGINNING,
    Space.OTHER_TEXT: Space.OTHER_TEXT_BEGINNING,
}
# Apart, so that articles in English are looked up among the terms of English alone.
_OWN = {Space.TEXT: Space.OWN_TEXT, Space.OTHER_TEXT: Space.OWN_OTHER_TEXT}
BEGINNINGS = frozenset(_BEGINNING.values())
OWN_SPACES = frozenset(_OWN.values())


Key = tuple[Space, str]
"""One thing that an article may have, and where it is looked for."""


class AnyOf(NamedTuple):
    """Keys of which an article must have at least one. `cost`: how many articles do, relative to other groups."""

    keys: tuple[Key, ...]
    cost: float


class RequiredTerms(NamedTuple):
    """An article that meets the tree has a key of every group. Where `complete`, the reverse is true too, but only for
    an article with none of the `doubts`: the keys of what stands behind a NOT."""

    groups: tuple[AnyOf, ...] = ()
    doubts: tuple[Key, ...] = ()
    complete: bool = False


NOTHING_KNOWN = RequiredTerms()
"""No key decides anything: such a query is evaluated on every article."""

Frequency = Mapping[str, int]
"""How many queries speak of a word or of a pair: what many ask for stands in many articles."""

# A pair of neighbours is about this much rarer than a word; a beginning and a field's value stand in many articles.
_PAIR_COST, _BEGINNING_COST, _VALUE_COST = 1 / 100, 20.0, 100.0


def frequency(roots: Iterable[Node]) -> Counter[str]:
    """In how many leaves of these trees each word and each pair stands."""
    return Counter(value for root in roots for leaf in _leaves(root) for value in {*leaf.stems, *_pairs(leaf.stems)})


def required_terms(node: Node, frequency: Frequency, in_quote: bool = False) -> RequiredTerms:
    """What a tree requires of an article; inside quotes:(…), of one of its quotes."""
    match node:
        case Words():
            return _words(node, _spaces(node.field, in_quote), frequency)
        case And(parts):
            return _all([required_terms(part, frequency, in_quote) for part in parts])
        case Or(parts):
            return _any([required_terms(part, frequency, in_quote) for part in parts])
        case Not(part):
            return _not(required_terms(part, frequency, in_quote))
        case InQuote(part):
            return required_terms(part, frequency, in_quote=True)._replace(doubts=(), complete=False)
        case Keyword(field, value, False) if not in_quote:
            return RequiredTerms((AnyOf(((Space.KEYWORD, f"{field}:{value}"),), _VALUE_COST),), complete=True)
        case Everything():
            return RequiredTerms(complete=True)
        case _:
            return NOTHING_KNOWN


def _all(parts: list[RequiredTerms]) -> RequiredTerms:
    groups = tuple(group for part in parts for group in part.groups)
    doubts = tuple(key for part in parts for key in part.doubts)
    return RequiredTerms(groups, doubts, all(part.complete for part in parts))


def _any(parts: list[RequiredTerms]) -> RequiredTerms:
    """One part is enough: one key of the rarest group of any of them."""
    best, complete = [], True
    for groups, doubts, is_complete in parts:
        if not groups:
            return NOTHING_KNOWN
        best.append(min(groups, key=_by_cost))
        complete = complete and is_complete and len(groups) == 1 and not doubts
    keys = tuple(dict.fromkeys(chain.from_iterable([group.keys for group in best])))
    return RequiredTerms((AnyOf(keys, sum([group.cost for group in best])),), complete=complete)


def _not(part: RequiredTerms) -> RequiredTerms:
    """An article with no key of one group does not meet the part, so it meets NOT part; any other is in doubt."""
    if not part.groups:
        return NOTHING_KNOWN
    return RequiredTerms(doubts=min(part.groups, key=_by_cost).keys, complete=True)


_by_cost = attrgetter("cost")


def rarest(groups: Iterable[AnyOf]) -> list[AnyOf]:
    """The groups in order of cost: the one that fewest articles pass comes first."""
    return sorted(groups, key=_by_cost)


def _spaces(field: str, in_quote: bool) -> tuple[Space, ...]:
    if field == ANY:
        return (Space.TEXT, Space.NAME)
    known = IN_QUOTE[field] if in_quote else ARTICLE[field]
    if known.kind is Kind.TEXT:
        return (Space.TEXT,) if known.in_any else (Space.OTHER_TEXT,)
    return (Space.NAME,) if known in NAMES_IN_NAME else (Space.OTHER_NAME,)


def _words(node: Words, spaces: tuple[Space, ...], frequency: Frequency) -> RequiredTerms:
    if node.prefix:
        keys = tuple([(_BEGINNING[space], _terms(node, space)[0]) for space in spaces])
        return RequiredTerms((AnyOf(keys, _BEGINNING_COST),))
    # in languages with an analyser of their own: in running text alone, which is the first space
    own = _OWN.get(spaces[0], spaces[0])
    if node.near is not None:  # in running text alone, and in no order
        ways = [node.stems, *[one.marked for one in node.own]]
        return RequiredTerms(_groups([spaces[0], *[own] * len(node.own)], ways, frequency))
    ways = [_values(_terms(node, space)) for space in spaces]
    ways += [_values(one.marked) for one in node.own]
    groups = _groups([*spaces, *[own] * len(node.own)], ways, frequency)
    return RequiredTerms(groups, complete=node.field == ANY and set(map(len, ways)) == {1})


def _groups(spaces: Sequence[Space], ways: Sequence[tuple[str, ...]], frequency: Frequency) -> tuple[AnyOf, ...]:
    """Whichever way the words stand there, the article has a key of every group. What a longer way has more, is left
    out (characters taken by two are one fewer)."""
    return tuple(
        [
            AnyOf(tuple(zip(spaces, alternatives, strict=True)), _cost(alternatives[0], frequency))
            for alternatives in zip(*ways, strict=False)
        ]
    )


def _terms(node: Words, space: Space) -> tuple[str, ...]:
    return node.names if space is Space.NAME or space is Space.OTHER_NAME else node.stems


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
