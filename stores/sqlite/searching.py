"""Asking SQLite: pages of articles, totals, facets. Knows the plan of a query, not how it was made."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from heapq import nsmallest
from itertools import chain

from pydantic_core import from_json

from schemas.article import WireArticle
from stores.query.tree import Node
from stores.sqlite import bodies, by_date, rows
from stores.sqlite.matching import Matching, total
from stores.sqlite.paging import number
from stores.sqlite.schema import ARTICLE_COLUMNS, HELD
from stores.store import EXACT_TOTAL, FACET_VALUES, FACETS, RANKED, Hits, Order

# What is asked for beside words ranks nothing: the names and values of fields have no weight.
_WEIGHTS = ", ".join("0" if column == HELD else "1" for column in ARTICLE_COLUMNS)


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
    matching = Matching.of(connection, root)
    first = after is None and order == "newest"
    newest = _counted(connection, matching) if first or facets else None
    found = total(connection, matching) if newest is None else len(newest)
    if first and newest is not None:
        page, following = _cut(newest, limit)
    else:
        page, following = _page(connection, matching, limit, after, order, found)
    return Hits(
        total=min(found, EXACT_TOTAL),
        total_exact=found <= EXACT_TOTAL,
        articles=tuple(articles_of(connection, page)),
        next=following,
        facets=_facets(connection, (newest or [])[:EXACT_TOTAL], facets),
    )


def count(connection: sqlite3.Connection, root: Node) -> int:
    """How many articles match, however many."""
    matching = Matching.of(connection, root)
    sql = f"SELECT count(*) FROM ({matching.sql})"
    return int(connection.execute(sql, matching.parameters).fetchone()[0])


def _counted(connection: sqlite3.Connection, matching: Matching) -> list[int]:
    """Row ids, newest first, to one more than EXACT_TOTAL: page, total and facets are told of one walk, since to begin
    one costs most where a beginning has many words."""
    newest, parameters = matching.newest(None, EXACT_TOTAL + 1)
    (found,) = connection.execute(f"SELECT json_group_array(rowid) FROM ({newest})", parameters).fetchone()
    return sorted(json.loads(found), reverse=True)


def _cut(found: Sequence[int], limit: int) -> tuple[list[int], str | None]:
    """The first of these row ids, and the cursor of what is behind them: the last row id."""
    page = list(found[:limit])
    return page, str(page[-1]) if page and len(found) > limit else None


def _page(
    connection: sqlite3.Connection, matching: Matching, limit: int, after: str | None, order: Order, found: int
) -> tuple[list[int], str | None]:
    """Row ids of a page in this order, of `found` matches, and the cursor of the next."""
    if order == "relevance" and matching.ranked:
        return _ranked(connection, matching, limit, after)
    if order == "published":
        return by_date.newest(connection, matching, limit, after, found)
    return _newest(connection, matching, limit, after)


def _newest(
    connection: sqlite3.Connection, matching: Matching, limit: int, after: str | None
) -> tuple[list[int], str | None]:
    """Row ids of a page, and the cursor of the next."""
    return _cut([row[0] for row in connection.execute(*matching.newest(after, limit + 1))], limit)


def _ranked(
    connection: sqlite3.Connection, matching: Matching, limit: int, after: str | None
) -> tuple[list[int], str | None]:
    """Row ids of a page by bm25 among the newest RANKED matches; the cursor counts what was shown."""
    offset = number(after) if after is not None else 0
    scored = matching.sql.replace("AS rowid", f"AS rowid, bm25(article_terms, {_WEIGHTS}) AS score", 1)
    sql = (
        f"SELECT rowid FROM ({scored} ORDER BY t.rowid DESC LIMIT {RANKED}) ORDER BY score, rowid DESC LIMIT ? OFFSET ?"
    )
    found = [row[0] for row in connection.execute(sql, (*matching.parameters, limit + 1, offset))]
    return found[:limit], str(offset + limit) if len(found) > limit else None


def _facets(
    connection: sqlite3.Connection, articles: Sequence[int], fields: Sequence[str]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """All fields of these articles. Counted here: SQLite would sort them all by their text."""
    if not fields:
        return {}
    sql = "SELECT group_concat(c.held) FROM json_each(?) j CROSS JOIN counted c ON c.article = j.value"
    (held,) = connection.execute(sql, (json.dumps(articles),)).fetchone()
    # read at once, so that each value is made once
    counts = Counter(chain.from_iterable(from_json(f"[{held or ''}]")))
    found: dict[str, list[tuple[str, int]]] = {field: [] for field in fields}
    for one, times in counts.items():
        field, _, value = one.partition(" ")
        if field in found:
            found[field].append((value, times))
    return {field: _most(values) for field, values in found.items()}


def _most(values: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(nsmallest(FACET_VALUES, values, key=lambda one: (-one[1], one[0])))


def articles_of(connection: sqlite3.Connection, rowids: Sequence[int]) -> list[WireArticle]:
    """The articles of these rows, in this order."""
    sql = (
        "SELECT a.record, b.text, b.original FROM json_each(?) j CROSS JOIN articles a ON a.rowid = j.value"
        " CROSS JOIN bodies b ON b.id = a.body_id ORDER BY j.key"
    )
    found = connection.execute(sql, (json.dumps(list(rowids)),))
    return [rows.joined(record, *bodies.body(text, original)) for record, text, original in found]
