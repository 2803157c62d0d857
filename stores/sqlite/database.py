"""One SQLite file, opened once: a single writer connection behind a lock, and short transactions.

Knows nothing of what the tables mean: the local log and the store both bring their own schema.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stores.private import keep_private, make_private

# Readers of other connections wait this long for a writer (our transactions stay under 50 ms).
BUSY_MS = 5_000


class DatabaseError(Exception):
    """The file cannot be used; the message says which file, why, and what to do."""


class Database:
    """The open file. `read` gives a connection of the calling thread's own; `write` the only writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _for_its_owner_only(path)
            self._writer = self._connect()
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(_advice(path, error)) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        # WAL: readers never wait for the writer; FULL: a commit is on the disk, also when the power goes.
        connection.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;PRAGMA busy_timeout={BUSY_MS};"
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
                self._readers.append(connection)
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
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")

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
