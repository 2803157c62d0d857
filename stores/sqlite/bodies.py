"""Texts, each stored once, whoever refers to them: the store's articles, and the rows of the local log.

Whoever refers to a body does it in a column named body_id; `collect` finds those tables by that name.
"""

import sqlite3
from hashlib import blake2b

from stores.sqlite.packing import pack, unpack

SCHEMA = """
CREATE TABLE IF NOT EXISTS bodies(
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, text BLOB NOT NULL, original BLOB);
CREATE TABLE IF NOT EXISTS let_go(id INTEGER PRIMARY KEY);
"""
FIELDS = {"text", "original"}
"""The fields of an article that its body holds."""


def put(connection: sqlite3.Connection, text: str, original: str | None) -> int:
    """The id of this body, stored now if it was not. Call it within a transaction."""
    packed, packed_original = pack(text), None if original is None else pack(original)
    row = connection.execute(
        "INSERT INTO bodies(digest, text, original) VALUES(?,?,?)"
        " ON CONFLICT(digest) DO UPDATE SET digest=excluded.digest RETURNING id",
        (_digest(text, original), packed, packed_original),
    ).fetchone()
    return int(row[0])


def _digest(text: str, original: str | None) -> bytes:
    """The length comes first, so that no text can be taken for another's text and original."""
    parts = (str(len(text)), text, *(() if original is None else (original,)))
    return blake2b("\n".join(parts).encode(errors="surrogatepass"), digest_size=16).digest()


def get(connection: sqlite3.Connection, id: int) -> tuple[str, str | None]:
    """Text and original of a body. Raises KeyError where there is none."""
    row = connection.execute("SELECT text, original FROM bodies WHERE id=?", (id,)).fetchone()
    if row is None:
        raise KeyError(f"body {id}")
    return body(row[0], row[1])


def body(text: bytes, original: bytes | None) -> tuple[str, str | None]:
    """Text and original, of a row's columns."""
    return unpack(text), None if original is None else unpack(original)


def collect(connection: sqlite3.Connection) -> int:
    """Delete the bodies that nobody refers to any more; how many. Call it within a transaction.

    Looks only at those that a row has let go of since the last time, which triggers note down.
    """
    tables = [name for (name,) in connection.execute(_REFERRING)]
    for table in tables:
        _watch(connection, table)
    unused = " AND ".join(f"NOT EXISTS(SELECT 1 FROM {table} r WHERE r.body_id=bodies.id)" for table in tables)
    deleted = connection.execute(f"DELETE FROM bodies WHERE id IN (SELECT id FROM let_go) AND {unused or '1'}").rowcount
    connection.execute("DELETE FROM let_go")
    return deleted


_REFERRING = (
    "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type='table' AND c.name='body_id'"
)


def _watch(connection: sqlite3.Connection, table: str) -> None:
    """Note down what rows of this table let go of; at the first time, anything may have been let go of."""
    trigger = f"{table}_let_go"
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name=?", (trigger,)).fetchone():
        return
    connection.execute(
        f"CREATE TRIGGER {trigger} AFTER DELETE ON {table} WHEN old.body_id IS NOT NULL"
        " BEGIN INSERT OR IGNORE INTO let_go VALUES(old.body_id); END"
    )
    connection.execute("INSERT OR IGNORE INTO let_go SELECT id FROM bodies")
