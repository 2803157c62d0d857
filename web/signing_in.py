"""Tries to sign in: few of them, and one password checked at a time, so that guessing costs the guesser alone."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from web.buckets import Buckets
from web.passwords import is_right
from web.problems import ProblemError

# Of one address, whichever names it tries: a newsroom behind one address signs in on a Monday morning; some 40,000
# guesses a day.
OF_AN_ADDRESS, ADDRESS_A_SECOND = 30.0, 0.5
# Of one name, known or not, from whichever address: somebody who looks for the right one of old passwords; some 1,500
# guesses a day, at which twelve random letters stand for longer than anybody waits.
OF_A_NAME, NAME_A_SECOND = 10.0, 1 / 60
# Those who wait for their password to be checked, at 25 ms each: half a second. The next are told to come again.
WAITING = 20


class SigningIn:
    """Lives in one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock`: seconds that only grow."""
        self._addresses = Buckets(ADDRESS_A_SECOND, OF_AN_ADDRESS, clock)
        self._names = Buckets(NAME_A_SECOND, OF_A_NAME, clock)
        # one: each check holds 19 MiB
        self._checking = ThreadPoolExecutor(1, "passwords")
        self._waiting = 0

    def allow(self, address: str, name: str) -> None:
        """A try is made. Raises ProblemError with the seconds until the next may be, alike for every name."""
        if wait := self._addresses.take(address) or self._names.take(name):
            line = f"too many tries to sign in: wait {wait} s, or ask who runs this for another password"
            raise ProblemError(429, line, {"Retry-After": str(wait)})

    async def is_right(self, kept: str | None, password: str) -> bool:
        """As web.passwords.is_right. Raises ProblemError where too many wait already."""
        if self._waiting >= WAITING:
            raise ProblemError(503, "too many sign in at this moment: try again in a second", {"Retry-After": "1"})
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._checking, is_right, kept, password)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Let go of the thread."""
        self._checking.shutdown(wait=False, cancel_futures=True)
