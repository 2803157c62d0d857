"""An event loop whose clock jumps to the next thing to happen: a day of waiting takes minutes.

Real sockets may be used: while `outside` is above zero, time stands still and the loop waits for them.
"""

import asyncio
import math
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

START = datetime(2026, 11, 23, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    loop: "VirtualLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.loop.outside:
            return super().select(0.01)
        if timeout is None:
            raise RuntimeError("nothing will ever happen again: the test waits for nobody")
        self.loop.elapsed += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Time passes only when nothing else is to be done. Threads are run in place, at once."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.outside = 0
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.elapsed

    @property
    def _clock_resolution(self) -> float:
        """How much too early asyncio may fire a timer: not at all, where time does not pass by itself meanwhile.

        Else two that wait for the same moment, a fraction of a nanosecond ahead, wake each other for ever.
        """
        return math.ulp(self.elapsed)

    @_clock_resolution.setter
    def _clock_resolution(self, _system_s: float) -> None:
        return  # asyncio's own init sets that of the system's clock

    def now(self) -> datetime:
        """The wall clock of this world."""
        return START + timedelta(seconds=self.elapsed)

    def run_in_executor(self, executor: Any, func: Callable[..., T], *args: Any) -> "asyncio.Future[T]":  # type: ignore[override]  # its stub is looser
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed to whoever awaits it
            future.set_exception(error)
        return future


def run(main: Callable[[VirtualLoop], Coroutine[Any, Any, T]]) -> T:
    """Run `main` in virtual time from START."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(main(loop))
    finally:
        loop.run_until_complete(_end_all())
        loop.close()


async def _end_all() -> None:
    """End what still runs (a server's connections), and give their sockets a turn to close."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for _ in range(3):
        await asyncio.sleep(0)
