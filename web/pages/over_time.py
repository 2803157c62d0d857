"""A histogram as SVG has it: a column for each hour, day or month."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.answers import Bar, Summary

HEIGHT = 60
"""Of the tallest column, in units of the picture."""
WIDTH = 10
"""Of a column with the gap behind it."""
# As short as a query writes it: the name of an hour, a day or a month is the whole of it.
_NAMES = {"hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d", "month": "%Y-%m"}


@dataclass(frozen=True, slots=True)
class Column:
    """One bar as it is drawn."""

    name: str
    """Its stretch of time, as `since` and `until` take it."""
    count: int
    x: int
    y: int
    height: int


def columns(summary: Summary) -> Sequence[Column]:
    """The bars of a histogram, oldest first; none where nothing has a date."""
    most = max((bar.count for bar in summary.histogram), default=0)
    form = _NAMES[summary.interval or "day"]
    return [_column(bar, place, most, form) for place, bar in enumerate(summary.histogram)]


def _column(bar: Bar, place: int, most: int, form: str) -> Column:
    # one article among thousands is still seen
    height = max(1, round(HEIGHT * bar.count / most)) if bar.count else 0
    return Column(bar.start.strftime(form), bar.count, place * WIDTH, HEIGHT - height, height)
