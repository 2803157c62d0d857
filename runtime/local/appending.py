"""What is appended to the local log in one transaction: gathered first, and written with one statement a table.

A row costs more on its way to SQLite than in it. Knows the tables' columns, and nothing of what the records mean.
"""

import sqlite3
from collections.abc import Collection
from functools import cache

from runtime.local.recent import Appended
from schemas.ledger import OutcomeRow, identity
from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import Topic
from stores.sqlite import bodies

_STATE = "INSERT INTO state VALUES(?,?,?) ON CONFLICT DO UPDATE SET record=excluded.record"
_LOG = "INSERT INTO log VALUES(?,?,?,?,?,?)"
# The last word of a stage on a revision counts.
_OUTCOMES = (
    "INSERT INTO outcomes VALUES(?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
    " outcome=excluded.outcome, reason=excluded.reason, at=excluded.at"
)
_NEXT = "SELECT next FROM head WHERE topic=?"
_HEAD = "INSERT INTO head VALUES(?,?) ON CONFLICT DO UPDATE SET next=excluded.next"


class Appending:
    """One transaction of the caller's. Nothing is in the file before `write`."""

    def __init__(self, connection: sqlite3.Connection, read: Collection[Topic], now: str) -> None:
        """`read`: as Log's. `now`: when the records are appended."""
        self._connection = connection
        self._read = read
        self._now = now
        self._heads: dict[str, int] = {}
        self._state: list[tuple[str, str, str]] = []
        self._log: list[tuple[object, ...]] = []
        self._outcomes: list[tuple[object, ...]] = []
        self.changed: list[tuple[Topic, str]] = []
        """The keys that were written to compacted topics."""
        self.appended: list[Appended] = []
        """What stands on the log once this is written and committed."""

    def add(self, output: Output, body_id: int | None = None) -> None:
        """One record; `body_id` where its body is stored already."""
        topic, record = output.topic, output.record
        if isinstance(record, OutcomeRow):
            row = (record.id, record.stage, record.revision, record.outcome, record.reason, record.at.isoformat())
            self._outcomes.append(row)
            return
        payload, body = None, 0
        if topic.compacted:
            payload = record.model_dump_json(exclude_defaults=True)
            key = topic.key_of(record)
            self._state.append((topic.name, key, payload))
            self.changed.append((topic, key))
            if topic not in self._read:
                return
        if has_body(type(record)):
            payload = record.model_dump_json(exclude=bodies.FIELDS, exclude_defaults=True)
            body = len(record.text) + len(record.original or "")  # type: ignore[attr-defined]  # has_body says so
            if body_id is None:
                body_id = bodies.put(self._connection, record.text, record.original)  # type: ignore[attr-defined]  # has_body says so
        elif payload is None:
            payload = record.model_dump_json(exclude_defaults=True)
        offset = self._offset(topic.name)
        self._log.append((topic.name, offset, identity(record)[0], payload, body_id, self._now))
        self.appended.append(Appended(topic, offset, record, len(payload) + body))

    def write(self) -> None:
        """Put all of it into the file. What is added afterwards is written by the next call."""
        for sql, rows in ((_STATE, self._state), (_LOG, self._log), (_OUTCOMES, self._outcomes)):
            self._connection.executemany(sql, rows)
            rows.clear()
        self._connection.executemany(_HEAD, self._heads.items())

    def _offset(self, topic: str) -> int:
        if topic not in self._heads:
            row = self._connection.execute(_NEXT, (topic,)).fetchone()
            self._heads[topic] = row[0] if row else 0
        offset = self._heads[topic]
        self._heads[topic] += 1
        return offset


@cache
def has_body(kind: type[Record]) -> bool:
    """Whether records of this type have a text, which is kept apart."""
    return "text" in kind.model_fields
