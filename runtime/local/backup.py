"""A copy of the file as it is at one moment, made while others write it; and the way back."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from runtime.backup_file import whole
from runtime.local.lock import FileInUse, Lock
from runtime.ports import ControlError
from stores.sqlite.database import Database

# What only a file of wirewatch has; and what SQLite leaves beside a file that is open, or was when its process died.
TABLES = ("log", "outcomes", "state")
BESIDE = ("-wal", "-shm")


def backup(database: Database, path: Path) -> int:
    """Write a copy that can be opened as it is; its bytes. Nobody waits for it. Raises ControlError."""
    with whole(path) as partial:
        try:
            with closing(sqlite3.connect(partial)) as copy:
                database.read.backup(copy)  # all pages in one reading: of one moment
                copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, nothing beside it
            _check(partial, of=database.path)
        except sqlite3.Error as error:
            raise ControlError(f"{database.path} cannot be copied to {path}: {error}") from error
    return path.stat().st_size


def restore(path: Path, db: Path) -> None:
    """Make `db` out of a copy. Raises ControlError where there is a file already, or the copy is none."""
    if not path.is_file():
        raise ControlError(f"there is no file {path}")
    for there in (db, *(db.with_name(db.name + ending) for ending in BESIDE)):
        if there.exists():
            raise ControlError(f"{there} is there: stop what works on it and move it away, or name another --db")
    try:
        _check(path, of=path)
        with Lock(db), whole(db) as partial:
            shutil.copyfile(path, partial)
    except FileInUse as error:
        raise ControlError(str(error)) from error
    except sqlite3.Error as error:
        raise ControlError(f"{path} is no backup of wirewatch: {error}") from error


def _check(path: Path, of: Path) -> None:
    """Raises sqlite3.Error, or ControlError, which names the file that it is a copy `of`."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        damage = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise ControlError(f"{of} is damaged ({damage.splitlines()[-1]}): an earlier backup is needed")
        marks = ",".join("?" * len(TABLES))
        sql = f"SELECT count(*) FROM sqlite_master WHERE type='table' AND name IN ({marks})"
        if copy.execute(sql, TABLES).fetchone()[0] < len(TABLES):
            raise ControlError(f"{of} is no backup of wirewatch: it has none of its tables")
