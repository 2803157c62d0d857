"""Asking SQLite: pages of articles, totals, quotes. Knows the plan of a query, not how it was made."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from schemas.article import WireArticle
from stores.query.fields import KEYWORDS
from stores.query.tree import Node
from stores.sqlite import rows
from stores.sqlite.schema import quote_place, quoted
from stores.sqlite.sql import plan, quote_match
from stores.store import EXACT_TOTAL, FACET_VALUES, FACETS, RANKED, Hits, Order, QuoteHit

# Fields with a column: all others that are counted have rows in the table of facets.
_COLUMN = {field.name: quoted(field.column) for field in KEYWORDS if field.facet}


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Several questions to one state of the file: what is written meanwhile is not seen."""
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.execute("COMMIT")


def search(
    connection: sqlite3.Connection,
    root: Node,
    limit: int,
    after: str | None,
    order: Order,
    facets: Sequence[str],
) -> Hits:
    """One page, with the total up to EXACT_TOTAL. Raises ValueError for a facet that is none of FACETS."""
    if unknown := set(facets) - set(FACETS):
        raise ValueError(f"{', '.join(sorted(unknown))} cannot be counted, only {', '.join(FACETS)}")
    matching = Matching.of(root)
    if order == "relevance" and matching.ranked:
        page, following = _ranked(connection, matching, limit, after)
    else:
        page, following = _newest(connection, matching, limit, after)
    total = _total(connection, matching)
    return Hits(
        total=min(total, EXACT_TOTAL),
        total_exact=total <= EXACT_TOTAL,
        articles=tuple(_articles(connection, page)),
        next=following,
        facets={field: _facet(connection, matching, field) for field in facets},
    )


def count(connection: sqlite3.Connection, root: Node) -> int:
    """How many articles match, however many."""
    matching = Matching.of(root)
    (total,) = connection.execute(f"SELECT count(*) FROM ({matching.sql})", matching.parameters).fetchone()
    return int(total)


def quotes(connection: sqlite3.Connection, node: Node, limit: int) -> list[QuoteHit]:
    """Quotes that match, newest article first, within an article in the order of the text."""
    sql = "SELECT rowid FROM quote_terms WHERE quote_terms MATCH ? ORDER BY rowid DESC LIMIT ?"
    found = [quote_place(row[0]) for row in connection.execute(sql, (quote_match(node), limit))]
    rowids = list(dict.fromkeys(rowid for rowid, _ in found))
    articles = dict(zip(rowids, _articles(connection, rowids), strict=True))
    return [QuoteHit(articles[rowid], articles[rowid].quotes[number]) for rowid, number in found]


@dataclass(frozen=True, slots=True)
class Matching:
    """A SELECT of the row ids that match, in the rows of `table`; ordered by its rowid it needs no sorting."""

    sql: str
    parameters: tuple[object, ...]
    table: str
    ranked: bool
    """Words were asked for, so that matches can be ranked."""

    @classmethod
    def of(cls, root: Node) -> "Matching":
        """What a query's plan selects."""
        query = plan(root)
        if query.match is None:
            sql = f"SELECT a.rowid AS rowid FROM articles a WHERE {query.rest.sql}"
            return cls(sql, query.rest.parameters, "a", ranked=False)
        # CROSS JOIN keeps the full-text table outside: its matches come in the order of row ids.
        joined = "" if query.rest.sql == "1" else "CROSS JOIN articles a ON a.rowid = t.rowid"
        sql = f"SELECT t.rowid AS rowid FROM article_terms t {joined} WHERE article_terms MATCH ? AND {query.rest.sql}"
        return cls(sql, (query.match, *query.rest.parameters), "t", ranked=True)


def _newest(
    connection: sqlite3.Connection, matching: Matching, limit: int, after: str | None
) -> tuple[list[int], str | None]:
    """Row ids of a page, and the cursor of the next: the last row id."""
    before = _number(after) if after is not None else 2**62
    column = f"{matching.table}.rowid"
    sql = f"{matching.sql} AND {column} < ? ORDER BY {column} DESC LIMIT ?"
    found = [row[0] for row in connection.execute(sql, (*matching.parameters, before, limit + 1))]
    page = found[:limit]
    return page, str(page[-1]) if page and len(found) > limit else None


def _ranked(
    connection: sqlite3.Connection, matching: Matching, limit: int, after: str | None
) -> tuple[list[int], str | None]:
    """Row ids of a page by bm25 among the newest RANKED matches; the cursor counts what was shown."""
    offset = _number(after) if after is not None else 0
    scored = matching.sql.replace("AS rowid", "AS rowid, bm25(article_terms) AS score", 1)
    sql = (
        f"SELECT rowid FROM ({scored} ORDER BY t.rowid DESC LIMIT {RANKED}) ORDER BY score, rowid DESC LIMIT ? OFFSET ?"
    )
    found = [row[0] for row in connection.execute(sql, (*matching.parameters, limit + 1, offset))]
    return found[:limit], str(offset + limit) if len(found) > limit else None


def _total(connection: sqlite3.Connection, matching: Matching) -> int:
    sql = f"SELECT count(*) FROM ({matching.sql} LIMIT {EXACT_TOTAL + 1})"
    return int(connection.execute(sql, matching.parameters).fetchone()[0])


def _facet(connection: sqlite3.Connection, matching: Matching, field: str) -> tuple[tuple[str, int], ...]:
    newest = f"({matching.sql} ORDER BY {matching.table}.rowid DESC LIMIT {EXACT_TOTAL}) m"
    if column := _COLUMN.get(field):
        values = f"SELECT {column} AS value FROM {newest} JOIN articles USING(rowid) WHERE {column} IS NOT NULL"
    else:
        values = f"SELECT value FROM {newest} JOIN facets f ON f.article = m.rowid AND f.field = '{field}'"
    sql = f"SELECT value, count(*) AS number FROM ({values}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {FACET_VALUES}"
    return tuple((row["value"], row["number"]) for row in connection.execute(sql, matching.parameters))


def _number(cursor: str) -> int:
    try:
        return int(cursor)
    except ValueError:
        raise ValueError(f"“{cursor}” is no place in these results: pass what `next` gave") from None


def _articles(connection: sqlite3.Connection, rowids: Sequence[int]) -> list[WireArticle]:
    sql = "SELECT record, body_id FROM articles WHERE rowid=?"
    found = (connection.execute(sql, (rowid,)).fetchone() for rowid in rowids)
    return [rows.article(connection, row) for row in found]
