"""Counting in SQLite who says the quotes that are meant: first how often each, then all of those who are given.

Knows not how the quotes are found: quotes.py does.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence

from stores.sqlite import rows
from stores.sqlite.quotes import Saying
from stores.store import Said, SpeakerCount
from stores.story_pages import ranked

_THESE = "q.speaker IN (SELECT value FROM json_each(?))"


def speakers(connection: sqlite3.Connection, said: Said, limit: int, names: Sequence[str]) -> tuple[SpeakerCount, ...]:
    """See Store.speakers."""
    saying = Saying.of(said)
    if saying is None:
        return ()
    wanted = names if 0 < len(names) <= limit else _most_quoted(connection, saying, limit, names)
    sql = (
        "SELECT q.speaker AS name, a.source AS source, min(q.speaker_id) AS id, count(*) AS quotes,"
        " sum(q.words) AS words, count(DISTINCT a.rowid) AS articles, min(a.published) AS first,"
        " max(a.published) AS last, min(a.first_seen) AS seen"
        f" FROM {saying.joined} WHERE {saying.where} AND {_THESE} GROUP BY 1, 2"
    )
    found: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(sql, (*saying.parameters, json.dumps(list(wanted)))):
        found[row["name"]].append(row)
    counts = [_count(name, of_sources) for name, of_sources in found.items()]
    return tuple(sorted(counts, key=lambda one: (-one.quotes, one.name.encode())))


def _most_quoted(connection: sqlite3.Connection, saying: Saying, limit: int, names: Sequence[str]) -> list[str]:
    """Their names. Only these are sorted, so that a source's whole archive is counted while a person waits."""
    test, asked = (_THESE, (json.dumps(list(names)),)) if names else ("q.speaker IS NOT NULL", ())
    sql = (
        f"SELECT q.speaker FROM {saying.counted} WHERE {saying.where} AND {test}"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?"
    )
    return [row[0] for row in connection.execute(sql, (*saying.parameters, *asked, limit))]


def _count(name: str, of_sources: Sequence[sqlite3.Row]) -> SpeakerCount:
    """Of one group a source: no article has two."""
    sources = Counter({row["source"]: row["quotes"] for row in of_sources})
    dated = [row for row in of_sources if row["first"] is not None]
    return SpeakerCount(
        name=name,
        id=min((row["id"] for row in of_sources if row["id"] is not None), default=None),
        quotes=sources.total(),
        articles=sum(row["articles"] for row in of_sources),
        words=sum(row["words"] for row in of_sources),
        sources=tuple((source, count) for source, count in ranked(sources) if source is not None),
        first_published=rows.moment(min((row["first"] for row in dated), default=None)),
        last_published=rows.moment(max((row["last"] for row in dated), default=None)),
        first_seen=rows.known_moment(min(row["seen"] for row in of_sources)),
    )
