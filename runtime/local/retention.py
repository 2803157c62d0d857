"""What keeps the file small: the log is pruned behind the slowest stage, articles leave after their retention.

Works in small transactions, so that no stage waits for it.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from runtime.local.log import Log
from runtime.local.log_schema import AGING, BEGUN, MOMENT, QUOTED
from schemas.alert import Delivery
from schemas.ledger import Forgotten
from schemas.outcome import Output
from schemas.services import Sink
from schemas.stage import Stage
from schemas.topics import ALERTS, DEAD, DELIVERIES, FORGOTTEN, STORIES
from stores.sqlite import bodies
from stores.sqlite.database import Database

# Rows in one transaction: well under the 50 ms that a writer may take.
CHUNK = 200
# Where a record on the log names the article that it tells of: an alert, its telling, and the dead letter of either.
TELLING = ", ".join(f"'{topic.name}'" for topic in (ALERTS, DELIVERIES, DEAD))
TOLD_OF = ", ".join(
    f"json_extract(record, '{place}')"
    for place in ("$.article_id", "$.alert.article_id", "$.record.article_id", "$.record.alert.article_id")
)


def prune(database: Database, stages: Sequence[Stage]) -> int:
    """Delete log rows that every stage of their topic has passed, and bodies nobody refers to; rows deleted."""
    deleted = 0
    for topic in sorted({stage.reads.name for stage in stages}):
        names = [stage.name for stage in stages if stage.reads.name == topic]
        while gone := _prune_topic(database, topic, names):
            deleted += gone
    if deleted:
        with database.write() as connection:
            bodies.collect(connection)
    return deleted


def _prune_topic(database: Database, topic: str, stages: Sequence[str]) -> int:
    marks = ",".join("?" * len(stages))
    with database.write() as connection:
        passed = connection.execute(
            f"SELECT count(*), min(next) FROM position WHERE stage IN ({marks})", tuple(stages)
        ).fetchone()
        if passed[0] < len(stages):  # a stage that has read nothing yet still needs all of it
            return 0
        cursor = connection.execute(
            "DELETE FROM log WHERE topic=? AND offset IN"
            " (SELECT offset FROM log WHERE topic=? AND offset<? ORDER BY offset LIMIT ?)",
            (topic, topic, passed[1], CHUNK),
        )
        return cursor.rowcount


def retire(database: Database, now: datetime, days: int) -> None:
    """Let go of outcomes, dead letters and state older than the retention. 0 days keeps all.

    Articles leave the store by the index stage's own clock.
    """
    if days == 0:
        return
    before = (now - timedelta(days=days)).isoformat()
    old = f"SELECT id, revision FROM outcomes WHERE at<? AND {BEGUN}"
    _some_at_a_time(database, old, before, ["DELETE FROM outcomes WHERE id=? AND revision=?"])
    old = f"SELECT topic, offset FROM log WHERE topic='{DEAD.name}' AND at<?"
    _some_at_a_time(database, old, before, ["DELETE FROM log WHERE topic=? AND offset=?"])
    for topic, also in ((STORIES, []), (DELIVERIES, ["DELETE FROM outcomes WHERE id=?"])):
        old = f"SELECT key FROM state WHERE topic='{topic.name}' AND {AGING} AND {MOMENT}<julianday(?)"
        _some_at_a_time(database, old, before, [f"DELETE FROM state WHERE topic='{topic.name}' AND key=?", *also])
    with database.write() as connection:
        bodies.collect(connection)
    database.give_back()


def _some_at_a_time(database: Database, old: str, before: str, delete: Sequence[str]) -> None:
    """Delete what `old` finds, by an index, and what belongs to it."""
    found: list[tuple[object, ...]] = [()]
    while found:
        with database.write() as connection:
            found = [tuple(row) for row in connection.execute(f"{old} LIMIT {CHUNK}", (before,))]
            for sql in delete:
                connection.executemany(sql, found)


def forget(log: Log, database: Database, store: Sink, identity: str, now: datetime) -> bool:
    """Take one article out everywhere, for good: it is not let in again either. False where nothing was known."""
    with database.write() as connection:
        known = connection.execute("SELECT 1 FROM outcomes WHERE id=? LIMIT 1", (identity,)).fetchone()
        stored = store.forget(identity)
        log.append(connection, Output(FORGOTTEN, Forgotten(id=identity, at=now)))
        connection.execute("DELETE FROM log WHERE id=?", (identity,))
        connection.execute(f"DELETE FROM log WHERE topic IN ({TELLING}) AND ? IN ({TOLD_OF})", (identity,))
        connection.execute("DELETE FROM outcomes WHERE id=?", (identity,))
        connection.execute("DELETE FROM state WHERE topic='stories' AND key=?", (identity,))
        _take_words(log, connection, identity)
        bodies.collect(connection)
    log.wake()
    return bool(known) or stored


def _take_words(log: Log, connection: sqlite3.Connection, identity: str) -> None:
    """Of the alerts that quote it: that they were told stays known, and nothing of what waits."""
    quoting = f"topic='{DELIVERIES.name}' AND {QUOTED}=?"
    rows = connection.execute(f"SELECT record FROM state WHERE {quoting}", (identity,)).fetchall()
    connection.execute(f"DELETE FROM state WHERE {quoting}", (identity,))
    for row in rows:
        delivery = Delivery.model_validate_json(row["record"])
        if delivery.status == "delivered" or delivery.told:
            log.append(connection, Output(DELIVERIES, delivery.without_words()))
