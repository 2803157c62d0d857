"""Groups quotes into utterances: each with all that are variants of one another. Pure.

Two quotes are compared where they share a pair of telling terms that stand near each other, so that the work grows with
the quotes and not with their square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from stores.spread.relation import relation
from stores.spread.utterance import Utterance

# With one telling word put in between, a pair is still found.
_NEAR = 2
# So many quotes that share most pairs are compared with each; a phrase of every day ("last year") is shared by more.
_COMPARED = 8
# Of the quotes that share a pair, the last so many are looked at: what is said at one time comes together.
_LOOKED_AT = 40


def utterances(quotes: Sequence[Utterance]) -> list[tuple[int, ...]]:
    """The places of the quotes, grouped; a quote that nobody else has is a group of its own. In the order of the first.

    Quotes come in the order in which they were seen.
    """
    lying: dict[tuple[str, str], list[int]] = defaultdict(list)
    leads = list(range(len(quotes)))
    for at, said in enumerate(quotes):
        pairs = dict.fromkeys(_pairs(said.telling))
        shared = Counter(chain.from_iterable(lying[pair][-_LOOKED_AT:] for pair in pairs if pair in lying))
        for other, _ in shared.most_common(_COMPARED):
            if _lead(leads, other) != _lead(leads, at) and relation(quotes[other], said) is not None:
                leads[_lead(leads, at)] = _lead(leads, other)
        for pair in pairs:
            lying[pair].append(at)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(quotes)):
        groups[_lead(leads, at)].append(at)
    return sorted(tuple(group) for group in groups.values())


def _pairs(telling: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, term in enumerate(telling):
        for other in telling[at + 1 : at + 1 + _NEAR]:
            yield (term, other) if term < other else (other, term)


def _lead(leads: list[int], at: int) -> int:
    """The first of the group, with the way to it shortened."""
    while leads[at] != at:
        leads[at] = leads[leads[at]]
        at = leads[at]
    return at
