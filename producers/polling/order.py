"""Which end of a feed's document is the new one: mostly its beginning, but some go on growing at their end. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from producers.parse import Entry

_NUMBER = re.compile(r"(\d{1,18})\D*$")


def newest_first(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, the newest first: by their dates, or where they have none, by the numbers in guids and links."""
    return list(reversed(entries)) if _oldest_first(entries) else entries


def ends(entries: Sequence[Entry], most: int) -> list[Entry]:
    """At most so many entries, in their order: the newest where it is known which those are, else some of each end."""
    if len(entries) <= most:
        return list(entries)
    if _rises(entries):
        return list(entries[:most])
    return [*entries[: most - most // 2], *entries[len(entries) - most // 2 :]]


def _oldest_first(entries: Sequence[Entry]) -> bool:
    return sum(_steps(next(_measures(entries), ()))) < 0


def _rises(entries: Sequence[Entry]) -> bool:
    """Whether the order of newest_first is known, and not only supposed."""
    return sum(_steps(next(_measures(entries), ()))) > 0


def _measures(entries: Sequence[Entry]) -> Iterator[Sequence[float]]:
    """What tells the entries' order, the best first: most of them must have it."""
    readings: tuple[Callable[[Entry], float | None], ...] = (_date, _guid, _link)
    for read in readings:
        values = [value for entry in entries if (value := read(entry)) is not None]
        if 2 * len(values) > len(entries) and _clear(values):
            yield values


def _date(entry: Entry) -> float | None:
    moment = entry.published or entry.updated
    return moment.timestamp() if moment else None


def _guid(entry: Entry) -> float | None:
    return float(found[1]) if (found := _NUMBER.search(entry.guid or "")) else None


def _link(entry: Entry) -> float | None:
    return float(found[1]) if (found := _NUMBER.search(entry.link or "")) else None


def _steps(values: Sequence[float]) -> list[int]:
    """+1 for each step down to an older entry, -1 for each step up."""
    return [(one > other) - (one < other) for one, other in pairwise(values)]


def _clear(values: Sequence[float]) -> bool:
    """Whether nine of ten steps go one way: entries that were put in by hand, or pinned, are few."""
    steps = _steps(values)
    moved = sum(map(abs, steps))
    return moved > 0 and abs(sum(steps)) >= 0.8 * moved
