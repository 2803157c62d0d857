"""Cursors of pages in SQLite: what `after` says, and the place that leads to the next page."""

import json
import sqlite3
from collections.abc import Sequence
from types import UnionType
from typing import Any


def number(after: str) -> int:
    """The number that a cursor is. Raises ValueError for one that no page gave."""
    try:
        return int(after)
    except ValueError:
        raise _unknown(after, "in these results") from None


def place(after: str, types: Sequence[type | UnionType], where: str) -> tuple[Any, ...]:
    """The values of these types that a cursor is. Raises ValueError for one that no page gave."""
    try:
        found = json.loads(after)
    except ValueError:
        found = None
    if not isinstance(found, list) or len(found) != len(types) or not all(map(_is, found, types)):
        raise _unknown(after, where)
    return tuple(found)


def _is(part: object, type: type | UnionType) -> bool:
    """Whether it is of this type; to Python, true is a number as well."""
    return isinstance(part, type) and not isinstance(part, bool)


def following(found: Sequence[sqlite3.Row], limit: int, columns: Sequence[str]) -> str | None:
    """The cursor behind the first `limit` rows, of the columns that order them; None where there are no more."""
    if not 0 < limit < len(found):
        return None
    last = found[limit - 1]
    return json.dumps([last[column] for column in columns])


def _unknown(after: str, where: str) -> ValueError:
    return ValueError(f"“{after}” is no place {where}: pass what `next` gave")
