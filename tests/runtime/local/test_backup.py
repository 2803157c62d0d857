"""A copy of the file that is made while it is written, and an installation made of it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.local.backup import backup, restore
from runtime.local.lock import Lock
from runtime.local.log import Log
from runtime.ports import ControlError
from schemas.article import Article
from schemas.outcome import Output
from schemas.topics import ARTICLES
from stores.sqlite.database import Database

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "wire.db")
    yield made
    made.close()


def publish(log: Log, number: int) -> None:
    one = Article(id=str(number), revision="1", title="T", text=f"Text of {number}." * 100, fetched_at=NOW)
    log.publish([Output(ARTICLES, one)])


def ids(log: Log) -> list[str]:
    return [ARTICLES.key_of(entry.record) for entry in log.read(ARTICLES, 0, 100_000)]


def test_a_copy_made_while_articles_come_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    """All that was published before it began, and of what came meanwhile no later one without the earlier."""
    log, over = Log(database), threading.Event()
    for number in range(300):
        publish(log, number)

    def go_on() -> None:
        number = 300
        while not over.is_set():
            publish(log, number)
            number += 1

    publisher = threading.Thread(target=go_on)
    publisher.start()
    backup(database, tmp_path / "copy")
    over.set()
    publisher.join()
    assert sorted(tmp_path.glob("copy*")) == [tmp_path / "copy"]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600

    restore(tmp_path / "copy", tmp_path / "new.db")
    made = Database(tmp_path / "new.db")
    found = ids(Log(made))
    made.close()
    assert len(found) >= 300
    assert found == [str(number) for number in range(len(found))]


def test_what_is_there_is_never_written_over(database: Database, tmp_path: Path) -> None:
    publish(Log(database), 1)
    backup(database, tmp_path / "copy")
    with pytest.raises(ControlError, match="copy is there already"):
        backup(database, tmp_path / "copy")
    with pytest.raises(ControlError, match=r"wire\.db is there: stop what works on it"):
        restore(tmp_path / "copy", tmp_path / "wire.db")
    (tmp_path / "left.db-wal").touch()
    with pytest.raises(ControlError, match=r"left\.db-wal is there"):
        restore(tmp_path / "copy", tmp_path / "left.db")
    with Lock(tmp_path / "held.db"), pytest.raises(ControlError, match=r"held\.db is in use"):
        restore(tmp_path / "copy", tmp_path / "held.db")
    assert not (tmp_path / "held.db").exists()


def test_what_is_no_backup_is_refused(database: Database, tmp_path: Path) -> None:
    publish(Log(database), 1)
    backup(database, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "letter").write_text("Dear Sir")
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    other = Database(tmp_path / "other.db")
    other.create("CREATE TABLE t(x)")
    other.close()
    for name in ("letter", "cut", "other.db", "nothing"):
        with pytest.raises(ControlError, match=name):
            restore(tmp_path / name, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_what_is_damaged_is_neither_copied_nor_made_an_installation_of(tmp_path: Path) -> None:
    written = Database(tmp_path / "wire.db")
    for number in range(100):
        publish(Log(written), number)
    backup(written, tmp_path / "copy")
    written.close()
    for name in ("copy", "wire.db"):
        with (tmp_path / name).open("r+b") as file:
            file.seek(file.seek(0, 2) // 2)  # whole pages in the middle
            file.write(b"\xff" * 16_384)
    with pytest.raises(ControlError, match=r"copy is damaged \(.+\): an earlier backup is needed"):
        restore(tmp_path / "copy", tmp_path / "new.db")
    damaged = Database(tmp_path / "wire.db")
    with pytest.raises(ControlError, match=r"wire\.db is damaged \(.+\): an earlier backup is needed"):
        backup(damaged, tmp_path / "second")
    damaged.close()
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".lock") == ["copy", "wire.db"]


def test_a_folder_that_cannot_be_written_is_told_in_one_line(database: Database, tmp_path: Path) -> None:
    publish(Log(database), 1)
    with pytest.raises(ControlError, match="cannot be written: No such file or directory"):
        backup(database, tmp_path / "nowhere" / "copy")
