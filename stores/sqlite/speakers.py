"""Counting in SQLite who says the quotes that are meant: how often each, in one walk; where and when, by columns.py.

Knows not how the quotes are found: quotes.py does.
"""

import json
import sqlite3
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from stores.sqlite.columns import NO_DATE, NO_SOURCE, Columns, Kept, Numbers, concatenated, read_numbers
from stores.sqlite.quotes import Saying
from stores.sqlite.rows import known_moment, moment
from stores.sqlite.schema import QUOTE_BITS
from stores.store import Said, SpeakerCount

_NAMED = "q.speaker IS NOT NULL"
_ONE_OF = "q.speaker IN (SELECT value FROM json_each(?))"


def speakers(
    connection: sqlite3.Connection, kept: Kept, said: Said, limit: int, names: Sequence[str]
) -> tuple[SpeakerCount, ...]:
    """See Store.speakers."""
    saying = Saying.of(connection, said)
    if saying is None:
        return ()
    test, asked = (_ONE_OF, (json.dumps(list(names)),)) if names else (_NAMED, ())
    sql = (
        "SELECT q.speaker AS name, min(q.speaker_id) AS id, count(*) AS quotes, sum(q.words) AS words,"
        f" group_concat(q.rowid >> {QUOTE_BITS}) AS articles FROM {saying.counted} WHERE {saying.where} AND {test}"
        " GROUP BY 1 ORDER BY quotes DESC, name LIMIT ?"
    )
    found = connection.execute(sql, (*saying.parameters, *asked, limit)).fetchall()
    each = [np.unique(read_numbers(row["articles"]), return_counts=True) for row in found]
    articles = kept.of(connection, concatenated(rowids for rowids, _ in each))
    bounds = pairwise(accumulate((len(rowids) for rowids, _ in each), initial=0))
    return tuple(
        _count(row, articles.at(slice(start, end)), quotes, kept.sources)
        for row, (_, quotes), (start, end) in zip(found, each, bounds, strict=True)
    )


def _count(row: sqlite3.Row, articles: Columns, quotes: Numbers, names: Sequence[str]) -> SpeakerCount:
    """Of the articles in which somebody says something, each once, and how many quotes each has."""
    named = articles.sources != NO_SOURCE
    sums = np.bincount(articles.sources[named], quotes[named])
    sources = [(names[place], int(sums[place])) for place in np.flatnonzero(sums).tolist()]
    dates = articles.published[articles.published != NO_DATE].tolist()
    return SpeakerCount(
        name=row["name"],
        id=row["id"],
        quotes=row["quotes"],
        articles=len(articles.rowids),
        words=row["words"],
        sources=tuple(sorted(sources, key=lambda one: (-one[1], one[0]))),
        first_published=moment(min(dates, default=None)),
        last_published=moment(max(dates, default=None)),
        first_seen=known_moment(int(articles.first_seen.min())),
    )
