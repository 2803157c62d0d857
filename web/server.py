"""HTTP servers, each in a thread of its own, beside whatever else the process does."""

import socket
import threading
from contextlib import suppress
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from web.connection import BoundedProtocol

# Connections that are open when a stop is asked get this long: a stop as a whole has ten.
END_SECONDS = 2
# A caller that keeps a connection without a word is let go.
IDLE_SECONDS = 15
# Requests under way at once; the next are told to come again. Listeners of events are among them.
AT_ONCE = 1_000
# Who has called and is not heard yet.
WAITING_CALLERS = 128


class Server:
    """Serves an app to who calls at a socket that listens, until closed."""

    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        self._listener = listener
        config = uvicorn.Config(
            app,
            http=BoundedProtocol,
            ws="none",
            log_config=None,
            log_level="warning",
            access_log=False,  # a query is somebody's research
            server_header=False,
            proxy_headers=False,  # who is at this machine is read off the connection alone
            limit_concurrency=AT_ONCE,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=END_SECONDS,
            h11_max_incomplete_event_size=64 * 1024,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)

    def start(self) -> Self:
        """Begin to answer; returns at once."""
        self._thread.start()
        return self

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    @property
    def alive(self) -> bool:
        """Whether it answers, or is about to."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Stop answering."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join()
        with suppress(OSError):
            self._listener.close()


class HttpServer(Server):
    """Serves an app at a port."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        """Raises OSError where the port is taken, or the host none of this machine's. Port 0 takes a free one."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # TCP by name: else asyncio leaves Nagle's algorithm on, and an answer's body waits 40 ms behind its head
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(WAITING_CALLERS)
        except OSError:
            listener.close()
            raise
        self.port: int = listener.getsockname()[1]
        shown = f"[{host}]" if family is socket.AF_INET6 else host
        self.address = f"http://{shown}:{self.port}"
        super().__init__(app, listener)
