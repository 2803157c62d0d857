"""So many pieces of work at once; of those that wait for their turn, the most urgent goes first.

Knows nothing of what the work is.
"""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count


class Slots:
    """`free` slots. Those of equal urgency come in the order in which they asked."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._asked = count()
        self._waiting: list[tuple[bool, datetime, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def one(self, *, new: bool, lost: datetime) -> AsyncIterator[None]:
        """Hold a slot. Work on what is `new` waits for all other; that which may lose something sooner comes first."""
        if self._free:
            self._free -= 1
        else:
            await self._turn(new, lost)
        try:
            yield
        finally:
            self._pass_on()

    async def _turn(self, new: bool, lost: datetime) -> None:
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (new, lost, next(self._asked), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was this one's turn already
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            *_, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
