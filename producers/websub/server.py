"""The server that hubs call: WebSub's requests, on loopback, for the subscriber (producers.websub.subscriber).

The public address in front of it (a reverse proxy with TLS) is its owner's; this knows only paths and bodies.
"""

import asyncio
import threading
from collections.abc import Coroutine
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from producers.websub.protocol import Answer
from producers.websub.subscriber import BODY_BYTES, Subscriber

# A hub waits some ten seconds for its answer; what takes longer is given up, and the hub asks again.
ANSWER_SECONDS = 10.0
# How often the server looks whether it should end: what closing costs.
POLL_SECONDS = 0.1


class HubServer:
    """Serves on 127.0.0.1:`port` until closed; 0 takes a free one. `loop` is where the subscriber lives."""

    def __init__(self, subscriber: Subscriber, loop: asyncio.AbstractEventLoop, port: int) -> None:
        def settled(answering: Coroutine[Any, Any, Answer]) -> Answer:
            try:
                return asyncio.run_coroutine_threadsafe(answering, loop).result(ANSWER_SECONDS)
            except TimeoutError:
                return Answer(503)

        class Handler(BaseHTTPRequestHandler):
            timeout = ANSWER_SECONDS

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                self._answer(settled(subscriber.verify(parts.path, parts.query)))

            def do_POST(self) -> None:
                parts = urlsplit(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                if length > BODY_BYTES:
                    self._answer(Answer(413))
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                self._answer(settled(subscriber.receive(parts.path, parts.query, headers, self.rfile.read(length))))

            def _answer(self, answer: Answer) -> None:
                body = answer.body.encode()
                self.send_response(answer.status)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """The subscriber logs what matters."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(POLL_SECONDS,), name="hub-calls", daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
