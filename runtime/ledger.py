"""Balancing the ledger: pure counting, the same for the local log and for the cluster's outcomes topic."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas.ledger import FETCH

Key = tuple[str, str]
"""(article id, revision)."""
Place = tuple[str, str, str]
"""Where a revision's way stands: (stage, outcome, reason). The outcome is empty where the stage has not handled it."""

ENDED = ""
"""Instead of a stage: the way is ended, and well."""
INDEXED: Place = (ENDED, "", "")
NOT_FETCHED: Place = (FETCH, "", "")
"""No producer has entered it, or its entry is retired: it is in no account."""


@dataclass(frozen=True)
class Balance:
    """fetched = indexed + dropped (by reason) + dead (by reason) + in flight + unaccounted; the last must be empty."""

    fetched: int
    indexed: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    dead: Mapping[str, int] = field(default_factory=dict)
    in_flight: int = 0
    unaccounted: tuple[Key, ...] = ()
    stages: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For each stage, how many ended in which outcome."""

    @property
    def balanced(self) -> bool:
        """Whether every fetched revision has exactly one place in the account."""
        return not self.unaccounted


def is_under_way(place: Place) -> bool:
    """Whether a revision that was fetched has not ended."""
    stage, outcome, _ = place
    return stage not in (ENDED, FETCH) and not outcome


def balance(
    ends: Mapping[Place, int],
    in_flight: Mapping[Key, Place],
    under_way: Iterable[Key],
    stages: Mapping[str, Mapping[str, int]],
) -> Balance:
    """Give each fetched revision its one place.

    `ends`: how many stand where; `in_flight`: where those stand that are on the log before a stage; `under_way`: those
    that have not ended.
    """
    left = Counter(ends)
    flying = {key: place for key, place in in_flight.items() if place != NOT_FETCHED}
    left.subtract(flying.values())
    lost = [key for key in under_way if key not in flying]
    dropped: Counter[str] = Counter()
    dead: Counter[str] = Counter()
    for (stage, outcome, reason), number in left.items():
        if outcome:
            (dead if outcome == "dead" else dropped)[f"{stage}: {reason}"] += number
    return Balance(
        sum(ends.values()), left[INDEXED], dict(+dropped), dict(+dead), len(flying), tuple(sorted(lost)), stages
    )
