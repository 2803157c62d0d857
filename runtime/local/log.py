"""The durable local log: topics, positions and outcomes in SQLite, a stage's outputs and offset in one transaction.

Knows nothing of what the records mean. A body (text and original) is stored once; log rows refer to it.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.local.appending import Appending, has_body
from runtime.local.entrance import is_forgotten, refusal
from runtime.local.kept_records import with_body
from runtime.local.kept_state import KeptState
from runtime.local.log_schema import MIGRATION, SCHEMA
from runtime.local.pulse import Pulse
from runtime.local.recent import Recent
from runtime.ports import Published
from runtime.recorder import Incoming, OutcomeRecorder
from runtime.topology import Topology
from schemas.about import about
from schemas.article import Article
from schemas.clock import Clock, utc_now
from schemas.ledger import FETCH, Letter, Origin, identity
from schemas.outcome import Done, Outcome, Output
from schemas.record import Record
from schemas.stage import Stage
from schemas.topics import ARTICLES, DEAD, DELIVERIES, FORGOTTEN, STORIES, Topic
from stores.sqlite import bodies
from stores.sqlite.database import Database

OF_ARTICLES = (DELIVERIES, STORIES)
"""The state that is kept of articles, and goes with them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on the log, and where it stands."""

    offset: int
    record: Record
    body_id: int | None


class _OwnChanges(threading.local):
    """What this thread has written to compacted topics, and not committed yet: a mapping that took it for known before
    the commit would be without it for good."""

    def __init__(self) -> None:
        self.keys: list[tuple[str, str]] = []


class Log(KeptState):
    """Append, read, commit. Thread-safe; the database's one writer does all writing."""

    def __init__(self, database: Database, clock: Clock = utc_now, read: Collection[Topic] = ()) -> None:
        """`read`: the topics that stages read; a compacted one of them stands on the log as well as in the state."""
        super().__init__(database)
        self._read = read
        self._clock = clock
        self.pulse = Pulse()
        """Beats whenever something was appended or committed."""
        self._own = _OwnChanges()
        self._recent = Recent()
        self._arrivals = OutcomeRecorder(FETCH, clock)
        database.create(bodies.SCHEMA)
        database.create(SCHEMA)
        if database.read.execute("SELECT 1 FROM sqlite_master WHERE name='forgotten'").fetchone():
            database.create(MIGRATION)

    # -- publishing ---------------------------------------------------------------------------------------

    def publish(self, outputs: Sequence[Output]) -> Published:
        """Append outputs in one transaction. An article whose last revision is the same is Dropped by that rule."""
        with self._database.write() as connection:
            dropped: dict[str, int] = {}
            accepted = 0
            appending = self._appending(connection)
            for output in outputs:
                if output.topic in OF_ARTICLES and is_forgotten(connection, about(output.record)):
                    continue  # it was taken out while this was worked out: nothing of it may come back
                reason = self._entrance(connection, appending, output) if output.topic is ARTICLES else None
                if reason is not None:
                    dropped[reason] = dropped.get(reason, 0) + 1
                    continue
                accepted += output.topic is ARTICLES
                appending.add(output)
            appending.write()
        self._committed(appending)
        return Published(accepted, tuple(sorted(dropped.items())))

    def _entrance(self, connection: sqlite3.Connection, appending: Appending, output: Output) -> str | None:
        """The rule by which an article is not let in, or None; one that is let in enters the ledger."""
        appending.write()  # an earlier revision may stand in the same call
        reason = refusal(connection, output.record)
        if reason is None:
            appending.add(self._arrivals.row(identity(output.record), Done()))
        return reason

    def replay_letters(self, id: str, stage: str | None, topology: Topology) -> int:
        """Put dead letters of an article back before the stage that failed; how many."""
        with self._database.write() as connection:
            rows = connection.execute("SELECT offset, record FROM log WHERE topic=? AND id=?", (DEAD.name, id))
            letters = [(row["offset"], Letter.model_validate_json(row["record"])) for row in rows.fetchall()]
            chosen = [(offset, letter) for offset, letter in letters if stage in (None, letter.stage)]
            for offset, letter in chosen:
                topic = topology.topic(letter.origin.topic)
                self.append(connection, Output(topic, topic.record.model_validate(letter.record)))
                connection.execute("DELETE FROM log WHERE topic=? AND offset=?", (DEAD.name, offset))
        self.wake()
        return len(chosen)

    def replay(self, articles: Sequence[Article]) -> None:
        """Put stored articles back before the first stage, past the entrance: they are in the ledger already."""
        with self._database.write() as connection:
            for article in articles:
                self.append(connection, Output(ARTICLES, article.model_copy(update={"silent": True})))
        self.wake()

    def append(self, connection: sqlite3.Connection, output: Output, body_id: int | None = None) -> None:
        """Append within a transaction of the caller's; `body_id` where the record's body is stored already."""
        appending = self._appending(connection)
        appending.add(output, body_id)
        appending.write()
        self._own.keys += _asked_for(appending)

    def _appending(self, connection: sqlite3.Connection) -> Appending:
        return Appending(connection, self._read, self._clock().isoformat())

    def _committed(self, appending: Appending) -> None:
        """Make known what is committed now."""
        self._own.keys += _asked_for(appending)
        self._recent.keep(appending.appended)
        self._tell({topic.name for topic, _ in appending.changed} | {one.topic.name for one in appending.appended})

    # -- a stage's work -----------------------------------------------------------------------------------

    def position(self, stage: Stage) -> int:
        """The next offset that the stage has to read."""
        row = self._database.read.execute("SELECT next FROM position WHERE stage=?", (stage.name,)).fetchone()
        return int(row["next"]) if row else 0

    def lag(self, stage: Stage) -> int:
        """Records on the stage's topic that it has not handled yet."""
        row = self._database.read.execute("SELECT next FROM head WHERE topic=?", (stage.reads.name,)).fetchone()
        return (row["next"] if row else 0) - self.position(stage)

    def batch(self, stage: Stage) -> list[Entry]:
        """The next records for a stage, in order; empty where it has read all."""
        return list(self.read(stage.reads, self.position(stage), stage.batch))

    def read(self, topic: Topic, start: int, limit: int) -> Iterator[Entry]:
        """Records of a topic from an offset on. Raises Hold where this version cannot read one."""
        connection = self._database.read
        connection.execute("BEGIN")  # one moment for rows and bodies: a `forget` meanwhile takes both or neither
        try:
            rows = connection.execute(
                "SELECT offset, record, body_id FROM log WHERE topic=? AND offset>=? ORDER BY offset LIMIT ?",
                (topic.name, start, limit),
            ).fetchall()
            recent = [self._recent.get(topic, row["offset"]) for row in rows]
            bodies = [self._body(row["body_id"]) if one is None else {} for row, one in zip(rows, recent, strict=True)]
        finally:
            connection.execute("ROLLBACK")
        for row, record, body in zip(rows, recent, bodies, strict=True):
            if record is None:
                record = with_body(topic, row["record"], body)
            yield Entry(row["offset"], record, row["body_id"])

    def commit(self, stage: Stage, entries: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
        """Outputs, letters, ledger and position of one batch: all of it in one transaction, or nothing."""
        recorder = OutcomeRecorder(stage.name, self._clock)
        with self._database.write() as connection:
            appending = self._appending(connection)
            articles = [about(entry.record) for entry in entries]
            # what was taken out while the step was at work: nothing of it may come back
            out = {article for article in set(articles) if is_forgotten(connection, article)}
            for entry, article, outcome in zip(entries, articles, outcomes, strict=True):
                if article in out:
                    continue
                origin = Origin(topic=stage.reads.name, offset=entry.offset)
                for output in recorder.outputs(Incoming(origin, entry.record), outcome):
                    same_body = entry.body_id is not None and has_body(type(output.record))
                    appending.add(output, entry.body_id if same_body else None)
            appending.write()
            connection.execute(
                "INSERT INTO position VALUES(?,?,?) ON CONFLICT DO UPDATE SET next=excluded.next",
                (stage.name, stage.reads.name, entries[-1].offset + 1),
            )
        self._committed(appending)

    def wake(self) -> None:
        """Make everybody who waits look again. Call it after a transaction that appended, in the same thread."""
        self._tell(None)

    def _tell(self, topics: Collection[str] | None) -> None:
        self.note(self._own.keys)
        if any(topic == FORGOTTEN.name for topic, _ in self._own.keys):
            self._recent.clear()
        self._own.keys.clear()
        self.pulse.beat(topics)

    def _body(self, body_id: int | None) -> dict[str, Any]:
        if body_id is None:
            return {}
        text, original = bodies.get(self._database.read, body_id)
        return {"text": text, "original": original}


def _asked_for(appending: Appending) -> list[tuple[str, str]]:
    """The keys that a mapping may have; of topics with a moment nobody asks for one."""
    return [(topic.name, key) for topic, key in appending.changed if topic.moment is None]
