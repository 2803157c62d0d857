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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from runtime.ports import Control, Published
from runtime.topology import Topology
from schemas.outcome import Output

# The kernel's limit on a socket's path is 108 bytes, its closing zero included.
LONGEST_PATH = 107
# How often the server looks whether it should end: what closing costs a command.
POLL_SECONDS = 0.02


class NotReached(Exception):  # noqa: N818 - told in one line
    """The running process did not answer; the message says what to do."""


def socket_path(db: Path) -> Path:
    """Where the socket of a database file is: beside it, or in the temporary folder where that is too long."""
    path = db.resolve().with_name(db.name + ".sock")
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"wirewatch-{os.getuid()}-{digest}.sock"


class Server:
    """Serves calls to a Control port until closed."""

    def __init__(self, db: Path, control: Control, topology: Topology) -> None:
        self._path = socket_path(db)
        self._path.unlink(missing_ok=True)  # left by a process that was killed; the lock says that none runs

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                for line in self.rfile:
                    self.wfile.write(_answer(control, topology, line))

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


def _answer(control: Control, topology: Topology, line: bytes) -> bytes:
    try:
        call = json.loads(line)
        answer = {"ok": _do(control, topology, call["call"], call["with"])}
    except Exception as error:  # noqa: BLE001 - the caller is told; the server goes on
        answer = {"error": f"{type(error).__name__}: {error}"}
    return json.dumps(answer).encode() + b"\n"


def _do(control: Control, topology: Topology, call: str, given: Any) -> Any:
    if call == "publish":
        published = control.publish([_read(item, topology) for item in given])
        return {"accepted": published.accepted, "dropped": dict(published.dropped)}
    if call == "waiting":
        return control.waiting()
    if call == "forget":
        return control.forget(given)
    if call == "replay_letter":
        return control.replay_letter(given["id"], given["stage"])
    raise ValueError(f"no such call: {call}")


def _read(item: dict[str, Any], topology: Topology) -> Output:
    topic = topology.topic(item["topic"])
    return Output(topic, topic.record.model_validate(item["record"]))


class PipelineClient:
    """The Control port of a process that runs on this database already."""

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
        items = [{"topic": output.topic.name, "record": output.record.model_dump(mode="json")} for output in outputs]
        answer = self._call("publish", items)
        return Published(answer["accepted"], tuple(sorted(answer["dropped"].items())))

    def waiting(self) -> dict[str, int]:
        """As Control.waiting."""
        return dict(self._call("waiting", None))

    def forget(self, identity: str) -> bool:
        """As Control.forget."""
        return bool(self._call("forget", identity))

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return int(self._call("replay_letter", {"id": identity, "stage": stage}))

    def _call(self, call: str, given: Any) -> Any:
        try:
            self._lines.write(json.dumps({"call": call, "with": given}).encode() + b"\n")
            self._lines.flush()
            line = self._lines.readline()
        except OSError as error:
            raise NotReached(f"the wirewatch that works on {self._db} went away ({error}): try again") from error
        if not line:
            raise NotReached(f"the wirewatch that works on {self._db} went away: try again")
        answer = json.loads(line)
        if "error" in answer:
            raise NotReached(f"the running wirewatch could not do it: {answer['error']}")
        return answer["ok"]

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()
