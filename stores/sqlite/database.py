"""One SQLite file, opened once: a single writer connection behind a lock, and short transactions.

Knows nothing of what the tables mean: the local log and the store both bring their own schema.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from stores.private import keep_private, make_private

# Readers of other connections wait this long for a writer (our transactions stay under 50 ms).
BUSY_MS = 5_000
# A write-ahead log that somebody's long reading let grow is cut to this again: some hundred transactions.
WAL_BYTES = 16 << 20
# Free pages that are kept: a twentieth of the file, for what is written next. Given back so many at a time: a megabyte.
KEPT_FREE, GIVEN_BACK = 20, 256


class DatabaseError(Exception):
    """The file cannot be used; the message says which file, why, and what to do."""


class _Connection(sqlite3.Connection):
    """One that can be referred to weakly, as sqlite3's own cannot."""


class Database:
    """The open file. `read` gives a connection of the calling thread's own; `write` the only writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        # A thread's connection is closed when the thread ends: who scrapes metrics comes in a new one each time.
        self._readers: WeakSet[sqlite3.Connection] = WeakSet()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _for_its_owner_only(path)
            self._writer = self._connect()
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(_advice(path, error)) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, factory=_Connection)
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
            # Heeded by a file without tables alone, and any other would be locked for it: pages that retention has
            # freed can be given back.
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        # WAL: readers never wait for the writer; FULL: a commit is on the disk, also when the power goes.
        connection.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA journal_size_limit={WAL_BYTES};"
            "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        )
        return connection

    def create(self, script: str) -> None:
        """Run an idempotent schema script (CREATE … IF NOT EXISTS)."""
        with self._lock:
            self._writer.executescript(script)

    @property
    def read(self) -> sqlite3.Connection:
        """This thread's reading connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute("PRAGMA query_only=ON")
            with self._lock:
                self._readers.add(connection)
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One short transaction: all of it or nothing. Compute first, then enter. Nests into the outer one.

        Raises sqlite3.OperationalError where the disk is full or the file went away.
        """
        with self._lock:
            if self._writer.in_transaction:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                # A commit that fails may leave the transaction open: the next one would be taken for a part of it.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def give_back(self) -> None:
        """Give free pages back to the file system, in short transactions.

        A file that was made before it could do so keeps them for what is written next, until it is made `compact`.
        """
        while self._can_give_back():
            with self.write() as connection:
                connection.execute(f"PRAGMA incremental_vacuum({GIVEN_BACK})").fetchall()

    def _can_give_back(self) -> bool:
        pages, free, vacuum = map(self._asked, ("page_count", "freelist_count", "auto_vacuum"))
        return vacuum > 0 and free > pages // KEPT_FREE + GIVEN_BACK

    def _asked(self, pragma: str) -> int:
        return int(self.read.execute(f"PRAGMA {pragma}").fetchone()[0])

    def compact(self) -> None:
        """Write the file anew without free pages, and so that it can give them back from then on. Takes its size again
        on the disk, and nobody can write meanwhile."""
        with self._lock:
            self._writer.executescript("PRAGMA auto_vacuum=INCREMENTAL; VACUUM;")

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        with self._lock:
            for connection in (*self._readers, self._writer):
                connection.close()


def _for_its_owner_only(path: Path) -> None:
    """The file and what SQLite keeps beside it; what SQLite makes later has the file's own mode."""
    file = path.resolve()  # beside which SQLite keeps them, where the path is a link
    make_private(file)
    for companion in ("-wal", "-shm", "-journal"):
        keep_private(file.with_name(file.name + companion))


def _advice(path: Path, error: Exception) -> str:
    if "not a database" in str(error):
        return f"{path} is not a database of wirewatch: name another file with --db, or move this one away"
    if "malformed" in str(error):
        return f"{path} is damaged ({error}): restore a copy, or move it away and start again"
    return f"{path} cannot be opened ({error}): check that the folder exists and may be written to"
