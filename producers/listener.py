"""An HTTP server on loopback for few, short calls: each is bounded in header, body, time and number before it is read.

Knows HTTP/1.1 as proxies, hubs and scrapers speak it, and nothing of what the calls are about. Every call ends in an
answer or a closed connection; what goes wrong in answering one is a line of the log, never a traceback.
"""

import re
import socket
import socketserver
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol

import structlog

logger = structlog.get_logger()

HOST = "127.0.0.1"
# How often the server looks whether it should end: what closing costs.
POLL_SECONDS = 0.1
# What a refused caller still sends is read and thrown away for so long, or the refusal would never reach it.
_LINGER_SECONDS, _LINGER_BYTES = 0.5, 1 << 20
_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) (/[^\s#]*) HTTP/1\.[01]")
_HEADER_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*")
_ENDED = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a caller may take of this process."""

    header_bytes: int = 16 * 1024
    """A hub's call has a feed's address twice in it; browsers and servers agree on 8 KB for an address."""
    seconds: float = 10.0
    """From the first byte to the last of the answer: what hubs and scrapers wait for by default."""
    calls: int = 32
    """At once, each with a thread: one hub and one scraper make one at a time."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request without its body; `headers` have lower-case names."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/plain; charset=utf-8"})


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """A call that is answered with a status, its body unread."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Service(Protocol):
    """What is served. Both are called in a thread of the call's own."""

    def body_limit(self, call: Call) -> int:
        """The most bytes that this POST may bring. Raises Refusal."""
        ...

    def reply(self, call: Call, body: bytes) -> Reply:
        """The answer."""
        ...


class Listener:
    """Serves on loopback until closed; port 0 takes a free one. Raises OSError: the port is taken."""

    def __init__(self, name: str, service: Service, port: int, bounds: Bounds | None = None) -> None:
        self._server = _Server(service, port, bounds or Bounds())
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(POLL_SECONDS,), name=name, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, service: Service, port: int, bounds: Bounds) -> None:
        self._service = service
        self._bounds = bounds
        self._free = threading.BoundedSemaphore(bounds.calls)
        super().__init__((HOST, port), socketserver.BaseRequestHandler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        request.settimeout(0)  # nobody waits for one too many
        _tell(request, Reply(HTTPStatus.SERVICE_UNAVAILABLE))
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def finish_request(self, request: Any, client_address: Any) -> None:
        connection = _Connection(request, self._bounds)
        try:
            reply, is_read = self._reply(connection), True
        except Refusal as refusal:
            reply, is_read = Reply(refusal.status), False
        except ConnectionError:
            return
        except Exception as error:  # noqa: BLE001 - one caller's trouble is not the others'
            logger.warning("a call could not be answered", error=f"{type(error).__name__}: {error}")
            reply, is_read = Reply(HTTPStatus.INTERNAL_SERVER_ERROR), True
        _tell(request, reply, head_only=connection.method == "HEAD")
        if not is_read:
            _linger(request)

    def _reply(self, connection: "_Connection") -> Reply:
        call = connection.head()
        most = self._service.body_limit(call) if call.method == "POST" else 0
        return self._service.reply(call, connection.body(call, most))


class _Connection:
    """The reading of one call, within its bounds. Raises Refusal, ConnectionError."""

    def __init__(self, connection: socket.socket, bounds: Bounds) -> None:
        self._socket = connection
        self._bounds = bounds
        self._until = time.monotonic() + bounds.seconds
        self._beyond = b""
        self.method = ""

    def head(self) -> Call:
        got = bytearray()
        while (end := got.find(_ENDED)) < 0:
            if len(got) > self._bounds.header_bytes:
                raise Refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            got += self._receive(self._bounds.header_bytes)
        self._beyond = bytes(got[end + len(_ENDED) :])
        call = _parsed(got[:end].decode("latin-1"))
        self.method = call.method
        return call

    def body(self, call: Call, most: int) -> bytes:
        length = _length(call)
        if length > most:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if length and call.headers.get("expect", "").lower() == "100-continue" and not self._beyond:
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        got = bytearray(self._beyond[:length])
        while len(got) < length:
            got += self._receive(length - len(got))
        return bytes(got)

    def _receive(self, most: int) -> bytes:
        left = self._until - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            got = self._socket.recv(min(most, 1 << 16))
        except TimeoutError:
            raise Refusal(HTTPStatus.REQUEST_TIMEOUT) from None
        if not got:
            raise ConnectionAbortedError
        return got


def _parsed(head: str) -> Call:
    first, *lines = head.split("\r\n")
    request = _REQUEST_LINE.fullmatch(first)
    if request is None:
        raise Refusal(HTTPStatus.BAD_REQUEST)
    if request[1] not in ("GET", "HEAD", "POST"):
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED)
    headers: dict[str, str] = {}
    for line in lines:
        if (read := _HEADER_LINE.fullmatch(line)) is None:
            raise Refusal(HTTPStatus.BAD_REQUEST)
        name = read[1].lower()
        headers[name] = f"{headers[name]}, {read[2]}" if name in headers else read[2]
    path, _, query = request[2].partition("?")
    return Call(request[1], path, query, headers)


def _length(call: Call) -> int:
    """The length of the body as it is given. Raises Refusal for a POST without one, and for what is no length."""
    given = call.headers.get("content-length")
    if "transfer-encoding" in call.headers or (given is None and call.method == "POST"):
        raise Refusal(HTTPStatus.LENGTH_REQUIRED)
    if given is None:
        return 0
    if not re.fullmatch("[0-9]+", given):
        raise Refusal(HTTPStatus.BAD_REQUEST)
    return int(given[-18:]) if len(given) <= 18 else 10**18  # int() refuses thousands of digits


def _tell(connection: socket.socket, reply: Reply, *, head_only: bool = False) -> None:
    status = HTTPStatus(reply.status)
    headers = {**reply.headers, "Content-Length": str(len(reply.body)), "Connection": "close"}
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    with suppress(OSError):  # the caller has gone
        connection.sendall("\r\n".join(lines).encode("latin-1") + _ENDED + (b"" if head_only else reply.body))


def _linger(connection: socket.socket) -> None:
    until, read = time.monotonic() + _LINGER_SECONDS, 0
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        while (left := until - time.monotonic()) > 0 and read < _LINGER_BYTES:
            connection.settimeout(left)
            if not (got := connection.recv(1 << 16)):
                return
            read += len(got)
