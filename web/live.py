"""Live events: what passes, for everybody who listens (server-sent events).

The store is looked at twice a second while anybody listens, once for all of them: listeners cost the stages nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

import structlog

from schemas.outcome import Hold
from web.installation import Installation
from web.passing import Event, Passing, Seen

logger = structlog.get_logger()

LOOK_SECONDS = 0.5
LISTENERS = 500
# For a listener that reads slower than news comes; then it is told that it missed some.
BUFFERED = 500
# A comment, so that proxies keep a quiet connection open: they close after 60 s.
KEEP_ALIVE_SECONDS = 15.0


class FullError(Exception):
    """There are as many listeners as there may be."""


class _Listener:
    def __init__(self, query: str) -> None:
        self.query = query
        self.queue: asyncio.Queue[Event | None] = asyncio.Queue(BUFFERED)
        self.missed = 0

    def put(self, event: Event) -> None:
        if self.missed and not self.queue.full():
            self.queue.put_nowait(Event("missed", f'{{"events":{self.missed}}}'))
            self.missed = 0
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.missed += 1


class Live:
    """Lives in one event loop."""

    def __init__(self, installation: Installation, look_seconds: float = LOOK_SECONDS) -> None:
        self._clock = installation.clock
        self._passing = Passing(installation)
        self._look_seconds = look_seconds
        self._listeners: set[_Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._at_a_look = asyncio.Lock()
        self._closed = False

    async def listen(self, query: str, since: datetime | None = None) -> AsyncIterator[bytes]:
        """Events as bytes: articles that meet the query, and every alert; those after `since` first.

        Raises FullError or Hold before the first. What passes after ": listening" is never left out.
        """
        if self._closed or len(self._listeners) >= LISTENERS:
            raise FullError
        listener = _Listener(query)
        self._listeners.add(listener)
        try:
            await self._begin()
            if since is not None:
                for event in await asyncio.to_thread(self._passing.missed, query, since):
                    yield event.encoded()
            yield b": listening\n\n"
            while (next_one := await self._next(listener)) is not None:
                yield next_one
        finally:
            self._listeners.discard(listener)

    async def _next(self, listener: _Listener) -> bytes | None:
        try:
            event = await asyncio.wait_for(listener.queue.get(), KEEP_ALIVE_SECONDS)
        except TimeoutError:
            return b": still here\n\n"
        return event.encoded() if event else None

    def close(self) -> None:
        """End every listener's stream."""
        self._closed = True
        if self._looking:
            self._looking.cancel()
        self._end()

    def _end(self) -> None:
        for listener in self._listeners:
            with suppress(asyncio.QueueEmpty):
                listener.queue.get_nowait()
            listener.queue.put_nowait(None)

    async def _begin(self) -> None:
        """Have the store looked at, from now on. Raises Hold.

        A look under way does not know of the listener that this is called for, and is waited for.
        """
        async with self._at_a_look:
            if self._looking is None:
                seen, began = Seen(), self._clock()
                await asyncio.to_thread(self._passing.look, began, (), seen.is_new)  # what was there before is no news
                self._looking = asyncio.create_task(self._look_on(seen, began))

    async def _look_on(self, seen: Seen, looked_at: datetime) -> None:
        try:
            why = ""
            while self._listeners:
                await asyncio.sleep(self._look_seconds)
                now = self._clock()
                try:
                    await self._pass_on(looked_at, seen)
                except Hold as hold:  # the next look reaches back to the last that was answered
                    if hold.why != why:
                        logger.warning("live events are held", why=hold.why)
                    why = hold.why
                else:
                    why, looked_at = "", now
        finally:  # whatever broke: who listens is let go, comes back, and is looked for anew
            self._looking = None
            self._end()

    async def _pass_on(self, since: datetime, seen: Seen) -> None:
        async with self._at_a_look:
            queries = {listener.query for listener in self._listeners}
            for by_query in await asyncio.to_thread(self._passing.look, since, queries, seen.is_new):
                for listener in self._listeners:
                    if (found := by_query.get(listener.query)) is not None:
                        listener.put(found)
        seen.forget()
