"""Feeding the full-text tables anew when the analyser has changed: they hold terms, not text.

Newest articles first, in short transactions; whatever is interrupted goes on at the next start.
"""

import sqlite3

from stores.analysis import GENERATION
from stores.sqlite import rows, writing
from stores.sqlite.database import Database

# About the work of one portion of writing.
_AT_ONCE = 10
_ALL = 2**62


def reindex(database: Database, generation: int = GENERATION) -> None:
    """Bring the full-text tables to this generation of terms; nothing is written where they are there."""
    known = database.read.execute("SELECT generation, below FROM indexed").fetchone()
    if known is None or known["generation"] != generation:
        with database.write() as connection:
            below = _begin(connection, generation)
    else:
        below = known["below"]
    while below > 0:
        with database.write() as connection:
            below = _some(connection, below)


def _begin(connection: sqlite3.Connection, generation: int) -> int:
    """Empty the tables; what is written from now on is of the new generation. Where to start."""
    for table in ("article_terms", "quote_terms"):
        connection.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
    connection.execute("INSERT OR REPLACE INTO indexed VALUES(1, ?, ?)", (generation, _ALL))
    return _ALL


def _some(connection: sqlite3.Connection, below: int) -> int:
    """Index the next articles; the row id to go on below, 0 at the end."""
    found = connection.execute(
        "SELECT rowid, record, body_id FROM articles WHERE rowid < ? ORDER BY rowid DESC LIMIT ?", (below, _AT_ONCE)
    ).fetchall()
    for row in found:
        writing.add_terms(connection, row["rowid"], writing.prepared(rows.article(connection, row)).terms)
    following = int(found[-1]["rowid"]) if found else 0
    connection.execute("UPDATE indexed SET below=?", (following,))
    return following
