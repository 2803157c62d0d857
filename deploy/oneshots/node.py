"""Elasticsearch as the one-shots see it: by the user "elastic", with a line that names the cause where it refuses."""

from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from oneshots.refusing import PATIENCE_SECONDS, RefusedError, patiently

# Longer than the minute after which Elasticsearch itself gives up a write to an index that it cannot place.
ANSWER_SECONDS = 75.0
# A node that has just made its index of users may not answer a change that came meanwhile (seen twice): it is asked
# again, which does no harm.
FIRST_SECONDS = 15.0
# A node that has just started may not have its users at hand yet, and answers as to a wrong password.
PASSWORD_SECONDS = 20.0
# docker-compose.yml's watermark.low: with less than that free, the disk is named as what may be in the way.
DISK_BYTES = 2 * 1024**3

_CHANGED = (
    'the password of "elastic" was changed in Elasticsearch and is not ELASTIC_PASSWORD of .env: write it there, or '
    "make a new one by `docker compose exec elasticsearch bin/elasticsearch-reset-password --batch --user elastic`"
)


class Node:
    """The node behind an address. Its methods raise RefusedError."""

    def __init__(self, address: str, password: str) -> None:
        self.address = address
        self._elastic = ("elastic", password)
        self._client = httpx.Client(base_url=address, auth=self._elastic, timeout=ANSWER_SECONDS)

    def close(self) -> None:
        """Speak to it no longer."""
        self._client.close()

    def wait(self, seconds: float = PATIENCE_SECONDS) -> None:
        """Until it answers, lets "elastic" in and has all its indexes at hand."""
        patiently(self._away, seconds)
        patiently(self._shut_out, min(seconds, PASSWORD_SECONDS))
        patiently(self._closed, seconds)

    def get(self, path: str) -> Any:
        """What is there; None where nothing is."""
        answer = self._asked("GET", path)
        return None if answer.status_code == httpx.codes.NOT_FOUND else self._accepted(answer, path)

    def put(self, path: str, body: dict[str, Any]) -> None:
        """One change."""
        self._accepted(self._asked("PUT", path, body), path)

    def lets_in(self, user: str, password: str) -> bool:
        """Whether that is the user's password."""
        return self._asked("GET", "_security/_authenticate", auth=(user, password)).is_success

    def _away(self) -> str | None:
        """Until it answers anything to a question for which one signs in; 401 is an answer."""
        return None if (told := self._shut_out()) is _CHANGED else told

    def _shut_out(self) -> str | None:
        try:
            answer = self._client.get("/_security/_authenticate")
        except httpx.TransportError as error:
            return f"Elasticsearch at {self.address} does not answer ({type(error).__name__}): see its log"
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return _CHANGED
        return f"Elasticsearch is not ready: {_reason(answer)}" if answer.is_error else None

    def _closed(self) -> str | None:
        health = self._asked("GET", "_cluster/health?wait_for_status=yellow&timeout=1s")
        return None if health.is_success else f"Elasticsearch cannot open its indexes{self._disk()}: see its log"

    def _asked(
        self, method: str, path: str, body: dict[str, Any] | None = None, auth: tuple[str, str] | None = None
    ) -> httpx.Response:
        ask = partial(self._client.request, method, f"/{path}", json=body, auth=auth or self._elastic)
        try:
            return _answered(ask)
        except httpx.TimeoutException as error:
            raise RefusedError(f"Elasticsearch does not take {path} in {ANSWER_SECONDS:.0f} s{self._disk()}") from error
        except httpx.TransportError as error:
            raise RefusedError(f"Elasticsearch at {self.address} went away ({type(error).__name__})") from error

    def _accepted(self, answer: httpx.Response, path: str) -> Any:
        if answer.is_error:
            words = _reason(answer)
            raise RefusedError(f"Elasticsearch refuses {path}{self._disk(words)}: {words}")
        return answer.json()

    def _disk(self, words: str = "") -> str:
        """A remark on the disk, where too little of it is left, or Elasticsearch's `words` or placing speak of it."""
        try:
            nodes = self._client.get("/_nodes/stats/fs", timeout=10).json()["nodes"].values()
            free = min(node["fs"]["total"]["available_in_bytes"] for node in nodes)
            unplaced = self._client.get("/_cluster/allocation/explain", timeout=10).text
        except (httpx.TransportError, ValueError, KeyError):
            return ""
        if free >= DISK_BYTES and "watermark" not in words + unplaced:
            return ""
        return f", whose disk is full ({free / 1024**3:.1f} GiB are left; make room: `docker system df`)"


def _answered(ask: Callable[..., httpx.Response]) -> httpx.Response:
    """Asked once more, with all patience, where there is no answer soon."""
    try:
        return ask(timeout=FIRST_SECONDS)
    except httpx.ReadTimeout:
        return ask()


def _reason(answer: httpx.Response) -> str:
    """The status and the server's own words, as far as a line holds."""
    try:
        error = answer.json()["error"]
        words = error["reason"] if isinstance(error, dict) else error
    except (ValueError, KeyError, TypeError):
        words = answer.text
    return f"{answer.status_code} {words}"[:500]
