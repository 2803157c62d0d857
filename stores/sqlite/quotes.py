"""Asking SQLite who said what: pages of quotes, and how often each speaker is quoted."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.article import WireArticle
from stores.document import MOST_QUOTES
from stores.query import beside_quotes
from stores.query.terms import quoted_by
from stores.query.tree import Everything, Node
from stores.sqlite import rows
from stores.sqlite.paging import number
from stores.sqlite.schema import QUOTE_BITS, quote_place
from stores.sqlite.searching import articles_of
from stores.sqlite.sql import condition, quote_match
from stores.store import EXACT_TOTAL, QuoteHit, QuotePage, Said, SpeakerCount
from stores.story_pages import ranked

_FIRST = f"(a.rowid << {QUOTE_BITS})"
_ARTICLE = f"CROSS JOIN articles a ON a.rowid = q.rowid >> {QUOTE_BITS}"


@dataclass(frozen=True, slots=True)
class _Saying:
    """FROM and WHERE of the quotes that are meant, as `q`."""

    tables: str
    where: str
    parameters: tuple[object, ...]


def page(connection: sqlite3.Connection, said: Said, limit: int, after: str | None) -> QuotePage:
    """One page; see Store.quotes."""
    saying = _saying(said)
    if saying is None:
        return QuotePage((), 0, True)
    before = number(after) if after is not None else 2**63 - 1
    select = f"SELECT q.rowid FROM {saying.tables} WHERE {saying.where}"
    found = [
        row[0]
        for row in connection.execute(
            f"{select} AND q.rowid < ? ORDER BY q.rowid DESC LIMIT ?", (*saying.parameters, before, limit + 1)
        )
    ]
    sql = f"SELECT count(*) FROM ({select} LIMIT {EXACT_TOTAL + 1})"
    (total,) = connection.execute(sql, saying.parameters).fetchone()
    return QuotePage(
        tuple(_hits(connection, found[:limit])),
        min(total, EXACT_TOTAL),
        total <= EXACT_TOTAL,
        str(found[limit - 1]) if 0 < limit < len(found) else None,
    )


def _hits(connection: sqlite3.Connection, found: Sequence[int]) -> list[QuoteHit]:
    places = [quote_place(rowid) for rowid in found]
    rowids = list(dict.fromkeys(rowid for rowid, _ in places))
    articles: dict[int, WireArticle] = dict(zip(rowids, articles_of(connection, rowids), strict=True))
    return [QuoteHit(articles[rowid], articles[rowid].quotes[number]) for rowid, number in places]


def speakers(connection: sqlite3.Connection, said: Said, limit: int, names: Sequence[str]) -> tuple[SpeakerCount, ...]:
    """See Store.speakers."""
    saying = _saying(said, counted=True)
    if saying is None:
        return ()
    wanted = "q.speaker IN (SELECT value FROM json_each(?))" if names else "q.speaker IS NOT NULL"
    asked = (*saying.parameters, json.dumps(list(names))) if names else saying.parameters
    counts = (
        "SELECT q.speaker AS name, min(q.speaker_id) AS id, count(*) AS quotes, sum(q.words) AS words,"
        f" count(DISTINCT q.rowid >> {QUOTE_BITS}) AS articles, min(a.published) AS first, max(a.published) AS last,"
        f" min(a.first_seen) AS seen FROM {saying.tables} WHERE {saying.where} AND {wanted}"
        " GROUP BY 1 ORDER BY quotes DESC, name LIMIT ?"
    )
    found = connection.execute(counts, (*asked, limit)).fetchall()
    by_source: dict[str, Counter[str | None]] = defaultdict(Counter)
    sql = (
        f"SELECT q.speaker AS name, a.source AS source, count(*) AS number FROM {saying.tables} WHERE {saying.where}"
        " AND a.source IS NOT NULL AND q.speaker IN (SELECT value FROM json_each(?)) GROUP BY 1, 2"
    )
    for row in connection.execute(sql, (*saying.parameters, json.dumps([row["name"] for row in found]))):
        by_source[row["name"]][row["source"]] = row["number"]
    return tuple(_count(row, by_source[row["name"]]) for row in found)


def _count(row: sqlite3.Row, sources: Counter[str | None]) -> SpeakerCount:
    return SpeakerCount(
        name=row["name"],
        id=row["id"],
        quotes=row["quotes"],
        articles=row["articles"],
        words=row["words"],
        sources=tuple((source, count) for source, count in ranked(sources) if source is not None),
        first_published=rows.moment(row["first"]),
        last_published=rows.moment(row["last"]),
        first_seen=rows.known_moment(row["seen"]),
    )


def _saying(said: Said, counted: bool = False) -> _Saying | None:
    """`counted`: with the article of each and all that is counted. None finds nothing."""
    words = quoted_by(said.speaker, said.about)
    if words is None:
        return None
    tables, tests, parameters = ["quotes q"], ["1"], list[object]()
    if words != Everything() and said.person is None and not counted:
        # The full-text table has all that is asked for here, in the order of row ids.
        tables, tests, parameters = ["quote_terms q"], ["quote_terms MATCH ?"], [quote_match(words)]
    elif words != Everything():
        # CROSS JOIN keeps the full-text table outside, for the same order.
        tables = ["quote_terms t", "CROSS JOIN quotes q ON q.rowid = t.rowid"]
        tests, parameters = ["quote_terms MATCH ?"], [quote_match(words)]
    if said.person is not None:
        tests.append(
            "? IN (q.speaker, q.speaker_id)" if words != Everything() else "(q.speaker = ? OR q.speaker_id = ?)"
        )
        parameters += [said.person] * (1 if words != Everything() else 2)
    where = _where(said)
    if counted and where is not None and tables == ["quotes q"] and said.person is None:
        # What the articles must be decides first: a week of one source, not every quote that there is.
        tables = [f"articles a CROSS JOIN quotes q ON q.rowid BETWEEN {_FIRST} AND {_FIRST} + {MOST_QUOTES}"]
    elif where is not None or counted:
        tables.append(_ARTICLE)
    if where is not None:
        known = condition(where)
        tests.append(known.sql)
        parameters += known.parameters
    return _Saying(" ".join(tables), " AND ".join(tests), tuple(parameters))


def _where(said: Said) -> Node | None:
    if said.where is None:
        return None
    beside_quotes.check(said.where)
    return said.where.root
