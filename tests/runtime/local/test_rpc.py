"""Other commands reach the process that works on the file; a second one is told in one line."""

import json
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from runtime.local import rpc
from runtime.local.lock import FileInUse, Lock
from runtime.local.rpc import NotReached, Pipeline, PipelineClient, Server, socket_path
from runtime.ports import ControlError, Published
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.stage import Wait
from schemas.topics import FEEDS
from wirewatch.pipeline import topology

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class FakeWire:
    def __init__(self) -> None:
        self.published: list[Output] = []
        self.caller_gone = threading.Event()
        self.replayed = threading.Event()

    def publish(self, outputs: list[Output]) -> Published:
        self.published += outputs
        return Published(len(outputs), (("same revision", 2),))

    def waiting(self) -> dict[str, int]:
        return {"enrich": 3}

    def forget(self, identity: str) -> bool:
        if identity == "broken":
            raise RuntimeError("no")
        return identity == "known"

    def replay_letter(self, identity: str, stage: str) -> int:
        return 2 if (identity, stage) == ("a", "index") else 0

    def held(self) -> dict[str, tuple[Wait, ...]]:
        return {"index": (Wait("index", NOW, "the store is away"),), "match": ()}

    def replay(
        self, stage: str, since: datetime | None, name: str | None, progress: Callable[[int, int], object]
    ) -> int:
        if stage != "enrich":
            raise ControlError("only enrich can be replayed")
        if name == "slow":
            assert self.caller_gone.wait(60)
        progress(1, 2)
        progress(2, 2)
        self.replayed.set()
        return 2 if since == NOW else 0


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


def test_what_is_held_there_is_told_here(remote: PipelineClient) -> None:
    assert remote.held() == {"index": (Wait("index", NOW, "the store is away"),), "match": ()}


def test_a_replay_there_tells_here_how_far_it_is(remote: PipelineClient) -> None:
    told = []
    assert remote.replay("enrich", NOW, None, lambda done, of: told.append((done, of))) == 2
    assert told == [(1, 2), (2, 2)]
    with pytest.raises(ControlError, match=r"^only enrich can be replayed$"):
        remote.replay("index", NOW)
    assert remote.forget("known")


def test_what_was_asked_for_is_done_though_the_caller_went_away(
    wire: FakeWire, db: Path, remote: PipelineClient, capfd: pytest.CaptureFixture[str]
) -> None:
    caller = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    caller.connect(str(socket_path(db)))
    asked = {"call": "replay", "with": {"stage": "enrich", "since": NOW.isoformat(), "name": "slow"}}
    caller.sendall(json.dumps(asked).encode() + b"\n")
    caller.close()
    wire.caller_gone.set()
    assert wire.replayed.wait(60)
    assert remote.forget("known")
    assert "Traceback" not in capfd.readouterr().err


def test_an_error_there_is_told_here_and_the_line_stays_open(remote: PipelineClient) -> None:
    with pytest.raises(NotReached, match="RuntimeError: no"):
        remote.forget("broken")
    assert remote.forget("known")


def test_a_call_without_end_is_refused_and_the_others_go_on(
    db: Path, remote: PipelineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rpc, "LONGEST_CALL", 1_000)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(socket_path(db)))
        caller.sendall(b"x" * 1_001)
        assert b"more than 1,000 bytes" in caller.makefile("rb").readline()
    assert remote.forget("known")


def test_a_call_that_stops_half_way_is_given_up(
    db: Path, remote: PipelineClient, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rpc, "SILENT_SECONDS", 0.1)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(socket_path(db)))
        caller.sendall(b'{"call": "waiting"')
        assert caller.recv(1_000) == b""
    assert remote.forget("known")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("line", [b"[]", b"5", b"{}", b"\xff", b"[" * 100_000, b'{"call": {}, "with": 1}', b""])
def test_what_is_no_call_has_an_answer(db: Path, remote: PipelineClient, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(socket_path(db)))
        caller.sendall(line + b"\n")
        assert "error" in json.loads(caller.makefile("rb").readline())
    assert remote.forget("known")


def test_more_than_one_call_may_hold_is_sent_in_several(
    wire: FakeWire, remote: PipelineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = [Output(FEEDS, Feed(url=f"https://example.org/{number}", title="x" * 400)) for number in range(20)]
    monkeypatch.setattr(rpc, "SENT_AT_ONCE", 1_500)
    monkeypatch.setattr(rpc, "LONGEST_CALL", 3_000)
    assert remote.publish(outputs).accepted == 20
    assert wire.published == outputs


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
