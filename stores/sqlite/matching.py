"""What a query matches in SQLite, as SQL: to walk it, to join it, to test one article, to count it."""

import sqlite3
from dataclasses import dataclass

from stores.query.tree import Node
from stores.sqlite.paging import number
from stores.sqlite.schema import NARROW
from stores.sqlite.sql import plan
from stores.store import EXACT_TOTAL


@dataclass(frozen=True, slots=True)
class Matching:
    """A SELECT of the row ids that match, in the rows of `table`; ordered by its rowid it needs no sorting."""

    sql: str
    parameters: tuple[object, ...]
    table: str
    joined: str
    """FROM and WHERE of the same, with each match's article as `a`; with the same parameters."""
    test: str
    """A condition on one article `a` that is true for a match; it needs no list of all of them."""
    test_parameters: tuple[object, ...]

    @classmethod
    def of(cls, root: Node) -> "Matching":
        """What a query's plan selects."""
        query = plan(root)
        if query.match is None:
            joined = f"articles a WHERE {query.rest.sql}"
            sql = f"SELECT a.rowid AS rowid FROM {joined}"
            return cls(sql, query.rest.parameters, "a", joined, query.rest.sql, query.rest.parameters)
        # CROSS JOIN keeps the full-text table outside: its matches come in the order of row ids.
        article = f"CROSS JOIN articles a INDEXED BY {NARROW} ON a.rowid = t.rowid"
        needed = "" if query.rest.sql == "1" else article
        bound = "" if query.least is None else f" AND t.rowid >= {query.least}"
        rest = f"WHERE article_terms MATCH ?{bound} AND {query.rest.sql}"
        sql = f"SELECT t.rowid AS rowid FROM article_terms t {needed} {rest}"
        itself = "SELECT 1 FROM article_terms t WHERE article_terms MATCH ? AND t.rowid = a.rowid"
        test = f"EXISTS({itself}) AND {query.rest.sql}"
        parameters = (query.match, *query.rest.parameters)
        return cls(sql, parameters, "t", f"article_terms t {article} {rest}", test, parameters)

    @property
    def ranked(self) -> bool:
        """Words were asked for, so that matches can be ranked."""
        return self.table == "t"

    def newest(self, after: str | None, limit: int) -> tuple[str, tuple[object, ...]]:
        """The SELECT of the next row ids behind a cursor, newest first, and its parameters. Raises ValueError for a
        cursor that no page gave.
        """
        before = number(after) if after is not None else 2**62
        column = f"{self.table}.rowid"
        return f"{self.sql} AND {column} < ? ORDER BY {column} DESC LIMIT ?", (*self.parameters, before, limit)


def total(connection: sqlite3.Connection, matching: Matching) -> int:
    """How many match, counted up to one more than EXACT_TOTAL."""
    sql = f"SELECT count(*) FROM ({matching.sql} LIMIT {EXACT_TOTAL + 1})"
    return int(connection.execute(sql, matching.parameters).fetchone()[0])
