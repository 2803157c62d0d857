"""One labelling out of several: spans win by the weight of the teachers that support them.

Support for a span is whole for the very span and label, half for an overlap with its label, three tenths for
the span with another label. Knows no model.
"""

from collections.abc import Sequence

from training.labelled import Marked

_OVERLAP, _OTHER_LABEL = 0.5, 0.3
_VOTED = frozenset({"PER", "ORG", "LOC"})


def vote(teachers: Sequence[tuple[float, Sequence[Marked]]], threshold: float) -> list[Marked]:
    """The best supported spans at or above `threshold`, in order, none overlapping.

    Persons, organisations and places are voted on; other labels come from the first teacher that has them
    where nothing else stands.
    """
    voted = [(weight, [one for one in marked if one[2] in _VOTED]) for weight, marked in teachers]
    candidates = {one for _, marked in voted for one in marked}
    support = {one: sum(weight * _agreement(one, marked) for weight, marked in voted) for one in candidates}
    chosen: list[Marked] = []
    for one in sorted(candidates, key=lambda one: (-support[one], one[0] - one[1], one)):
        if support[one] >= threshold and not any(_overlap(one, other) for other in chosen):
            chosen.append(one)
    for _, marked in teachers:
        rest = (one for one in marked if one[2] not in _VOTED)
        chosen.extend([one for one in rest if not any(_overlap(one, other) for other in chosen)])
    return sorted(chosen)


def _agreement(one: Marked, marked: Sequence[Marked]) -> float:
    best = 0.0
    for other in marked:
        if other == one:
            return 1.0
        if other[:2] == one[:2]:
            best = max(best, _OTHER_LABEL)
        elif other[2] == one[2] and _overlap(one, other):
            best = max(best, _OVERLAP)
    return best


def _overlap(one: Marked, other: Marked) -> bool:
    return one[0] < other[1] and other[0] < one[1]
