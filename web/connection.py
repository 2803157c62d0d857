"""One connection, bounded in time: uvicorn itself waits without end for a request's head, and for who takes no answer.

Pinned to h11, which bounds the size of a head, so that an httptools that happens to be installed is not taken.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

# From the first byte, or from connecting, to the end of a request's head: a slow line has sent 64 KiB by then.
HEAD_SECONDS = 15.0
# Who takes nothing of an answer for so long is gone, or wants to be in the way: as long as proxies wait.
TAKE_SECONDS = 60.0


class BoundedProtocol(H11Protocol):
    """Lets go of who says nothing, and of who takes nothing."""

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody called."""
        super().connection_made(transport)
        self._begin("head", HEAD_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """A part of a request came: the time of a head begins with its first part, and ends with its last."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._end("head")
        elif "head" not in self._timers:
            self._begin("head", HEAD_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """An answer is not taken as fast as it is sent."""
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        """It is taken."""
        super().resume_writing()
        self._end("taking")

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        super().connection_lost(exc)
        for name in tuple(self._timers):
            self._end(name)

    def _await_taking(self) -> None:
        left = self.transport.get_write_buffer_size()

        def look() -> None:
            if self.transport.get_write_buffer_size() < left:
                self._await_taking()
            else:
                self.transport.abort()

        self._begin("taking", TAKE_SECONDS, look)

    def _begin(self, name: str, seconds: float, then: Any) -> None:
        self._end(name)
        self._timers[name] = self.loop.call_later(seconds, then)

    def _end(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()
