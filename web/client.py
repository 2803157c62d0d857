"""The acting port of an installation that another process works: /api/v1 on the socket beside its file.

Loads neither FastAPI nor httpx: a command that asks one thing should not pay for them. A call has a connection of its
own, and none is made again by itself: nobody knows whether a write that was not answered was done.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from runtime.local.socket_file import connect, socket_path
from runtime.ports import ControlError, Progress, Published, StageReport, Waiting, WorkedElsewhere, untold
from schemas.outcome import Hold, Output
from schemas.stage import Wait

API = "/api/v1"
# A call in bytes: a request may have 4 MiB, and the longest record (texts of 256 KiB, twice) is one by itself.
SENT_AT_ONCE = 2 << 20


class NotReached(ControlError):  # noqa: N818 - told in one line
    """The running process did not answer; the message says what to do."""


class Client(WorkedElsewhere):
    """The Control port (runtime.ports), and how its stages stand. Calls raise NotReached, ControlError, Hold."""

    def __init__(self, db: Path, stages: Sequence[str]) -> None:
        """`stages`: the names of them. Raises NotReached where nobody listens."""
        self._db = db
        self._path = socket_path(db)
        self._stages = stages
        try:
            connect(self._path).close()
        except OSError as error:
            raise NotReached(
                f"another wirewatch works on {db} but does not answer ({error}): wait for it to end, or stop it"
            ) from error

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Control.publish."""
        accepted, dropped = 0, Counter[str]()
        for records in _portions(outputs):
            answer = self._answer("POST", "/records", {"records": records})
            accepted += answer["accepted"]
            dropped.update(dict(answer["dropped"]))
        return Published(accepted, tuple(sorted(dropped.items())))

    def status(self) -> list[StageReport]:
        """As Reader.status, by its own word."""
        return [
            StageReport(one["stage"], one["waiting"], tuple(map(_wait, one["held"])))
            for one in self._answer("GET", "/status")["stages"]
        ]

    def waiting(self) -> Waiting:
        """As Control.waiting."""
        return {report.stage: report.waiting for report in self.status() if report.stage in self._stages}

    def forget(self, identity: str) -> bool:
        """As Control.forget."""
        return self._answer("DELETE", f"/articles/{_quoted(identity)}", none=False) is not False

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        only = "" if stage is None else "?" + urlencode({"stage": stage}, errors="surrogatepass")
        path = f"/dead-letters/{_quoted(identity)}/replay{only}"
        return int(self._answer("POST", path, none={"number": 0})["number"])

    def replay(self, stage: str, since: datetime, name: str | None = None, progress: Progress = untold) -> int:
        """As Control.replay."""
        wanted = {"since": since.isoformat(), "name": name}
        for line in self._lines("POST", f"/stages/{_quoted(stage)}/replay", wanted):
            if "number" in line:
                return int(line["number"])
            if "problem" in line:
                raise _raised(line["problem"])
            progress(*line["progress"])
        raise NotReached(f"the wirewatch that works on {self._db} went away: try again")

    def _answer(self, method: str, path: str, body: Any = None, none: Any = None) -> Any:
        """The answer; `none`, where that is given, for what is not there."""
        try:
            return next(self._lines(method, path, body), None)
        except _NothingThere:
            if none is None:
                raise
            return none

    def _lines(self, method: str, path: str, body: Any = None) -> Iterator[Any]:
        # here: where nobody listens nothing is sent
        from web.socket_connection import HTTPException, SocketConnection

        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        headers = {"Connection": "close", **({} if sent is None else {"Content-Type": "application/json"})}
        try:
            with closing(SocketConnection(self._path)) as connection:
                connection.request(method, API + path, sent, headers)
                answer = connection.getresponse()
                if answer.status >= 400:
                    raise _raised(_problem(answer.read(), answer.status))
                for line in answer:
                    yield _read(line)
        except (OSError, HTTPException) as error:
            why = " ".join(str(error).split())
            raise NotReached(f"the wirewatch that works on {self._db} went away ({why}): try again") from error


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ConnectionError("its answer breaks off") from error


class _NothingThere(NotReached):
    """What was asked for is not there: a thing, or a call that a process of another version does not know."""


def _portions(outputs: Sequence[Output]) -> Iterator[list[dict[str, Any]]]:
    """The outputs as they are sent, in calls that are short enough to be read."""
    items: list[dict[str, Any]] = []
    size = 0
    for output in outputs:
        item = {"topic": output.topic.name, "record": output.record.model_dump(mode="json", exclude_defaults=True)}
        length = len(json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if items and size + length > SENT_AT_ONCE:
            yield items
            items, size = [], 0
        items.append(item)
        size += length
    yield items


def _quoted(part: str) -> str:
    """A part of a path."""
    return quote(part, safe="", errors="surrogatepass")


def _wait(sent: dict[str, str]) -> Wait:
    return Wait(sent["what"], datetime.fromisoformat(sent["since"]), sent["why"])


def _problem(body: bytes, status: int) -> dict[str, Any]:
    """What it says went wrong; of an answer that is no problem, its words."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"status": status, "detail": body[:200].decode("utf-8", "replace")}


def _raised(problem: dict[str, Any]) -> Exception:
    status, detail = problem.get("status", 500), problem.get("detail", "it does not say why")
    if status == 503 and problem.get("away"):
        return Hold(problem["away"])
    if status == 404:
        return _NothingThere(f"the running wirewatch could not do it: {detail}")
    if status < 500:
        return ControlError(detail)
    return NotReached(f"the running wirewatch could not do it: {detail}")
