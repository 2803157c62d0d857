"""Bounds on what a caller may send and how often, before anything else looks at the request (ASGI middleware)."""

import asyncio
import time
from collections.abc import Callable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.buckets import Buckets
from web.owner import is_owner
from web.problems import answer

# The largest body that anybody has reason to send: OPML of ten thousand feeds is 2 MB.
MOST_BYTES = 4 * 1024 * 1024
# The largest body over a slow line.
BODY_SECONDS = 30.0
# Requests a second that one caller may go on with, and how many at once: a page of its own asks a dozen at a time.
A_SECOND, AT_ONCE = 100.0, 300.0


class Limits:
    """Wraps an app: 413 for a body that is too large, however it is sent, and 429 for who asks too often."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock`: seconds that only grow."""
        self._app = app
        self._callers = Buckets(A_SECOND, AT_ONCE, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif wait := self._wait(scope):
            refused = answer(429, "too many requests: go slower", {"Retry-After": str(wait)})
            await refused.for_a_program()(scope, receive, send)
        else:
            await self._bounded(scope, receive, send)

    def _wait(self, scope: Scope) -> int:
        """Seconds until this caller may ask again; 0 where it may now, as the owner always may."""
        if is_owner(scope):
            return 0
        return self._callers.take(str((scope.get("client") or ("",))[0]))

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > MOST_BYTES:
            await _too_large()(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
        except TimeoutError:
            slow = answer(408, "the body came too slowly", {"Connection": "close"})
            await slow.for_a_program()(scope, receive, send)
        except ClientDisconnect:
            return  # nothing is done with a part of a request
        else:
            if len(body) > MOST_BYTES:
                await _too_large()(scope, receive, send)
            else:
                await self._app(scope, _replayed(body, receive), send)


async def _body(receive: Receive) -> bytes:
    """The body, or a little more than may come of it. Raises ClientDisconnect."""
    pieces: list[bytes] = []
    left = MOST_BYTES
    while left >= 0:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        left -= len(pieces[-1])
        if not message.get("more_body"):
            break
    return b"".join(pieces)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the app the body at once; afterwards it hears whether the caller goes away."""
    left = [body]

    async def give() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return give


def _too_large() -> ASGIApp:
    line = f"the body is too large: at most {MOST_BYTES} bytes are read"
    return answer(413, line, {"Connection": "close"}).for_a_program()
