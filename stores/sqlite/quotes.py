"""Asking SQLite who said what: which quotes are meant, and pages of them. Counting speakers is speakers.py's."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.article import WireArticle
from stores.document import MOST_QUOTES
from stores.query import beside_quotes
from stores.query.terms import quoted_by
from stores.query.tree import Everything, Node
from stores.sqlite.expression import quote_match
from stores.sqlite.matching import Matching
from stores.sqlite.paging import number
from stores.sqlite.schema import BY_SPEAKER, BY_SPEAKER_ID, NARROW, NARROW_QUOTES, QUOTE_BITS, quote_place
from stores.sqlite.searching import articles_of
from stores.sqlite.sql import Condition, condition, together
from stores.store import EXACT_TOTAL, QuoteHit, QuotePage, Said

# Articles whose quotes are looked for at once: a page is mostly found among them.
_AT_ONCE = 200
# All that somebody says, by the canonical name or the id, each once: OR would look each up in the table, and sort them.
_COLUMNS = "rowid AS rowid, speaker, speaker_id, words"
_BY_EITHER = (
    f"(SELECT {_COLUMNS} FROM quotes INDEXED BY {BY_SPEAKER} WHERE speaker = ? UNION ALL"
    f" SELECT {_COLUMNS} FROM quotes INDEXED BY {BY_SPEAKER_ID} WHERE speaker_id = ? AND speaker IS NOT ?) q"
)
_IS_ID = f"SELECT EXISTS(SELECT 1 FROM quotes INDEXED BY {BY_SPEAKER_ID} WHERE speaker_id = ?)"


@dataclass(frozen=True, slots=True)
class Saying:
    """The quotes that are meant."""

    table: str
    """Whose row ids theirs are."""
    tables: str
    """FROM of no more than is needed to find them."""
    counted: str
    """FROM with each quote as `q`."""
    where: str
    parameters: tuple[object, ...]
    matching: Matching | None = None
    """The articles decide alone, and are walked: not every quote that there is."""

    @classmethod
    def of(cls, connection: sqlite3.Connection, said: Said) -> "Saying | None":
        """None finds nothing. Raises QueryError for what is not kept beside quotes."""
        words = quoted_by(said.speaker, said.about)
        if words is None:
            return None
        if said.where is not None:
            beside_quotes.check(said.where)
        if said.where is not None and words == Everything() and said.person is None:
            return _of_articles(Matching.of(connection, said.where.root))
        return _of_quotes(connection, words, said)


def _of_articles(matching: Matching) -> Saying:
    first = f"({matching.table}.rowid << {QUOTE_BITS})"
    each = f"CROSS JOIN quotes q INDEXED BY {NARROW_QUOTES} ON q.rowid BETWEEN {first} AND {first} + {MOST_QUOTES}"
    tables = f"{matching.tables} {each}"
    return Saying("q", tables, tables, matching.where, matching.parameters, matching)


def _of_quotes(connection: sqlite3.Connection, words: Node, said: Said) -> Saying:
    table, tables, counted, tests = "q", "quotes q", "quotes q", list[Condition]()
    of_person: tuple[str, ...] = ()
    if words != Everything():
        # CROSS JOIN keeps the full-text table outside: its matches come in the order of row ids.
        table, tables, counted = "t", "quote_terms t", "quote_terms t CROSS JOIN quotes q ON q.rowid = t.rowid"
        tests.append(Condition("quote_terms MATCH ?", (quote_match(words),)))
    if said.person is not None and tests:
        tables = counted
        tests.append(Condition("? IN (q.speaker, q.speaker_id)", (said.person,)))
    elif said.person is not None and connection.execute(_IS_ID, (said.person,)).fetchone()[0]:
        tables = counted = _BY_EITHER
        of_person = (said.person,) * 3
    elif said.person is not None:
        # one index has them, in the order of pages, and they need no sorting into one group
        tables = counted = f"quotes q INDEXED BY {BY_SPEAKER}"
        tests.append(Condition("q.speaker = ?", (said.person,)))
    if said.where is not None:
        article = f" CROSS JOIN articles a INDEXED BY {NARROW} ON a.rowid = {table}.rowid >> {QUOTE_BITS}"
        tables, counted = tables + article, counted + article
        tests.append(condition(said.where.root))
    every = together(tests)
    return Saying(table, tables, counted, every.sql, (*of_person, *every.parameters))


def page(connection: sqlite3.Connection, said: Said, limit: int, after: str | None) -> QuotePage:
    """One page; see Store.quotes."""
    saying = Saying.of(connection, said)
    if saying is None:
        return QuotePage((), 0, True)
    before = number(after) if after is not None else 2**63 - 1
    found = _newest(connection, saying, before, limit + 1)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {saying.tables} WHERE {saying.where} LIMIT {EXACT_TOTAL + 1})"
    (total,) = connection.execute(sql, saying.parameters).fetchone()
    return QuotePage(
        tuple(_hits(connection, found[:limit])),
        min(total, EXACT_TOTAL),
        total <= EXACT_TOTAL,
        str(found[limit - 1]) if 0 < limit < len(found) else None,
    )


def _newest(connection: sqlite3.Connection, saying: Saying, before: int, limit: int) -> list[int]:
    """The row ids of so many quotes before that one."""
    if saying.matching is not None:
        return _newest_of(connection, saying.matching, before, limit)
    rowid = f"{saying.table}.rowid"
    sql = f"SELECT {rowid} FROM {saying.tables} WHERE {saying.where} AND {rowid} < ? ORDER BY {rowid} DESC LIMIT ?"
    return [row[0] for row in connection.execute(sql, (*saying.parameters, before, limit))]


def _newest_of(connection: sqlite3.Connection, matching: Matching, before: int, limit: int) -> list[int]:
    """The same, article by article: a join of both would be sorted."""
    sql = (
        f"SELECT q.rowid FROM json_each(?) j CROSS JOIN quotes q ON q.rowid BETWEEN j.value << {QUOTE_BITS}"
        f" AND (j.value << {QUOTE_BITS}) + {MOST_QUOTES} WHERE q.rowid < ? ORDER BY q.rowid DESC LIMIT ?"
    )
    found: list[int] = []
    after = (before >> QUOTE_BITS) + 1
    while len(found) < limit:
        articles = [row[0] for row in connection.execute(*matching.newest(str(after), _AT_ONCE))]
        if not articles:
            break
        asked = (json.dumps(articles), before, limit - len(found))
        found += [row[0] for row in connection.execute(sql, asked)]
        after = articles[-1]
    return found


def _hits(connection: sqlite3.Connection, found: Sequence[int]) -> list[QuoteHit]:
    places = [quote_place(rowid) for rowid in found]
    rowids = list(dict.fromkeys(rowid for rowid, _ in places))
    articles: dict[int, WireArticle] = dict(zip(rowids, articles_of(connection, rowids), strict=True))
    return [QuoteHit(articles[rowid], articles[rowid].quotes[number]) for rowid, number in places]
