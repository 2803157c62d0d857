"""Building anew what articles are found by, when the analyser or the table of search fields has changed.

The full-text tables hold terms, not text, and columns and facets are worked out of the articles. Newest articles first,
in short transactions; whatever is interrupted goes on at the next start.
"""

import sqlite3

from stores.analysis import GENERATION
from stores.sqlite import rows, writing
from stores.sqlite.database import Database
from stores.sqlite.schema import ARTICLE_COLUMNS, COLUMNS, INDEXES, PORTIONS, QUOTE_COLUMNS, TABLES, quoted

# About the work of one portion of writing.
_AT_ONCE = 10
_ALL = 2**62
_TERMS = {"article_terms": ARTICLE_COLUMNS, "quote_terms": QUOTE_COLUMNS}


def create(database: Database) -> None:
    """Make the tables, or give those of an earlier file the columns of today's search fields, still empty."""
    if _differs(database.read):
        with database.write() as connection:
            if _differs(connection):  # another process may have been faster
                _adapt(connection)
    database.create(TABLES)
    database.create(INDEXES)
    if not _columns(database.read, "portions"):
        with database.write() as connection:
            if not _columns(connection, "portions"):
                for statement in PORTIONS:
                    connection.execute(statement)


def reindex(database: Database, generation: int = GENERATION, every: bool = False) -> None:
    """Bring the file to this generation of terms and these fields; nothing is written where it is there.

    `every`: everything is built anew.
    """
    known = database.read.execute("SELECT generation, below FROM indexed").fetchone()
    if every or known is None or known["generation"] != generation:
        with database.write() as connection:
            below = _begin(connection, generation)
    else:
        below = known["below"]
    while below > 0:
        with database.write() as connection:
            below = _some(connection, below)


def _differs(connection: sqlite3.Connection) -> bool:
    """The file was made with other search fields."""
    return bool(_missing(connection)) or any(
        found != list(columns) for table, columns in _TERMS.items() if (found := _columns(connection, table))
    )


def _missing(connection: sqlite3.Connection) -> list[str]:
    found = _columns(connection, "articles")
    return [column for column in COLUMNS if column not in found] if found else []


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table in their order; none where there is no such table."""
    return [row["name"] for row in connection.execute(f"PRAGMA table_info({table})")]


def _adapt(connection: sqlite3.Connection) -> None:
    """A full-text table takes no further column: both are made anew, and filled by `reindex`."""
    for column in _missing(connection):
        connection.execute(f"ALTER TABLE articles ADD COLUMN {quoted(column)} {COLUMNS[column]}")
    for table in (*_TERMS, "facets"):  # which `counted` has taken the place of
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute("DELETE FROM indexed")


def _begin(connection: sqlite3.Connection, generation: int) -> int:
    """Empty the tables; what is written from now on is of the new generation. Where to start."""
    for table in _TERMS:
        connection.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
    connection.execute("INSERT OR REPLACE INTO indexed VALUES(1, ?, ?)", (generation, _ALL))
    return _ALL


def _some(connection: sqlite3.Connection, below: int) -> int:
    """Index the next articles; the row id to go on below, 0 at the end."""
    found = connection.execute(
        "SELECT rowid, record, body_id FROM articles WHERE rowid < ? ORDER BY rowid DESC LIMIT ?", (below, _AT_ONCE)
    ).fetchall()
    for row in found:
        writing.refresh(connection, row["rowid"], writing.prepared(rows.article(connection, row)))
    following = int(found[-1]["rowid"]) if found else 0
    connection.execute("UPDATE indexed SET below=?", (following,))
    return following
