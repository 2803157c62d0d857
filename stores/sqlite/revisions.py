"""Earlier revisions of articles in SQLite: kept when a newer one takes an article's place, let go with it."""

import sqlite3
from datetime import datetime

from schemas.article import WireArticle
from stores.sqlite import rows
from stores.sqlite.paging import following, place
from stores.store import Replaced, ReplacedPage

SCHEMA = """
CREATE TABLE IF NOT EXISTS revisions(
  article_id TEXT NOT NULL, revision TEXT NOT NULL, version INTEGER NOT NULL, replaced_at INTEGER NOT NULL,
  record BLOB NOT NULL, body_id INTEGER NOT NULL, PRIMARY KEY(article_id, revision));
CREATE INDEX IF NOT EXISTS revisions_replaced ON revisions(replaced_at);
CREATE INDEX IF NOT EXISTS revisions_body ON revisions(body_id);
"""


def keep(connection: sqlite3.Connection, old: WireArticle, row: sqlite3.Row, replaced_at: datetime) -> None:
    """Keep what an article was; `row` holds its record and body_id. Call it within a transaction."""
    values = (old.id, old.revision, old.version, rows.milliseconds(replaced_at), row["record"], row["body_id"])
    connection.execute("INSERT OR REPLACE INTO revisions VALUES(?,?,?,?,?,?)", values)


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Let go of the revisions of an article. Call it within a transaction."""
    connection.execute("DELETE FROM revisions WHERE article_id=?", (article,))


def of(connection: sqlite3.Connection, article: str) -> list[WireArticle]:
    """The earlier revisions of an article, oldest first."""
    sql = "SELECT record, body_id FROM revisions WHERE article_id=? ORDER BY version"
    return [rows.article(connection, row) for row in connection.execute(sql, (article,)).fetchall()]


def page(connection: sqlite3.Connection, since: datetime | None, limit: int, after: str | None) -> ReplacedPage:
    """One page; see Store.replaced."""
    types = (int, str, str)
    bounds = place(after, types, "among these changes") if after is not None else (2**62, "", "")
    least = rows.milliseconds(since) if since is not None else -(2**62)
    sql = (
        "SELECT article_id, revision, replaced_at FROM revisions"
        " WHERE replaced_at >= ? AND (replaced_at, article_id, revision) < (?, ?, ?)"
        " ORDER BY replaced_at DESC, article_id DESC, revision DESC LIMIT ?"
    )
    found = connection.execute(sql, (least, *bounds, limit + 1)).fetchall()
    return ReplacedPage(
        tuple(
            Replaced(row["article_id"], row["revision"], rows.known_moment(row["replaced_at"])) for row in found[:limit]
        ),
        following(found, limit, ("replaced_at", "article_id", "revision")),
    )
