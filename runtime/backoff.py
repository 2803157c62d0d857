"""How long to wait before something that is away is tried again: exponential back-off with jitter. The only one."""

import random

# From 0.2 s, doubling to 5 s: one question every 5 s burdens nobody, and work goes on within 5 s of what it waits for.
FIRST_SECONDS, MOST_SECONDS = 0.2, 5.0


class Backoff:
    """The pauses of one wait; made anew for the next."""

    def __init__(self) -> None:
        self._delay = FIRST_SECONDS

    def pause(self) -> float:
        """The seconds to wait now; by a random part shorter, so that workers do not march in step."""
        delay = self._delay
        self._delay = min(delay * 2, MOST_SECONDS)
        return delay * random.uniform(0.5, 1.0)
