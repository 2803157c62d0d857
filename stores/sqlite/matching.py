"""What a query matches in SQLite, as SQL: to walk it, to join it, to test one article, to count it."""

import sqlite3
from dataclasses import dataclass

from stores.query.tree import Node
from stores.sqlite.open_stretches import closed
from stores.sqlite.paging import number
from stores.sqlite.schema import NARROW
from stores.sqlite.sql import plan
from stores.store import EXACT_TOTAL


@dataclass(frozen=True, slots=True)
class Matching:
    """A SELECT of the row ids that match, in the rows of `table`; ordered by its rowid it needs no sorting."""

    parameters: tuple[object, ...]
    table: str
    tables: str
    """FROM of no more than is needed."""
    joined_tables: str
    """FROM with each match's article as `a`, too."""
    where: str
    test: str
    """A condition on one article `a` that is true for a match; it needs no list of all of them."""
    test_parameters: tuple[object, ...]
    ranked: bool
    """Words were asked for, so that matches can be ranked."""

    @classmethod
    def of(cls, connection: sqlite3.Connection, root: Node) -> "Matching":
        """What a query's plan selects of what the connection's transaction sees."""
        query = plan(closed(connection, root))
        if query.match is None:
            rest, parameters = query.rest.sql, query.rest.parameters
            return cls(parameters, "a", "articles a", "articles a", rest, rest, parameters, ranked=False)
        # CROSS JOIN keeps the full-text table outside: its matches come in the order of row ids.
        joined = f"article_terms t CROSS JOIN articles a INDEXED BY {NARROW} ON a.rowid = t.rowid"
        needed = "article_terms t" if query.rest.sql == "1" else joined
        bound = "" if query.least is None else f" AND t.rowid >= {query.least}"
        where = f"article_terms MATCH ?{bound} AND {query.rest.sql}"
        parameters = (query.match, *query.rest.parameters)
        test, test_parameters = query.columns.sql, query.columns.parameters
        if query.worded:
            itself = "SELECT 1 FROM article_terms t WHERE article_terms MATCH ? AND t.rowid = a.rowid"
            test, test_parameters = f"EXISTS({itself}) AND {test}", (query.match, *test_parameters)
        return cls(parameters, "t", needed, joined, where, test, test_parameters, query.worded)

    @property
    def sql(self) -> str:
        """The SELECT."""
        return f"SELECT {self.table}.rowid AS rowid FROM {self.tables} WHERE {self.where}"

    @property
    def joined(self) -> str:
        """FROM and WHERE of the same, with each match's article as `a`; with the same parameters."""
        return f"{self.joined_tables} WHERE {self.where}"

    @property
    def by_terms(self) -> bool:
        """The full-text table is walked: counting up to some number costs little."""
        return self.table == "t"

    def newest(self, after: str | None, limit: int) -> tuple[str, tuple[object, ...]]:
        """The SELECT of the next row ids behind a cursor, newest first, and its parameters. Raises ValueError for a
        cursor that no page gave.
        """
        before = number(after) if after is not None else 2**62
        column = f"{self.table}.rowid"
        return f"{self.sql} AND {column} < ? ORDER BY {column} DESC LIMIT ?", (*self.parameters, before, limit)

    def newest_articles(self, columns: str, after: str | None, limit: int) -> tuple[str, tuple[object, ...]]:
        """As `newest`, with columns of the article `a` behind the row id."""
        newest, parameters = self.newest(after, limit)
        joined = f"({newest}) m CROSS JOIN articles a ON a.rowid = m.rowid"
        return f"SELECT m.rowid AS rowid, {columns} FROM {joined} ORDER BY m.rowid DESC", parameters


def total(connection: sqlite3.Connection, matching: Matching) -> int:
    """How many match, counted up to one more than EXACT_TOTAL."""
    sql = f"SELECT count(*) FROM ({matching.sql} LIMIT {EXACT_TOTAL + 1})"
    return int(connection.execute(sql, matching.parameters).fetchone()[0])
