"""Balancing the ledger: pure counting, the same for the local log and for the cluster's outcomes topic."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.ledger import FETCH, OutcomeRow
from schemas.stage import Stage

Key = tuple[str, str]
"""(article id, revision)."""


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


def balance(rows: Mapping[Key, Mapping[str, OutcomeRow]], in_flight: Container[Key], way: Sequence[Stage]) -> Balance:
    """Give each fetched revision its one place. `rows`: its outcomes by stage; `way`: Topology.way."""
    indexed = flying = 0
    dropped: Counter[str] = Counter()
    dead: Counter[str] = Counter()
    lost: list[Key] = []
    for key, outcomes in rows.items():
        end = _end(outcomes, way)
        if key in in_flight:
            flying += 1
        elif end is None:
            lost.append(key)
        elif end.outcome == "done":
            indexed += 1
        else:
            (dead if end.outcome == "dead" else dropped)[f"{end.stage}: {end.reason}"] += 1
    return Balance(len(rows), indexed, dict(dropped), dict(dead), flying, tuple(sorted(lost)), _by_stage(rows))


def _end(outcomes: Mapping[str, OutcomeRow], way: Sequence[Stage]) -> OutcomeRow | None:
    """The outcome with which this revision's way ended, or None where it has not ended."""
    arrival = outcomes.get(FETCH)
    if arrival is not None and arrival.outcome != "done":  # it was not let in
        return arrival
    row: OutcomeRow | None = None
    for stage in way:
        row = outcomes.get(stage.name)
        if row is None or row.outcome != "done":
            return row
    return row


def _by_stage(rows: Mapping[Key, Mapping[str, OutcomeRow]]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for outcomes in rows.values():
        for stage, row in outcomes.items():
            counts.setdefault(stage, Counter())[row.outcome] += 1
    return {stage: dict(count) for stage, count in counts.items()}
