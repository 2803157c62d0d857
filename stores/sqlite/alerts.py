"""What became of alerts, in SQLite: one row for each. Knows nothing of articles."""

import sqlite3
from datetime import datetime

from schemas.alert import Delivery, Recorded
from schemas.outcome import Done, Dropped, Outcome
from stores.recorded import recorded, version
from stores.sqlite.packing import pack, unpack
from stores.sqlite.paging import following, place
from stores.sqlite.rows import milliseconds
from stores.store import AlertPage

SCHEMA = """
CREATE TABLE IF NOT EXISTS alerts(
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, subscription TEXT NOT NULL, subscription_name TEXT NOT NULL,
  article_id TEXT NOT NULL, matched_at INTEGER NOT NULL, record BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS alerts_matched ON alerts(matched_at, id);
CREATE INDEX IF NOT EXISTS alerts_article ON alerts(article_id);
"""


def put(connection: sqlite3.Connection, delivery: Delivery) -> Outcome:
    """Keep one, or take out what is kept of it where its words were taken away. Call it within a transaction."""
    kept = recorded(delivery)
    if kept is None:
        connection.execute("DELETE FROM alerts WHERE id=?", (delivery.id,))
        return Done()
    row = (
        kept.id,
        version(delivery),
        kept.subscription,
        kept.subscription_name,
        kept.article_id,
        milliseconds(kept.matched_at),
        pack(kept.model_dump_json(exclude_defaults=True)),
    )
    written = connection.execute(
        "INSERT INTO alerts VALUES(?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET version=excluded.version,"
        " subscription=excluded.subscription, subscription_name=excluded.subscription_name,"
        " article_id=excluded.article_id, matched_at=excluded.matched_at, record=excluded.record"
        " WHERE excluded.version >= alerts.version",
        row,
    )
    return Done() if written.rowcount else Dropped("superseded")


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Take out the alerts of an article. Call it within a transaction."""
    connection.execute("DELETE FROM alerts WHERE article_id=?", (article,))


def expire(connection: sqlite3.Connection, before: int, most: int) -> int:
    """Take out some that were matched before (ms since 1970), `most` at a time; how many."""
    sql = "DELETE FROM alerts WHERE id IN (SELECT id FROM alerts WHERE matched_at<? LIMIT ?)"
    return connection.execute(sql, (before, most)).rowcount


def page(
    connection: sqlite3.Connection,
    subscription: str | None,
    article: str | None,
    since: datetime | None,
    limit: int,
    after: str | None,
    id: str | None,
) -> AlertPage:
    """One page; see Store.alerts."""
    tests: list[str] = ["1"]
    parameters: list[object] = []
    if subscription is not None:
        tests.append("? IN (subscription, subscription_name)")
        parameters.append(subscription)
    if id is not None:
        tests.append("id=?")
        parameters.append(id)
    if article is not None:
        tests.append("article_id=?")
        parameters.append(article)
    if since is not None:
        tests.append("matched_at>=?")
        parameters.append(milliseconds(since))
    if after is not None:
        tests.append("(matched_at, id) < (?, ?)")
        parameters += place(after, (int, str), "among these alerts")
    sql = f"SELECT matched_at, id, record FROM alerts WHERE {' AND '.join(tests)} ORDER BY matched_at DESC, id DESC"
    found = connection.execute(f"{sql} LIMIT ?", (*parameters, limit + 1)).fetchall()
    return AlertPage(
        alerts=tuple(Recorded.model_validate_json(unpack(row["record"])) for row in found[:limit]),
        next=following(found, limit, ("matched_at", "id")),
    )
