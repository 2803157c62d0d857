"""Other commands reach the process that works on the file, by HTTP on the socket beside it."""

import json
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.local.socket_file import socket_path
from runtime.ports import Control, ControlError, Published, Reader, StageReport
from schemas.feed import Feed
from schemas.outcome import Hold, Output
from schemas.stage import Wait
from schemas.topics import FEEDS, FORGOTTEN
from web import client as asking
from web import limits
from web.client import Client, NotReached
from web.installation import Installation
from wirewatch.compose.beside import Beside

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
STAGES = ("enrich", "index")


class FakeWire:
    """A Control that notes what it is asked, and the status of a Reader."""

    def __init__(self) -> None:
        self.published: list[Output] = []
        self.forgotten: list[str] = []
        self.letters: list[tuple[str, str | None]] = []
        self.caller_gone = threading.Event()
        self.replayed = threading.Event()

    def publish(self, outputs: list[Output]) -> Published:
        self.published += outputs
        return Published(len(outputs), (("same revision", 2),))

    def status(self) -> list[StageReport]:
        away = Wait("index", NOW, "the store is away")
        return [
            StageReport("enrich", 3),
            StageReport("index", 0, (away, away)),
            StageReport("housekeeping", 0, (Wait("housekeeping", NOW, "“no room”"),)),
        ]

    def forget(self, identity: str) -> bool:
        self.forgotten.append(identity)
        if identity == "broken":
            raise RuntimeError("no")
        if identity == "away":
            raise Hold("the log is away")
        return not identity.startswith("unknown")

    def replay_letter(self, identity: str, stage: str | None) -> int:
        self.letters.append((identity, stage))
        return 2 if (identity, stage) == ("a", "index") else 0

    def replay(self, stage: str, since: datetime, name: str | None, progress: Callable[[int, int], object]) -> int:
        if stage != "enrich":
            raise ControlError("only enrich can be replayed")
        if name == "slow":
            assert self.caller_gone.wait(60)
        progress(1, 2)
        if name == "away":
            raise Hold("the log is away")
        progress(2, 2)
        self.replayed.set()
        return 2 if since == NOW else 0


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


@pytest.fixture
def wire(db: Path) -> Iterator[FakeWire]:
    wire = FakeWire()
    nothing = cast(Callable[..., Any], None)
    here = Installation(cast(Reader, wire), lambda: nullcontext(cast(Control, wire)), nothing, nothing)
    beside = Beside(db, lambda: here)
    yield wire
    beside.close()
    assert not socket_path(db).exists()


@pytest.fixture
def remote(db: Path, wire: FakeWire) -> Client:
    return Client(db, STAGES)


