"""How the terms of two quotes lie beside each other: runs, stretches, order. Pure; knows no speakers and no rule."""

from collections.abc import Sequence, Set

# Found within a stretch so many times as long: a page of text has all words somewhere.
_STRETCH = 2


def longest_run(short: Sequence[str], long: Sequence[str], telling: Set[str]) -> tuple[str, ...]:
    """The longest run of terms that both have, of those that hold one of the terms `telling`: other runs say nothing,
    and there are many.
    """
    places: dict[str, list[int]] = {}
    for at, term in enumerate(long):
        if term in telling:
            places.setdefault(term, []).append(at)
    best = (0, 0)
    seen: dict[int, int] = {}  # of each shift between the two, up to where
    for at, term in enumerate(short):
        for place in places.get(term, ()):
            shift = place - at
            if at >= seen.get(shift, 0):
                start, end = _grown(short, long, at, shift)
                seen[shift] = end
                if end - start > best[0]:
                    best = end - start, end
    length, end = best
    return tuple(short[end - length : end])


def _grown(short: Sequence[str], long: Sequence[str], at: int, shift: int) -> tuple[int, int]:
    """From where to where in the shorter one both have the same terms around a place."""
    start, end = at, at + 1
    while start > 0 and start + shift > 0 and short[start - 1] == long[start - 1 + shift]:
        start -= 1
    while end < len(short) and end + shift < len(long) and short[end] == long[end + shift]:
        end += 1
    return start, end


def nearest(short: Sequence[str], long: Sequence[str]) -> int:
    """How many of the shorter one's terms stand in one stretch of the longer one, at most."""
    wanted = set(short)
    width = _width(short)
    hits = [(at, term) for at, term in enumerate(long) if term in wanted]
    most = 0
    for number, (start, _) in enumerate(hits):
        found = {term for at, term in hits[number : number + width] if at < start + width}
        most = max(most, len(found))
    return most


def in_order(short: Sequence[str], long: Sequence[str]) -> int:
    """The same for terms that stand in the same order in both."""
    width = _width(short)
    if len(long) > width:
        wanted = set(short)
        starts = [at for at, term in enumerate(long) if term in wanted]
        return max((in_order(short, long[at : at + width]) for at in starts), default=0)
    row = [0] * (len(long) + 1)
    for term in short:
        before = 0
        for at, known in enumerate(long, start=1):
            above = row[at]
            row[at] = before + 1 if term == known else max(above, row[at - 1])
            before = above
    return row[-1]


def _width(short: Sequence[str]) -> int:
    return len(short) * _STRETCH + 2
