"""Pages of matches in SQLite by the publisher's date."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice

from stores.sqlite.matching import Matching
from stores.sqlite.paging import place
from stores.store import EXACT_TOTAL

Place = tuple[int | None, int]
"""Where a match stands: its date in ms since 1970, and its row id."""


def newest(
    connection: sqlite3.Connection, matching: Matching, limit: int, after: str | None, total: int
) -> tuple[list[int], str | None]:
    """Row ids of a page of `total` matches by date, the undated last; and the cursor of the next."""
    start: Place = place(after, (int | None, int), "in these results") if after is not None else (2**62, 2**62)
    found = list(islice(_walk(connection, _base(matching, total), start, limit + 1), limit + 1))
    page = found[:limit]
    return [rowid for _, rowid in page], json.dumps(page[-1]) if page and len(found) > limit else None


def _walk(
    connection: sqlite3.Connection, among: tuple[str, tuple[object, ...]], start: Place, limit: int
) -> Iterator[Place]:
    base, parameters = among
    select = f"SELECT a.published, a.rowid FROM {base}"
    date, rowid = start
    if date is not None:
        sql = (
            f"{select} AND a.published IS NOT NULL AND (a.published, a.rowid) < (?, ?)"
            " ORDER BY a.published DESC, a.rowid DESC LIMIT ?"
        )
        for row in connection.execute(sql, (*parameters, date, rowid, limit)):
            yield row[0], row[1]
        rowid = 2**62
    sql = f"{select} AND a.published IS NULL AND a.rowid < ? ORDER BY a.rowid DESC LIMIT ?"
    for row in connection.execute(sql, (*parameters, rowid, limit)):
        yield None, row[1]


def _base(matching: Matching, total: int) -> tuple[str, tuple[object, ...]]:
    """FROM and WHERE. Few matches are sorted; of many, the articles by date are tried one after the other."""
    if matching.by_terms and total <= EXACT_TOTAL:
        return matching.joined, matching.parameters
    return f"articles a WHERE {matching.test}", matching.test_parameters
