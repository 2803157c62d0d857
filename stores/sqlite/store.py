"""The store on SQLite: one file, no server, found by FTS5. Keeps stores/store.py's promises.

Knows SQL and rows only through its neighbours: writing, sql, searching.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.outcome import Hold, Outcome
from stores.query.terms import quoted_by
from stores.query.tree import Everything, Query
from stores.sqlite import alerts, bodies, rows, searching, writing
from stores.sqlite.database import Database
from stores.sqlite.reindex import create, reindex
from stores.store import AlertPage, Hits, MaintenanceError, Order, QuoteHit, Tell, untold

# Articles taken out in one transaction: each costs as much as writing it.
_EXPIRED_AT_ONCE = 20
# Of alerts, which have no terms, far more fit in one.
_ALERTS_EXPIRED_AT_ONCE = 500


class EmbeddedStore:
    """A Store in a Database that may hold other tables beside.

    Opened with another analyser or other search fields than it was written with, it indexes everything anew first.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create(bodies.SCHEMA)
        create(database)
        database.create(alerts.SCHEMA)
        reindex(database)
        self.observations = None

    def write(self, articles: Sequence[WireArticle]) -> list[Outcome]:
        """See Store. Several transactions, each short, all before it returns."""
        outcomes: list[Outcome] = []
        for portion in writing.chunks(articles):
            try:
                with self._database.write() as connection:
                    outcomes += [writing.put(connection, new) for new in portion]
            except sqlite3.OperationalError as error:
                raise Hold(f"the database cannot be written: {error}") from error
        return outcomes

    def record(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """See Store."""
        try:
            with self._database.write() as connection:
                return [alerts.put(connection, delivery) for delivery in deliveries]
        except sqlite3.OperationalError as error:
            raise Hold(f"the database cannot be written: {error}") from error

    def forget(self, id: str) -> bool:
        """See Store."""
        with self._database.write() as connection:
            row = connection.execute("SELECT rowid, record, body_id FROM articles WHERE id=?", (id,)).fetchone()
            if row is not None:
                writing.remove(connection, row)
                bodies.collect(connection)
            alerts.forget(connection, id)
        return row is not None

    def expire(self, before: datetime) -> int:
        """See Store: exact to the millisecond here."""
        expired = 0
        while count := self._expire_some(rows.milliseconds(before)):
            expired += count
        while self._expire_alerts(rows.milliseconds(before)):
            pass
        with self._database.write() as connection:
            bodies.collect(connection)
        return expired

    def _expire_some(self, before: int) -> int:
        with self._database.write() as connection:
            found = connection.execute(
                "SELECT rowid, record, body_id FROM articles WHERE first_seen<? LIMIT ?",
                (before, _EXPIRED_AT_ONCE),
            ).fetchall()
            for row in found:
                writing.remove(connection, row)
        return len(found)

    def _expire_alerts(self, before: int) -> int:
        with self._database.write() as connection:
            return alerts.expire(connection, before, _ALERTS_EXPIRED_AT_ONCE)

    def get(self, id: str) -> WireArticle | None:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            row = connection.execute("SELECT record, body_id FROM articles WHERE id=?", (id,)).fetchone()
            return rows.article(connection, row) if row is not None else None

    def search(
        self,
        query: Query,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        facets: Sequence[str] = (),
    ) -> Hits:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            return searching.search(connection, query.root, limit, after, order, facets)

    def quotes(self, speaker: str | None = None, about: Query | None = None, limit: int = 20) -> list[QuoteHit]:
        """See Store."""
        wanted = quoted_by(speaker, about)
        with searching.snapshot(self._database.read) as connection:
            return searching.quotes(connection, wanted, limit) if wanted else []

    def alerts(
        self,
        subscription: str | None = None,
        article: str | None = None,
        since: datetime | None = None,
        limit: int = 20,
        after: str | None = None,
        id: str | None = None,
    ) -> AlertPage:
        """See Store."""
        return alerts.page(self._database.read, subscription, article, since, limit, after, id)

    def count(self, query: Query | None = None) -> int:
        """See Store."""
        return searching.count(self._database.read, query.root if query is not None else Everything())

    def init(self) -> str:
        """See Maintenance. Raises MaintenanceError: the tables were made when the file was opened."""
        raise MaintenanceError("the embedded store makes its own: set WIREWATCH_ELASTICSEARCH to make indexes there")

    def upgrade(self, tell: Tell = untold) -> str:
        """See Maintenance: done when the file was opened."""
        return self._built()

    def reindex(self, tell: Tell = untold) -> str:
        """See Maintenance."""
        reindex(self._database, every=True)
        return self._built()

    def _built(self) -> str:
        return f"{self._database.path} is built anew"

    def close(self) -> None:
        """See Store."""
        self._database.close()
