"""The server that hubs call: WebSub's requests, on loopback, for the subscriber (producers.websub.subscriber).

The public address in front of it (a reverse proxy with TLS) is its owner's; this knows only paths and bodies.
"""

import asyncio
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Any

from producers.listener import Call, Listener, Refusal, Reply
from producers.websub.protocol import Answer
from producers.websub.subscriber import BODY_BYTES, Subscriber

# A hub waits some ten seconds for its answer; what takes longer is given up, and the hub asks again.
ANSWER_SECONDS = 10.0


class HubServer(Listener):
    """Serves on loopback until closed. `loop` is where the subscriber lives."""

    def __init__(self, subscriber: Subscriber, loop: asyncio.AbstractEventLoop, port: int) -> None:
        super().__init__("hub-calls", _Hubs(subscriber, loop), port)


class _Hubs:
    def __init__(self, subscriber: Subscriber, loop: asyncio.AbstractEventLoop) -> None:
        self._subscriber = subscriber
        self._loop = loop

    def body_limit(self, call: Call) -> int:
        """A feed's document, and only for an address that a hub has from us: nobody else's body is read."""
        if not self._subscriber.is_ours(call.path, call.query):
            raise Refusal(HTTPStatus.NOT_FOUND)
        return BODY_BYTES

    def reply(self, call: Call, body: bytes) -> Reply:
        """What the subscriber says to it."""
        if call.method == "POST":
            answer = self._settled(self._subscriber.receive(call.path, call.query, call.headers, body))
        else:
            answer = self._settled(self._subscriber.verify(call.path, call.query))
        return Reply(answer.status, answer.body.encode())

    def _settled(self, answering: Coroutine[Any, Any, Answer]) -> Answer:
        try:
            return asyncio.run_coroutine_threadsafe(answering, self._loop).result(ANSWER_SECONDS)
        except TimeoutError:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE)