def asked(db: Path, request: bytes) -> bytes:
    """What is answered to these bytes, to the end."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(socket_path(db)))
        caller.sendall(request)
        return b"".join(iter(lambda: caller.recv(65_536), b""))


def test_a_call_does_there_what_was_asked_here(wire: FakeWire, remote: Client) -> None:
    output = Output(FEEDS, Feed(url="https://example.org/feed", tags=("a", "b"), added=NOW))
    assert remote.publish([output, output]) == Published(2, (("same revision", 2),))
    assert wire.published == [output, output]
    assert remote.waiting() == {"enrich": 3, "index": 0}
    assert (remote.forget("known"), remote.forget("unknown")) == (True, False)
    assert (remote.replay_letter("a", "index"), remote.replay_letter("a", None)) == (2, 0)
    assert wire.letters == [("a", "index"), ("a", None)]


def test_how_the_stages_stand_there_is_told_here_exactly(wire: FakeWire, remote: Client) -> None:
    assert remote.status() == wire.status()


def test_any_id_and_any_words_arrive_as_they_are(wire: FakeWire, remote: Client) -> None:
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)

    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(words, words)
    def arrives(identity: str, stage: str) -> None:
        assert remote.forget(identity) is not identity.startswith("unknown")
        assert wire.forgotten[-1] == identity
        remote.replay_letter(identity, stage)
        assert wire.letters[-1] == (identity, stage)
        record = Feed(url="https://example.org/", title=identity, note=identity)
        remote.publish([Output(FEEDS, record)])
        assert wire.published[-1].record == record

    arrives()


@pytest.mark.parametrize("identity", ["a/b", "a/quotes", "..", ".", "", "a?b#c%2F", "\udcff"])
def test_an_id_is_no_path(wire: FakeWire, remote: Client, identity: str) -> None:
    assert remote.forget(identity)
    assert wire.forgotten == [identity.replace("\udcff", "\ufffd" * 3)]  # no record has such a one


def test_a_replay_there_tells_here_how_far_it_is(remote: Client) -> None:
    told = []
    assert remote.replay("enrich", NOW, None, lambda done, of: told.append((done, of))) == 2
    assert told == [(1, 2), (2, 2)]
    with pytest.raises(ControlError, match=r"^only enrich can be replayed$"):
        remote.replay("index", NOW)
    with pytest.raises(Hold, match=r"^the log is away$"):
        remote.replay("enrich", NOW, "away")
    assert remote.forget("known")


def test_what_was_asked_for_is_done_though_the_caller_went_away(
    wire: FakeWire, db: Path, remote: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    caller = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    caller.connect(str(socket_path(db)))
    wanted = json.dumps({"since": NOW.isoformat(), "name": "slow"}).encode()
    head = f"POST /api/v1/stages/enrich/replay HTTP/1.1\r\nHost: x\r\nContent-Length: {len(wanted)}\r\n"
    caller.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + wanted)
    assert remote.forget("known")
    caller.close()
    wire.caller_gone.set()
    assert wire.replayed.wait(60)
    assert remote.forget("known")
    assert "Traceback" not in capfd.readouterr().err


def test_nothing_is_done_with_a_part_of_a_request(wire: FakeWire, db: Path, remote: Client) -> None:
    head = b"POST /api/v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(socket_path(db)))
        caller.sendall(head + b'{"records": []}')
    remote.publish([])
    assert wire.published == []


def test_an_error_there_is_told_here(remote: Client) -> None:
    with pytest.raises(NotReached, match="could not do it: RuntimeError: no"):
        remote.forget("broken")
    with pytest.raises(Hold, match=r"^the log is away$"):
        remote.forget("away")
    assert remote.forget("known")


def test_a_process_that_dies_is_told_in_one_line_and_nothing_is_asked_again(db: Path, tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(socket_path(db)))
    listener.listen()
    calls = []

    def die() -> None:
        for answer in (b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b"SSH-2.0\r\n"):
            listener.accept()[0].close()  # whether somebody is there
            with listener.accept()[0] as caller:
                calls.append(caller.recv(65_536))
                caller.sendall(answer)

    dying = threading.Thread(target=die)
    dying.start()
    for _ in range(3):
        with pytest.raises(NotReached, match=r"the wirewatch that works on .* went away \(.+\): try again$"):
            Client(db, STAGES).forget("known")
    dying.join()
    listener.close()
    assert len(calls) == 3


def test_what_another_version_does_not_know_is_told(remote: Client) -> None:
    with pytest.raises(NotReached, match="could not do it: Not Found"):
        remote._answer("POST", "/of-tomorrow", {})
    other = FEEDS.__class__("of tomorrow", Feed, key="url")
    with pytest.raises(ControlError, match=r"records\.0\.topic: there is no such topic"):
        remote.publish([Output(other, Feed(url="https://example.org/"))])


def test_a_body_without_end_is_refused_and_the_others_go_on(db: Path, remote: Client) -> None:
    head = b"POST /api/v1/records HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    assert b" 413 " in asked(db, head + b"Content-Length: 99999999\r\n\r\n").splitlines()[0]
    assert b" 400 " in asked(db, b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000).splitlines()[0]
    assert remote.forget("known")


def test_a_call_that_stops_half_way_is_given_up(
    db: Path, remote: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("web.connection.HEAD_SECONDS", 0.1)
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.1)
    monkeypatch.setattr("web.server.IDLE_SECONDS", 1)
    assert asked(db, b"") == b""
    assert asked(db, b"GET /api") == b""
    assert asked(db, b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /").startswith(b"HTTP/1.1 200")
    assert b" 408 " in asked(db, b"POST /api/v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
    assert remote.forget("known")
    assert "Traceback" not in capfd.readouterr().err


def test_who_takes_no_answer_is_let_go(db: Path, wire: FakeWire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.connection.TAKE_SECONDS", 0.1)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.connect(str(socket_path(db)))
        caller.settimeout(60)
        many = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 200
        with pytest.raises(OSError, match=r"reset|pipe"):  # noqa: PT012 - whichever finds out first
            while True:
                caller.sendall(many)


@pytest.mark.parametrize(
    "body", [b"[]", b"5", b"{}", b"\xff", b"[" * 100_000, b'{"records": [{}]}', b'{"records": {"a": 1}}', b"", b"NaN"]
)
def test_what_is_no_call_has_an_answer(db: Path, wire: FakeWire, body: bytes) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket_path(db))), timeout=60) as caller:
        for path in ("records", "stages/enrich/replay", "nothing"):
            answer = caller.post(f"http://x/api/v1/{path}", content=body, headers={"Content-Type": "application/json"})
            assert 400 <= answer.status_code < 500
            assert answer.headers["content-type"] == "application/problem+json"


def test_a_record_that_is_none_is_told_with_its_place(db: Path, wire: FakeWire) -> None:
    sent = {"records": [{"topic": "feeds", "record": {"url": "https://example.org/", "colour": "red"}}]}
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket_path(db))), timeout=60) as caller:
        answer = caller.post("http://x/api/v1/records", json=sent)
    assert (answer.status_code, wire.published) == (422, [])
    assert answer.json()["detail"] == "records.0.record.colour: Extra inputs are not permitted"


def test_more_than_one_call_may_hold_is_sent_in_several(
    wire: FakeWire, remote: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = [Output(FEEDS, Feed(url=f"https://example.org/{number}", title="щ" * 400)) for number in range(20)]
    monkeypatch.setattr(asking, "SENT_AT_ONCE", 1_500)
    monkeypatch.setattr(limits, "MOST_BYTES", 3_000)
    assert remote.publish(outputs) == Published(20, (("same revision", 40),))
    assert wire.published == outputs


def test_only_the_owner_may_call(db: Path, wire: FakeWire) -> None:
    assert stat.S_IMODE(socket_path(db).stat().st_mode) == 0o600


def test_nobody_there_is_told_with_what_to_do(db: Path) -> None:
    with pytest.raises(NotReached, match=r"does not answer.*stop it"):
        Client(db, STAGES)
    socket_path(db).write_bytes(b"")
    with pytest.raises(NotReached, match=r"does not answer.*stop it"):
        Client(db, STAGES)


def test_a_socket_that_a_killed_process_left_is_no_matter(db: Path) -> None:
    stale = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    stale.bind(str(socket_path(db)))
    stale.close()
    with pytest.raises(NotReached, match="refused"):
        Client(db, STAGES)
    Beside(db, lambda: pytest.fail("nobody called")).close()
    assert not socket_path(db).exists()


def test_the_state_of_a_topic_that_is_a_moment_survives(wire: FakeWire, remote: Client) -> None:
    record = FORGOTTEN.record.model_validate({"id": "a", "at": NOW})
    remote.publish([Output(FORGOTTEN, record)])
    assert wire.published == [Output(FORGOTTEN, record)]
