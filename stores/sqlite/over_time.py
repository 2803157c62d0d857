"""How matches lie in time in SQLite, all of them: their row ids in one row, their dates from columns.py."""

import sqlite3

import numpy as np

from stores.sqlite.columns import NO_DATE, Kept, Numbers, read_numbers
from stores.sqlite.matching import Matching
from stores.sqlite.rows import known_moment
from stores.store import Histogram, Interval, Moment

_MILLISECONDS = {"hour": 3_600_000, "day": 86_400_000}


def histogram(
    connection: sqlite3.Connection, kept: Kept, matching: Matching, interval: Interval, moment: Moment
) -> Histogram:
    """See Store.histogram."""
    sql = f"SELECT group_concat({matching.table}.rowid) FROM {matching.tables} WHERE {matching.where}"
    (rowids,) = connection.execute(sql, matching.parameters).fetchone()
    found = kept.of(connection, read_numbers(rowids))
    dates = found.published if moment == "published" else found.first_seen
    length = _MILLISECONDS[interval]
    # Rounded down before 1970 too, as a date is.
    starts, counts = _counted(dates[dates != NO_DATE] // length * length)
    bars = zip(map(known_moment, starts.tolist()), counts.tolist(), strict=True)
    return Histogram(tuple(bars), int(np.count_nonzero(dates == NO_DATE)))


def _counted(values: Numbers) -> tuple[Numbers, Numbers]:
    """Each value once, in order, and how often it is there. In the order of row ids mostly equal ones follow each
    other: these are counted without sorting."""
    begins = np.flatnonzero(np.diff(values, prepend=NO_DATE))
    lengths = np.diff(begins, append=len(values))
    each, places = np.unique(values[begins], return_inverse=True)
    return each, np.bincount(places, lengths, len(each)).astype(np.int64)
