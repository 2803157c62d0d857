"""The store on SQLite: one file, no server, found by FTS5. Keeps stores/store.py's promises.

Knows SQL and rows only through its neighbours: writing, sql, searching.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.outcome import Hold, Outcome
from stores.outlines import PlacedPage, StoryCounts
from stores.query.tree import Everything, Query
from stores.sqlite import (
    alerts,
    bodies,
    places,
    quotes,
    revisions,
    rows,
    searching,
    stories,
    views,
    writing,
)
from stores.sqlite.database import Database
from stores.sqlite.matching import Matching
from stores.sqlite.reindex import create, reindex
from stores.store import (
    AlertPage,
    Histogram,
    Hits,
    Interval,
    MaintenanceError,
    Moment,
    Order,
    QuotePage,
    ReplacedPage,
    Said,
    SpeakerCount,
    StoryPage,
    Tell,
    untold,
)

if TYPE_CHECKING:
    from stores.sqlite.columns import Kept

# Articles taken out in one transaction: each costs as much as writing it.
_EXPIRED_AT_ONCE = 20
# Of alerts, which have no terms, far more fit in one.
_ALERTS_EXPIRED_AT_ONCE = 500
# Ids read at one go: some hundred kilobytes, and no reading that lasts while others write.
_IDS_AT_ONCE = 10_000


class EmbeddedStore:
    """A Store in a Database that may hold other tables beside.

    Opened with another analyser or other search fields than it was written with, it indexes everything anew first.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        database.create(bodies.SCHEMA)
        create(database)
        database.create(alerts.SCHEMA)
        database.create(revisions.SCHEMA)
        views.create(database)
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
            revisions.forget(connection, id)
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
                revisions.forget(connection, writing.remove(connection, row).id)
        return len(found)

    def _expire_alerts(self, before: int) -> int:
        with self._database.write() as connection:
            return alerts.expire(connection, before, _ALERTS_EXPIRED_AT_ONCE)

    def get(self, id: str) -> WireArticle | None:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            row = connection.execute("SELECT record, body_id FROM articles WHERE id=?", (id,)).fetchone()
            return rows.article(connection, row) if row is not None else None

    def revisions(self, id: str) -> list[WireArticle]:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            return revisions.of(connection, id)

    def replaced(self, since: datetime | None = None, limit: int = 20, after: str | None = None) -> ReplacedPage:
        """See Store."""
        return revisions.page(self._database.read, since, limit, after)

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

    def stories(self, query: Query, limit: int = 20, after: str | None = None) -> StoryPage:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            return stories.page(connection, query.root, limit, after)

    def story_counts(self, query: Query, limit: int = 20, after: str | None = None) -> StoryCounts:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            return stories.counts(connection, query.root, limit, after)

    def places(self, query: Query, limit: int = 20, after: str | None = None) -> PlacedPage:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            return places.page(connection, query.root, limit, after)

    def histogram(self, query: Query, interval: Interval = "day", moment: Moment = "published") -> Histogram:
        """See Store."""
        from stores.sqlite.over_time import histogram  # with numpy, as what counts alone needs it

        with searching.snapshot(self._database.read) as connection:
            return histogram(connection, self._kept, Matching.of(connection, query.root), interval, moment)

    def quotes(self, said: Said, limit: int = 20, after: str | None = None) -> QuotePage:
        """See Store."""
        with searching.snapshot(self._database.read) as connection:
            return quotes.page(connection, said, limit, after)

    def speakers(self, said: Said, limit: int = 20, names: Sequence[str] = ()) -> tuple[SpeakerCount, ...]:
        """See Store."""
        from stores.sqlite.speakers import speakers  # as above

        with searching.snapshot(self._database.read) as connection:
            return speakers(connection, self._kept, said, limit, names)

    @cached_property
    def _kept(self) -> "Kept":
        from stores.sqlite.columns import Kept  # as above

        return Kept()

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
        with searching.snapshot(self._database.read) as connection:
            return searching.count(connection, query.root if query is not None else Everything())

    def there(self, ids: Sequence[str]) -> set[str]:
        """See Store."""
        # by JSON: a statement takes fewer parameters than there may be ids
        given = json.dumps(list(ids))
        wanted = "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._database.read.execute(wanted, (given,))}

    def ids(self, since: datetime | None = None) -> Iterator[str]:
        """See Store."""
        wanted = "SELECT rowid, id FROM articles WHERE rowid>? AND first_seen>=? ORDER BY rowid LIMIT ?"
        oldest = rows.milliseconds(since) if since is not None else -(2**63)
        last = -(2**63)
        while found := self._database.read.execute(wanted, (last, oldest, _IDS_AT_ONCE)).fetchall():
            last = found[-1]["rowid"]
            yield from (row["id"] for row in found)

    def init(self) -> str:
        """See Maintenance. Raises MaintenanceError: the tables were made when the file was opened."""
        raise MaintenanceError("the embedded store makes its own: set WIREWATCH_ELASTICSEARCH to make indexes there")

    def upgrade(self, tell: Tell = untold) -> str:
        """See Maintenance: the tables were built when the file was opened; it is left without free pages."""
        self._database.compact()
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
