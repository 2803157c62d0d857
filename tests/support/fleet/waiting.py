"""Waiting for something that must come to hold: looked at again and again, never slept for."""

import time
from collections.abc import Callable


def until(holds: Callable[[], object], within: float) -> None:
    """Return when it holds. Raises TimeoutError."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not come to hold within {within} s")
        time.sleep(0.1)
