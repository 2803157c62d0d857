"""The database holds passwords of channels and feeds: it and its companions are their owner's alone."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from runtime.local.lock import Lock
from stores.sqlite.database import Database


@pytest.fixture(autouse=True)
def _everybody_may_read() -> Iterator[None]:
    mask = os.umask(0o000)
    yield
    os.umask(mask)


def _modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def _used(path: Path) -> Database:
    database = Database(path)
    database.create("CREATE TABLE IF NOT EXISTS words(word TEXT)")
    with database.write() as connection:
        connection.execute("INSERT INTO words VALUES('secret')")
    return database


def test_a_new_database_is_its_owners_with_all_that_is_beside_it(tmp_path: Path) -> None:
    with Lock(tmp_path / "wire.db"), closing(_used(tmp_path / "wire.db")):
        assert _modes(tmp_path) == dict.fromkeys(("wire.db", "wire.db-wal", "wire.db-shm", "wire.db.lock"), 0o600)


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    with closing(_used(tmp_path / "wire.db")):
        (tmp_path / "wire.db.lock").touch()
        for file in tmp_path.iterdir():
            file.chmod(0o644)
        with Lock(tmp_path / "wire.db"), closing(Database(tmp_path / "wire.db")) as second:
            assert set(_modes(tmp_path).values()) == {0o600}
            assert [row["word"] for row in second.read.execute("SELECT word FROM words")] == ["secret"]


def test_a_database_behind_a_link_is_closed_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "wire.db").symlink_to(tmp_path / "disk" / "wire.db")
    with closing(_used(tmp_path / "wire.db")):
        assert set(_modes(tmp_path / "disk").values()) == {0o600}
        assert len(_modes(tmp_path / "disk")) == 3


def test_opening_it_again_leaves_the_first_ones_locks(tmp_path: Path) -> None:
    with closing(_used(tmp_path / "wire.db")) as first, first.write() as connection:
        connection.execute("INSERT INTO words VALUES('half')")
        with closing(Database(tmp_path / "wire.db")) as second:
            assert second.read.execute("SELECT count(*) FROM words").fetchone()[0] == 1
