"""What happens when: faults and changes, all of it decided by the seed before anything runs. Pure."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Seconds: the wire is undisturbed for so long at the beginning, and from one act to the next.
QUIET_START = 4.0
BETWEEN_FAULTS, BETWEEN_CHANGES = (2.0, 9.0), (1.0, 5.0)
# How long a fault lasts. SQLite waits 5 s for a lock, a Kafka group 8 s for its member: some shorter, some longer.
LASTS = (0.5, 12.0)

CHANGES = ("add", "edit", "pause", "resume", "rename", "remove", "forget", "poison")
"""What people ask for meanwhile."""


@dataclass(frozen=True)
class Act:
    """One of them: `at` and `seconds` from the beginning of the run; `number` decides what is left to chance."""

    at: float
    what: str
    seconds: float
    number: int

    def __str__(self) -> str:
        lasting = f" for {self.seconds:.1f} s" if self.seconds else ""
        return f"{self.at:6.1f} s  {self.what}{lasting}"


def schedule(seed: int, seconds: float, faults: Sequence[str]) -> list[Act]:
    """The acts of a run in the order of time; every fault has ended when its `seconds` are over."""
    chance = random.Random(seed)
    disturbing = list(_acts(chance, seconds, faults, BETWEEN_FAULTS, LASTS))
    changing = list(_acts(chance, seconds, CHANGES, BETWEEN_CHANGES, (0.0, 0.0)))
    return sorted([*disturbing, *changing], key=lambda act: act.at)


def _acts(
    chance: random.Random,
    seconds: float,
    kinds: Sequence[str],
    between: tuple[float, float],
    lasts: tuple[float, float],
) -> Iterator[Act]:
    at = QUIET_START
    for what in _each_in_turn(chance, kinds):
        lasting = chance.uniform(*lasts)
        if at + lasting > seconds:
            return
        yield Act(at, what, lasting, chance.randrange(2**32))
        at += chance.uniform(*between)


def _each_in_turn(chance: random.Random, kinds: Sequence[str]) -> Iterator[str]:
    """All of them in an order of chance, again and again: a short run has each kind as well."""
    while kinds:
        yield from chance.sample(kinds, len(kinds))
