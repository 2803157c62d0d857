"""What is done with one batch: step, send, confirm. It returns when every record of it is handled, or not at all.

Returning is what commits (Faust acknowledges a batch when the loop body is left), so no exception leaves here,
and a body that is cancelled ends the process instead of returning.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from runtime.backoff import Backoff
from runtime.exit import leave
from runtime.kafka.exit import ExitRequest
from runtime.kafka.recorder import KafkaRecorder, Outgoing, Received
from runtime.kafka.run_batch import run_batch
from runtime.portions import portions
from runtime.status import StageStatus
from schemas.outcome import Hold
from schemas.stage import Step

T = TypeVar("T")

# How often a waiting batch looks whether the worker is asked to leave.
LOOK_SECONDS = 0.1


class BatchRunner:
    """The body of a stage's loop; the step runs in one thread of its own, beside the event loop."""

    def __init__(
        self,
        send: Callable[[Sequence[Outgoing]], Awaitable[None]],
        recorder: KafkaRecorder,
        exit_request: ExitRequest,
        status: StageStatus,
    ) -> None:
        self._send = send
        self._recorder = recorder
        self._exit_request = exit_request
        self._status = status
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"step-{status.stage}")

    async def handle(self, step: Step[Any], batch: Sequence[Received]) -> None:
        """Run a batch: returns when all its outputs, letters and rows are confirmed. Those of a portion are before the
        next one begins: where the batch comes again, the step knows of them."""
        for number, portion in enumerate(portions(step, batch, lambda each: each.incoming.record)):
            if number:
                self.let_go("between two portions of a batch")
            await self._handle(step, portion)

    def let_go(self, where: str) -> None:
        """End the process where it is asked to leave: what follows is another's."""
        if self._exit_request.asked:
            leave(f"asked to leave {where}")

    async def _handle(self, step: Step[Any], batch: Sequence[Received]) -> None:
        began = time.monotonic()
        name = self._status.stage
        try:
            handled = await self.insist(lambda: self.in_thread(lambda: run_batch(name, step, self._recorder, batch)))
            outgoing = [one for each in handled for one in each.outgoing]
            await self.insist(lambda: self._send(outgoing))
        except asyncio.CancelledError:
            leave("a batch was cancelled")
        self._status.batch_done([each.outcome for each in handled], time.monotonic() - began)

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run blocking work beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def insist(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try until it succeeds; Hold, and whatever else goes wrong with a dependency, is waited out."""
        backoff = Backoff()
        while True:
            try:
                result = await self._watched(attempt())
            except Hold as hold:
                self._status.hold(hold.why)
            except Exception as error:  # noqa: BLE001 - no exception may leave the body: that would commit the batch
                self._status.hold(f"{type(error).__name__}: {error}")
            else:
                self._status.goes_on()
                return result
            await self._pause(backoff.pause())

    async def _watched(self, work: Awaitable[T]) -> T:
        """The result; but a worker that is asked to leave and does not come to an end leaves without it."""
        task = asyncio.ensure_future(work)
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_SECONDS)
            if self._exit_request.overdue and not task.done():
                leave("asked to leave, and the batch is not done")
        return task.result()

    async def _pause(self, seconds: float) -> None:
        """Wait while holding. A holding body freezes the whole group: asked to leave, it goes at once."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._exit_request.asked:
                held = self._status.held
                leave(f"asked to leave while held: {held.why if held else ''}")
            await asyncio.sleep(LOOK_SECONDS)
