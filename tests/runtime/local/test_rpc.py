"""Other commands reach the process that works on the file; a second one is told in one line."""

import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from runtime.local.lock import FileInUse, Lock
from runtime.local.rpc import NotReached, Pipeline, PipelineClient, Server, socket_path
from runtime.ports import Published
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS
from wirewatch.pipeline import topology


class FakeWire:
    def __init__(self) -> None:
        self.published: list[Output] = []

    def publish(self, outputs: Sequence[Output]) -> Published:
        self.published += outputs
        return Published(len(outputs), (("same revision", 2),))

    def waiting(self) -> dict[str, int]:
        return {"enrich": 3}

    def forget(self, identity: str) -> bool:
        if identity == "broken":
            raise RuntimeError("no")
        return identity == "known"

    def replay_letter(self, identity: str, stage: str | None) -> int:
        return 2 if (identity, stage) == ("a", "index") else 0


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


@pytest.fixture
def wire(db: Path) -> Iterator[FakeWire]:
    wire = FakeWire()
    answering = Server(db, cast(Pipeline, wire), topology())
    yield wire
    answering.close()


@pytest.fixture
def remote(db: Path, wire: FakeWire) -> Iterator[PipelineClient]:
    made = PipelineClient(db)
    yield made
    made.close()


def test_a_call_does_there_what_was_asked_here(wire: FakeWire, remote: PipelineClient) -> None:
    output = Output(FEEDS, Feed(url="https://example.org/feed", tags=("a", "b")))
    assert remote.publish([output]) == Published(1, (("same revision", 2),))
    assert wire.published == [output]
    assert remote.waiting() == {"enrich": 3}
    assert (remote.forget("known"), remote.forget("unknown")) == (True, False)
    assert remote.replay_letter("a", "index") == 2


def test_an_error_there_is_told_here_and_the_line_stays_open(remote: PipelineClient) -> None:
    with pytest.raises(NotReached, match="RuntimeError: no"):
        remote.forget("broken")
    assert remote.forget("known")


def test_only_the_owner_may_call(db: Path, wire: FakeWire) -> None:
    assert stat.S_IMODE(socket_path(db).stat().st_mode) == 0o600


def test_nobody_there_is_told_with_what_to_do(db: Path) -> None:
    with pytest.raises(NotReached, match=r"does not answer.*stop it"):
        PipelineClient(db)


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
