"""What is done with one batch: step, send, confirm. It returns when every record of it is settled, or not at all.

Returning is what commits (Faust acknowledges a batch when the loop body is left), so no exception leaves here,
and a body that is cancelled ends the process instead of returning.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from runtime.kafka.exit import Leaving, leave
from runtime.kafka.recorder import Entry, Scribe, Sending
from runtime.kafka.run_batch import outcomes
from runtime.kafka.status import Standing
from schemas.outcome import Hold
from schemas.stage import Stage

T = TypeVar("T")

# How often a waiting body looks whether it is asked to leave.
LOOK_SECONDS = 0.1
# Back-off of a hold: from 0.2 s, doubling to 5 s: one question every 5 s burdens nobody, and a worker goes on
# within 5 s of what it waits for. Each time by a random part, so that workers do not march in step.
HOLD_FIRST, HOLD_MOST = 0.2, 5.0


class Body:
    """The body of a stage's loop; the step runs in one thread of its own, beside the event loop."""

    def __init__(
        self,
        stage: Stage,
        send: Callable[[Sequence[Sending]], Awaitable[None]],
        scribe: Scribe,
        leaving: Leaving,
        standing: Standing,
    ) -> None:
        self._stage = stage
        self._send = send
        self._scribe = scribe
        self._leaving = leaving
        self._standing = standing
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"step-{stage.name}")

    async def handle(self, entries: Sequence[Entry]) -> None:
        """Settle a batch: returns when all its outputs, letters and rows are confirmed."""
        began = time.monotonic()
        try:
            settled = await self.insist(lambda: self.in_thread(lambda: outcomes(self._stage, self._scribe, entries)))
            sendings = [
                sending
                for entry, outcome in zip(entries, settled, strict=True)
                for sending in self._scribe.sendings(entry, outcome)
            ]
            await self.insist(lambda: self._send(sendings))
        except asyncio.CancelledError:
            leave("a batch was cancelled")
        self._standing.handled(settled, time.monotonic() - began)

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run blocking work beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def insist(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try until it succeeds; Hold, and whatever else goes wrong with a dependency, is waited out."""
        delay = HOLD_FIRST
        while True:
            try:
                result = await self._watched(attempt())
            except Hold as hold:
                self._standing.hold(hold.why)
            except Exception as error:  # noqa: BLE001 - no exception may leave the body: that would commit the batch
                self._standing.hold(f"{type(error).__name__}: {error}")
            else:
                self._standing.goes_on()
                return result
            await self._pause(delay * random.uniform(0.5, 1.0))
            delay = min(delay * 2, HOLD_MOST)

    async def _watched(self, work: Awaitable[T]) -> T:
        """The result; but a worker that is asked to leave and does not come to an end leaves without it."""
        task = asyncio.ensure_future(work)
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_SECONDS)
            if self._leaving.overdue and not task.done():
                leave("asked to leave, and the batch is not done")
        return task.result()

    async def _pause(self, seconds: float) -> None:
        """Wait while holding. A holding body freezes the whole group: asked to leave, it goes at once."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._leaving.asked:
                leave(f"asked to leave while held: {self._standing.held_why}")
            await asyncio.sleep(LOOK_SECONDS)
