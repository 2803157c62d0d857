"""Makes one quote of what several rules found in one place.

Knows token ranges and quotations; not why something was found.
"""

from collections.abc import Iterable
from dataclasses import replace

from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Said


def join(reading: Reading, found: Iterable[Said]) -> list[Said]:
    """Widened to the quotations they touch; of two that overlap the wider stays, with its own cue."""
    widened = sorted((_widen(reading, said) for said in found), key=lambda said: (said.start, -said.end))
    joined: list[Said] = []
    for said in widened:
        if joined and said.start < joined[-1].end:
            joined[-1].end = max(joined[-1].end, said.end)
        else:
            joined.append(said)
    return joined


def _widen(reading: Reading, said: Said) -> Said:
    start, end, inside = said.start, said.end, reading.quotation
    while start > 0 and inside[start] != OUTSIDE and inside[start - 1] == inside[start]:
        start -= 1
    while end < len(reading) and inside[end - 1] != OUTSIDE and inside[end] == inside[end - 1]:
        end += 1
    return replace(said, start=start, end=end)
