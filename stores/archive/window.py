"""A query within a stretch of time."""

from datetime import datetime, timedelta

from stores.query import Query
from stores.query.moment import EXAMPLES, stretch
from stores.query.tree import And, Everything, Has, Node, Not, Or, Range


class WindowError(ValueError):
    """A time that cannot be read, in one line."""


def within(query: Query, since: str | None, until: str | None, now: datetime) -> Query:
    """The query, of what was published in that stretch; of what has no date, first seen in it. Raises WindowError.

    Both are days, moments or now-7d; `until` means up to the end of the day, hour or minute that is named.
    """
    if since is None and until is None:
        return query
    start = _bounds("since", since, now)[0] if since is not None else None
    end = _bounds("until", until, now)[1] if until is not None else None
    return between(query, start, end)


def between(query: Query, start: datetime | None, end: datetime | None) -> Query:
    """As `within`, of moments: start <= moment < end; None is no bound."""
    window = _window(start, end)
    root = window if query.root == Everything() else And((query.root, window))
    return Query(query.text, root, query.relative)


def came(start: datetime, end: datetime, old: timedelta) -> Node:
    """What came to be here in that time, start <= first seen < end, so that of times in a row none is left out and none
    counted twice; without what is of a date more than `old` before its end, unless that is zero."""
    seen = Range("first_seen", start, end)
    return And((seen, Or((Range("published", end - old, None), Not(Has("published")))))) if old else seen


def beginning(name: str, text: str, now: datetime) -> datetime:
    """The first moment of a day, or a moment itself. Raises WindowError, which has the `name` of the option."""
    return _bounds(name, text, now)[0]


def _window(start: datetime | None, end: datetime | None) -> Node:
    undated = And((Not(Has("published")), Range("first_seen", start, end)))
    return Or((Range("published", start, end), undated))


def _bounds(name: str, text: str, now: datetime) -> tuple[datetime, datetime]:
    try:
        return stretch(text, now)
    except (ValueError, OverflowError):
        raise WindowError(f"--{name}: “{text}” is not a time: give {EXAMPLES}") from None
