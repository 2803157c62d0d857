"""Term positions: where wanted terms stand in a list of terms, as a phrase, near each other, or as a prefix.

Knows nothing of fields, queries or articles.
"""

from collections.abc import Iterator, Sequence

Positions = tuple[int, ...]
"""Positions in the list, ascending."""


def term_positions(
    wanted: Sequence[str], terms: Sequence[str], prefix: bool = False, near: int | None = None
) -> Iterator[Positions]:
    """Every match, from the first. `near`: in any order with at most that many other terms between."""
    if near is not None:
        return _near(wanted, terms, near)
    if prefix:
        return ((at,) for at, term in enumerate(terms) if term.startswith(wanted[0]))
    return _in_a_row(list(wanted), terms)


def _in_a_row(wanted: list[str], terms: Sequence[str]) -> Iterator[Positions]:
    first, length = wanted[0], len(wanted)
    for at, term in enumerate(terms):
        if term == first and (length == 1 or list(terms[at : at + length]) == wanted):
            yield tuple(range(at, at + length))


def _near(wanted: Sequence[str], terms: Sequence[str], near: int) -> Iterator[Positions]:
    """Each term stands for a position of its own: `wanted` holds none twice."""
    last: dict[str, int] = {}
    for at, term in enumerate(terms):
        if term not in wanted:
            continue
        last[term] = at
        if len(last) == len(wanted):
            place = tuple(sorted(last.values()))
            if place[-1] - place[0] + 1 - len(wanted) <= near:
                yield place
