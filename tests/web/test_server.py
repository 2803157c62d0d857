"""The server of the HTTP API at a port."""

import asyncio
import socket

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from web.connection import BoundedProtocol
from web.server import HttpServer


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"here"})


def test_a_body_does_not_wait_behind_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nagle's algorithm holds it back until the caller has confirmed the head, which takes 40 ms."""
    delays: list[int] = []

    class Seen(BoundedProtocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
            super().connection_made(transport)
            delays.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr("web.server.BoundedProtocol", Seen)
    server = HttpServer(_answer, "127.0.0.1", 0).start()
    try:
        assert httpx.get(server.address, timeout=60).text == "here"
    finally:
        server.close()
    assert delays == [1]
