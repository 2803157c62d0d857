"""A small proxy before a real HTTP server: passes all on, until it is told to refuse, to be slow or to cut answers."""

import threading
import time
from collections.abc import Callable
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

# Not the connection's own affair to pass on.
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length", "host"}


class Cut(Enum):
    """What is left of an answer that is cut, after the server has done what it was asked."""

    EMPTY = "a success without a body"
    HEADER = "nothing: the connection ends in the header"
    BODY = "half of the body; then the connection ends"
    HALF_SAID = "half of the body, as if that were all"
    BARE = "an empty object"


_CUT: dict[Cut, Callable[[bytes], bytes]] = {
    Cut.EMPTY: lambda _: b"",
    Cut.BODY: lambda content: content[: len(content) // 2],
    Cut.HALF_SAID: lambda content: content[: len(content) // 2],
    Cut.BARE: lambda _: b"{}",
}


class Proxy:
    """Listens on loopback; `refuse` makes it answer every request with a status, `pass_on` ends that.

    `cut` makes it pass on writes in bulk and spoil so many answers to them.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._status: int | None = None
        self._pause = 0.0
        self.refused = 0
        """How many requests it answered itself."""
        self._cuts: list[Cut] = []
        self._client = httpx.Client(timeout=30)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def refuse(self, status: int) -> None:
        """Answer every request with this status from now on."""
        self._status = status

    def cut(self, *how: Cut) -> None:
        """Spoil the next answers to bulk requests, each in its way."""
        self._cuts = list(how)

    @property
    def cuts_left(self) -> int:
        """How many answers are still to be spoilt."""
        return len(self._cuts)

    def pass_on(self) -> None:
        """Pass requests on again."""
        self._status = None

    def slow(self, seconds: float) -> None:
        """Let every answer wait for so long from now on."""
        self._pause = seconds

    def close(self) -> None:
        """Listen no longer."""
        self._server.shutdown()
        self._server.server_close()
        self._client.close()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, httpx.Headers, bytes]:
        """What to answer to a request."""
        if self._status is not None:
            self.refused += 1
            return self._status, httpx.Headers({"Content-Type": "application/json"}), b'{"error":"told to refuse"}'
        time.sleep(self._pause)
        answer = self._client.request(method, self._target + path, headers=headers, content=body)
        return answer.status_code, answer.headers, answer.content

    def next_cut(self, path: str) -> Cut | None:
        """How the answer to this request is spoilt."""
        return self._cuts.pop(0) if self._cuts and "_bulk" in path else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
                try:
                    status, answered, content = proxy.answer(self.command, self.path, headers, body)
                except httpx.TransportError:  # the server is away: whoever asks sees a connection that ends
                    self.close_connection = True
                    return
                cut = proxy.next_cut(self.path)
                if cut is Cut.HEADER:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
                    self.close_connection = True
                    return
                length = len(content)
                if cut is not None:
                    content = _CUT[cut](content)
                    length = length if cut is Cut.BODY else len(content)
                    self.close_connection = True
                self.send_response(status)
                for name, value in answered.items():
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass  # noqa: N815 - the names that the base class calls

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing: the tests look at `refused`."""

        return Handler
