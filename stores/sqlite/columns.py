"""What articles are counted by, in memory: their dates and sources, column by column (a columnar cache).

SQLite joins a match to its row in 0.2 µs and sorts it into its group in 0.1; here both take a tenth of that. The
columns are read off the file in portions: all when they are first wanted, then those portions that were changed.
Triggers count the changes of each in the transactions that make them (schema.py), so that what is told here is what the
reader's transaction sees. Knows no query. numpy takes 0.07 s to load: only what counts imports this.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json

from stores.sqlite.schema import NARROW, PORTION_BITS

Numbers = NDArray[np.int64]

NO_DATE = -(2**62)
"""Stands for a date that an article has not: far before all that a date can be."""
NO_SOURCE = -1
# Looked up in the file, where what is kept is older: that takes 5 ms, and reading a million articles 0.4 s.
_FEW = 10_000
_PORTION = f"BETWEEN ?1 << {PORTION_BITS} AND (?1 + 1 << {PORTION_BITS}) - 1"


@dataclass(frozen=True, slots=True)
class Columns:
    """Of some articles, one value each: row ids, both dates in ms since 1970, and the source's place in
    `Kept.sources`."""

    rowids: Numbers
    published: Numbers
    first_seen: Numbers
    sources: NDArray[np.int32]

    def at(self, places: Numbers | slice) -> "Columns":
        """Those of some of them."""
        return Columns(self.rowids[places], self.published[places], self.first_seen[places], self.sources[places])


class Kept:
    """The columns of all articles of one file: 28 bytes an article. May be asked from any thread."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        """Every source once; what has a place keeps it."""
        self._places: dict[str | None, int] = {None: NO_SOURCE}
        self._lock = Lock()
        # How often a portion was changed only grows, so that their sum tells whether any was.
        self._changes: float | None = None
        self._portions: dict[int, tuple[int, Columns]] = {}
        self._whole = _joined([])

    def of(self, connection: sqlite3.Connection, rowids: Numbers) -> Columns:
        """The columns of these articles, which are there, in this order. Call it within a transaction."""
        with self._lock:
            (changes,) = connection.execute("SELECT total(changes) FROM portions").fetchone()
            if changes != self._changes and len(rowids) <= _FEW:
                few = f"json_each(?1) j CROSS JOIN articles a INDEXED BY {NARROW} ON a.rowid = j.value"
                return self._read(connection, few, json.dumps(rowids.tolist()))
            if changes != self._changes:
                self._refresh(connection)
                self._changes = changes
            whole = self._whole
        return whole.at(np.searchsorted(whole.rowids, rowids))

    def _refresh(self, connection: sqlite3.Connection) -> None:
        """Bring the columns to what the transaction sees."""
        told = connection.execute("SELECT number, changes FROM portions ORDER BY number").fetchall()
        portions = [self._portion(connection, number, changed) for number, changed in told]
        self._whole = _joined(portions)
        # what is kept of each is a view of the whole
        ends = accumulate((len(one.rowids) for one in portions), initial=0)
        views = (self._whole.at(slice(*bounds)) for bounds in pairwise(ends))
        self._portions = {number: (changed, view) for (number, changed), view in zip(told, views, strict=True)}

    def _portion(self, connection: sqlite3.Connection, number: int, changes: int) -> Columns:
        known, columns = self._portions.get(number, (None, self._whole))
        if known == changes:
            return columns
        return self._read(connection, f"articles a INDEXED BY {NARROW} WHERE a.rowid {_PORTION}", number)

    def _read(self, connection: sqlite3.Connection, articles: str, asked: object) -> Columns:
        """In one row: a million rows would each be made in Python. With 14 characters a row id, SQLite's limit of a
        billion is beyond what one file holds."""
        sql = (
            f"SELECT group_concat(a.rowid), group_concat(ifnull(a.published, {NO_DATE})), group_concat(a.first_seen),"
            f" json_group_array(a.source) FROM {articles}"
        )
        rowids, published, first_seen, named = connection.execute(sql, (asked,)).fetchone()
        sources = from_json(named)
        for source in set(sources) - self._places.keys():
            self._places[source] = len(self.sources)
            self.sources.append(source)
        places = np.fromiter(map(self._places.__getitem__, sources), np.int32, len(sources))
        return Columns(read_numbers(rowids), read_numbers(published), read_numbers(first_seen), places)


def read_numbers(text: str | None) -> Numbers:
    """What group_concat() made of row ids or times; None of none."""
    return np.fromstring(text or "", np.int64, sep=",")


def concatenated(parts: Iterable[Numbers]) -> Numbers:
    """Numbers one after the other; none of nothing."""
    return np.concatenate([np.empty(0, np.int64), *parts])


def _joined(portions: Sequence[Columns]) -> Columns:
    return Columns(
        concatenated([one.rowids for one in portions]),
        concatenated([one.published for one in portions]),
        concatenated([one.first_seen for one in portions]),
        np.concatenate([np.empty(0, np.int32), *(one.sources for one in portions)]),
    )
