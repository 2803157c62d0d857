"""Remote calls (RPC) to a running `up`: one JSON line each way over a Unix socket beside the database.

The socket is the file's owner's alone (mode 0600); nothing listens on the network.
"""

import hashlib
import json
import os
import socket
import socketserver
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from runtime.ports import Control, ControlError, Held, Progress, Published, Waiting, WorkedElsewhere, untold
from runtime.topology import Topology
from schemas.outcome import Output
from schemas.stage import Wait

# The kernel's limit on a socket's path is 108 bytes, its closing zero included.
LONGEST_PATH = 107
# How often the server looks whether it should end: what closing costs a command.
POLL_SECONDS = 0.02
# A call in bytes: what a client sends at a time (an article has 2 MB at most, as JSON), and what is read of one.
SENT_AT_ONCE, LONGEST_CALL = 16 << 20, 64 << 20
# A call that has begun and says nothing for so long is given up; a caller who is silent between calls is waited for.
SILENT_SECONDS = 60.0


class NotReached(ControlError):  # noqa: N818 - told in one line
    """The running process did not answer; the message says what to do."""


def socket_path(db: Path) -> Path:
    """Where the socket of a database file is: beside it, or in the temporary folder where that is too long."""
    path = db.resolve().with_name(db.name + ".sock")
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"wirewatch-{os.getuid()}-{digest}.sock"


class Pipeline(Control, Protocol):
    """What is served: a Control whose stages this process works."""

    def held(self) -> Held:
        """What its stages wait for."""
        ...


class Server:
    """Serves calls to a pipeline until closed."""

    def __init__(self, db: Path, pipeline: Pipeline, topology: Topology) -> None:
        self._path = socket_path(db)
        self._path.unlink(missing_ok=True)  # left by a process that was killed; the lock says that none runs

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                # the caller was stopped: what it asked for is done all the same
                with suppress(ConnectionError, TimeoutError):
                    for line in self._calls():
                        self.wfile.write(_line(_answer(pipeline, topology, line, self._progress)))

            def _calls(self) -> Iterator[bytes]:
                while self.rfile.peek(1):  # type: ignore[attr-defined]  # it is a BufferedReader
                    self.connection.settimeout(SILENT_SECONDS)
                    line = self.rfile.readline(LONGEST_CALL + 1)
                    self.connection.settimeout(None)
                    if len(line) > LONGEST_CALL:
                        self.wfile.write(_line({"refused": f"a call of more than {LONGEST_CALL:,} bytes is not read"}))
                        return
                    yield line

            def _progress(self, done: int, of: int) -> None:
                with suppress(BrokenPipeError):  # as above
                    self.wfile.write(_line({"progress": [done, of]}))

        mask = os.umask(0o177)
        try:
            self._server = socketserver.ThreadingUnixStreamServer(str(self._path), Handler)
        finally:
            os.umask(mask)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), name="calls", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop answering and take the socket away."""
        self._server.shutdown()
        self._server.server_close()
        self._path.unlink(missing_ok=True)


def _line(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode() + b"\n"


def _at_once(outputs: Sequence[Output]) -> Iterator[list[dict[str, Any]]]:
    """The outputs as they are sent, in calls that are short enough to be read."""
    items: list[dict[str, Any]] = []
    size = 0
    for output in outputs:
        item = {"topic": output.topic.name, "record": output.record.model_dump(mode="json")}
        length = len(json.dumps(item))
        if items and size + length > SENT_AT_ONCE:
            yield items
            items, size = [], 0
        items.append(item)
        size += length
    yield items


def _answer(pipeline: Pipeline, topology: Topology, line: bytes, progress: Progress) -> dict[str, Any]:
    try:
        call = json.loads(line)
        return {"ok": _do(pipeline, topology, call["call"], call["with"], progress)}
    except ControlError as error:
        return {"refused": str(error)}
    except Exception as error:  # noqa: BLE001 - the caller is told; the server goes on
        return {"error": f"{type(error).__name__}: {error}"}


def _do(pipeline: Pipeline, topology: Topology, call: str, given: Any, progress: Progress) -> Any:
    if call == "publish":
        published = pipeline.publish([_read(item, topology) for item in given])
        return {"accepted": published.accepted, "dropped": dict(published.dropped)}
    if call == "waiting":
        return pipeline.waiting()
    if call == "held":
        return {stage: [_wait_sent(wait) for wait in waits] for stage, waits in pipeline.held().items()}
    if call == "forget":
        return pipeline.forget(given)
    if call == "replay_letter":
        return pipeline.replay_letter(given["id"], given["stage"])
    if call == "replay":
        return pipeline.replay(given["stage"], datetime.fromisoformat(given["since"]), given["name"], progress)
    raise ValueError(f"no such call: {call}")


def _read(item: dict[str, Any], topology: Topology) -> Output:
    topic = topology.topic(item["topic"])
    return Output(topic, topic.record.model_validate(item["record"]))


def _wait_sent(wait: Wait) -> dict[str, str]:
    return {"what": wait.what, "since": wait.since.isoformat(), "why": wait.why}


def _wait_read(sent: dict[str, str]) -> Wait:
    return Wait(sent["what"], datetime.fromisoformat(sent["since"]), sent["why"])


class PipelineClient(WorkedElsewhere):
    """The Control port (runtime.ports) of a process that works on this database already. Calls raise NotReached."""

    def __init__(self, db: Path) -> None:
        self._db = db
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.connect(str(socket_path(db)))
        except OSError as error:
            self._socket.close()
            raise NotReached(
                f"another wirewatch works on {db} but does not answer ({error}): wait for it to end, or stop it"
            ) from error
        self._lines = self._socket.makefile("rwb")

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Control.publish."""
        accepted, dropped = 0, Counter[str]()
        for items in _at_once(outputs):
            answer = self._call("publish", items)
            accepted += answer["accepted"]
            dropped.update(answer["dropped"])
        return Published(accepted, tuple(sorted(dropped.items())))

    def waiting(self) -> Waiting:
        """As Control.waiting."""
        return dict(self._call("waiting", None))

    def held(self) -> Held:
        """What its stages wait for."""
        return {stage: tuple(map(_wait_read, waits)) for stage, waits in self._call("held", None).items()}

    def forget(self, identity: str) -> bool:
        """As Control.forget."""
        return bool(self._call("forget", identity))

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return int(self._call("replay_letter", {"id": identity, "stage": stage}))

    def replay(self, stage: str, since: datetime, name: str | None = None, progress: Progress = untold) -> int:
        """As Control.replay."""
        return int(self._call("replay", {"stage": stage, "since": since.isoformat(), "name": name}, progress))

    def _call(self, call: str, given: Any, progress: Progress = untold) -> Any:
        try:
            self._lines.write(_line({"call": call, "with": given}))
            self._lines.flush()
            answer = self._answered()
            while "progress" in answer:
                progress(*answer["progress"])
                answer = self._answered()
        except OSError as error:
            raise NotReached(f"the wirewatch that works on {self._db} went away ({error}): try again") from error
        if "refused" in answer:
            raise ControlError(answer["refused"])
        if "error" in answer:
            raise NotReached(f"the running wirewatch could not do it: {answer['error']}")
        return answer["ok"]

    def _answered(self) -> dict[str, Any]:
        """The next line that it says. Raises OSError."""
        line = self._lines.readline()
        if not line:
            raise NotReached(f"the wirewatch that works on {self._db} went away: try again")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()
