"""One process works on a file; a second one is told in one line, and a killed one lets go."""

import subprocess
import sys
from pathlib import Path

import pytest

from runtime.local.lock import FileInUse, Lock
from runtime.local.socket_file import socket_path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


def test_a_path_too_long_for_a_socket_is_moved(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120) / "wire.db"
    assert len(str(socket_path(long))) < 108
    assert socket_path(long) != socket_path(tmp_path / ("y" * 120) / "wire.db")


def test_a_second_process_is_told_who_has_the_file(db: Path) -> None:
    with Lock(db), pytest.raises(FileInUse, match=r"in use by another wirewatch \(process \d+\).*--db"):
        Lock(db)
    Lock(db).release()


def test_a_killed_holder_lets_go(db: Path) -> None:
    hold = (
        "import sys, pathlib, os, signal; from runtime.local.lock import Lock;"
        "Lock(pathlib.Path(sys.argv[1])); print('held', flush=True); signal.pause()"
    )
    child = subprocess.Popen([sys.executable, "-c", hold, str(db)], stdout=subprocess.PIPE)
    try:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(FileInUse, match=str(child.pid)):
            Lock(db)
    finally:
        child.kill()
        child.communicate()
    Lock(db).release()
