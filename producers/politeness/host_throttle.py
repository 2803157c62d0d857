"""The throttle of each host: one request at a time and a pause after it, for everybody in this process.

Knows hosts, not feeds. Waiting costs no request and no connection.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

# Idle hosts are forgotten every so many turns: an archive's worth of hosts passes in a month.
SWEEP = 4096


@dataclass(slots=True)
class _Gate:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    delay_s: float = 0.0
    inside: int = 0


class HostThrottle:
    """Gates by host. `pause_s` passes between the end of one request and the start of the next."""

    def __init__(
        self,
        pause_s: float,
        seconds: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        factor: Callable[[str], float] = lambda _host: 1.0,
    ) -> None:
        """`factor` on a host's pause: above one where other processes may ask the host too (polling.hosts)."""
        self._pause_s = pause_s
        self._factor = factor
        self._seconds = seconds
        self._sleep = sleep
        self._gates: dict[str, _Gate] = {}
        self._turns = 0

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn; the body makes one request."""
        gate = self._gates.setdefault(host, _Gate())
        gate.inside += 1
        try:
            async with gate.lock:
                while (wait := gate.free_at - self._seconds()) > 0:
                    await self._sleep(wait)
                try:
                    yield
                finally:
                    pause = max(self._pause_s, gate.delay_s) * self._factor(host)
                    gate.free_at = max(gate.free_at, self._seconds() + pause)
        finally:
            gate.inside -= 1
            self._sweep()

    def rest(self, host: str, seconds: float) -> None:
        """Leave the host alone for so long (Retry-After, 429)."""
        gate = self._gates.setdefault(host, _Gate())
        gate.free_at = max(gate.free_at, self._seconds() + seconds)

    def slow(self, host: str, delay_s: float) -> None:
        """The host wants at least so long between requests (Crawl-delay)."""
        self._gates.setdefault(host, _Gate()).delay_s = delay_s

    def wait_s(self, host: str) -> float:
        """How long the host still rests; 0 where it may be asked."""
        gate = self._gates.get(host)
        return max(0.0, gate.free_at - self._seconds()) if gate else 0.0

    @property
    def known(self) -> int:
        """How many hosts are remembered."""
        return len(self._gates)

    def _sweep(self) -> None:
        self._turns += 1
        if self._turns % SWEEP:
            return
        now = self._seconds()
        self._gates = {host: gate for host, gate in self._gates.items() if gate.inside or gate.free_at > now}
