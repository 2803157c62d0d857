"""A stretch of time without an end, as one that ends behind the last day that the file has of it: the full-text table
decides about days (values.py), and would have to be asked match by match whether something lies behind a moment."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from stores.query.fields import TIMES
from stores.query.tree import And, Node, Not, Or, Range
from stores.sqlite.rows import known_moment, milliseconds
from stores.sqlite.schema import quoted
from stores.sqlite.values import MOST_DAYS

_COLUMN = {field.name: quoted(field.column) for field in TIMES}
_DAY = timedelta(days=1)
# The calendar has no day behind it.
_LAST_DAY = milliseconds(datetime(9999, 12, 31, tzinfo=UTC))


def closed(connection: sqlite3.Connection, node: Node) -> Node:
    """The same query, of what this transaction sees."""
    match node:
        case Range(field, start, None) if start is not None:
            return _closed(connection, field, start) or node
        case And(parts):
            return And(tuple(closed(connection, part) for part in parts))
        case Or(parts):
            return Or(tuple(closed(connection, part) for part in parts))
        case Not(part):
            return Not(closed(connection, part))
        case _:
            return node


def _closed(connection: sqlite3.Connection, field: str, start: datetime) -> Node | None:
    """None where it is too long for the full-text table, but for a few dates far ahead, which are wrong."""
    (last,) = connection.execute(f"SELECT max({_COLUMN[field]}) FROM articles").fetchone()
    last = milliseconds(start) if last is None else max(last, milliseconds(start))  # else nothing lies in it
    if last >= _LAST_DAY:
        return None
    end = _midnight(last) + _DAY
    if end - start <= MOST_DAYS * _DAY:
        return Range(field, start, end)
    days = list(_days(connection, field, start))
    if len(days) > MOST_DAYS:
        return None
    runs = [(max(start, day), day + _DAY) for day in days]
    return Or(tuple(Range(field, begin, end) for begin, end in _joined(runs)))


def _days(connection: sqlite3.Connection, field: str, start: datetime) -> Iterator[datetime]:
    """The days on which something lies, from that moment on, each by one look into the column's index; of more than
    MOST_DAYS one more than these."""
    sql = f"SELECT min({_COLUMN[field]}) FROM articles WHERE {_COLUMN[field]} >= ?"
    for _ in range(MOST_DAYS + 1):
        (found,) = connection.execute(sql, (milliseconds(start),)).fetchone()
        if found is None:
            return
        yield (day := _midnight(found))
        start = day + _DAY


def _joined(runs: list[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Those that meet, as one."""
    begin, end = runs[0]
    for following, until in runs[1:]:
        if following > end:
            yield begin, end
            begin = following
        end = until
    yield begin, end


def _midnight(moment: int) -> datetime:
    return known_moment(moment).replace(hour=0, minute=0, second=0, microsecond=0)
