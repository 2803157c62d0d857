"""A web server on loopback whose every answer a test writes, and which remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    """What to answer. `pieces` are sent as they come, without a length, until the client has enough."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | None = None


Page = Reply | Callable[[Asked], Reply]


class Site:
    """The server. `pages` maps a path (without its query) to a reply or to a function of the request."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.default: Page = Reply(404)
        """What is answered to every other path."""
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """The paths asked for so far."""
        return [asked.path for asked in self.asked]

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, self.rfile.read(length))
                site.asked.append(asked)
                page = site.pages.get(self.path.partition("?")[0], site.default)
                self._send(page(asked) if callable(page) else page)

            do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815 - http.server's names

            def _send(self, reply: Reply) -> None:
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    for piece in reply.pieces or [reply.body]:
                        self.wfile.write(piece)
                except OSError:
                    return  # the client had enough

            def log_message(self, *_: object) -> None:
                return

        return Handler


@contextmanager
def site() -> Iterator[Site]:
    """A running server."""
    running = Site()
    thread = threading.Thread(target=running.serve, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.close()
        thread.join()
