"""Asking SQLite: pages of articles, totals, quotes. Knows the plan of a query, not how it was made."""

import sqlite3
from collections.abc import Sequence

from schemas.article import WireArticle
from stores.embedded import rows
from stores.embedded.schema import QUOTE_BITS
from stores.embedded.sql import plan, quote_match
from stores.query.tree import Node
from stores.store import EXACT_TOTAL, Hits, Order, QuoteHit


def search(
    connection: sqlite3.Connection,
    root: Node,
    limit: int,
    after: str | None,
    order: Order,
    facets: Sequence[str],
) -> Hits:
    """One page, with the total up to EXACT_TOTAL."""
    matching, parameters = _matching(root)
    found = _rowids(connection, matching, parameters, limit + 1, _cursor(after))
    total = _total(connection, matching, parameters)
    page = found[:limit]
    return Hits(
        total=min(total, EXACT_TOTAL),
        total_exact=total <= EXACT_TOTAL,
        articles=tuple(_articles(connection, page)),
        next=str(page[-1]) if len(found) > limit else None,
    )


def count(connection: sqlite3.Connection, root: Node) -> int:
    """How many articles match, however many."""
    matching, parameters = _matching(root)
    (total,) = connection.execute(f"SELECT count(*) FROM ({matching})", parameters).fetchone()
    return int(total)


def quotes(connection: sqlite3.Connection, node: Node, limit: int) -> list[QuoteHit]:
    """Quotes that match, newest article first, within an article in the order of the text."""
    found = connection.execute(
        f"SELECT rowid >> {QUOTE_BITS} AS article, rowid & {(1 << QUOTE_BITS) - 1} AS number"
        " FROM quote_terms WHERE quote_terms MATCH ? ORDER BY rowid DESC LIMIT ?",
        (quote_match(node), limit),
    ).fetchall()
    ids = list(dict.fromkeys(row["article"] for row in found))
    articles = dict(zip(ids, _articles(connection, ids), strict=True))
    in_order = sorted(found, key=lambda row: (-row["article"], row["number"]))
    return [QuoteHit(article := articles[row["article"]], article.quotes[row["number"]]) for row in in_order]


def _matching(root: Node) -> tuple[str, tuple[object, ...]]:
    """A SELECT of the row ids that match; it can be ordered by its rowid without sorting."""
    query = plan(root)
    if query.match is None:
        return f"SELECT a.rowid AS rowid FROM articles a WHERE {query.rest.sql}", query.rest.parameters
    # CROSS JOIN keeps the full-text table outside: its matches come in the order of row ids.
    return (
        "SELECT t.rowid AS rowid FROM article_terms t CROSS JOIN articles a ON a.rowid = t.rowid"
        f" WHERE article_terms MATCH ? AND {query.rest.sql}",
        (query.match, *query.rest.parameters),
    )


def _rowids(
    connection: sqlite3.Connection, matching: str, parameters: tuple[object, ...], limit: int, before: int
) -> list[int]:
    table = "t" if "article_terms t" in matching else "a"
    sql = f"{matching} AND {table}.rowid < ? ORDER BY {table}.rowid DESC LIMIT ?"
    return [row[0] for row in connection.execute(sql, (*parameters, before, limit))]


def _total(connection: sqlite3.Connection, matching: str, parameters: tuple[object, ...]) -> int:
    sql = f"SELECT count(*) FROM ({matching} LIMIT {EXACT_TOTAL + 1})"
    return int(connection.execute(sql, parameters).fetchone()[0])


def _cursor(after: str | None) -> int:
    return int(after) if after is not None else 2**62


def _articles(connection: sqlite3.Connection, rowids: Sequence[int]) -> list[WireArticle]:
    sql = "SELECT record, body_id FROM articles WHERE rowid=?"
    found = (connection.execute(sql, (rowid,)).fetchone() for rowid in rowids)
    return [rows.article(connection, row) for row in found]
