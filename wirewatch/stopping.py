"""SIGTERM and SIGINT, as something to wait for.

A pipe and not an Event: a signal's handler runs between two steps of the main thread, and where that thread is just
about to wait for an Event, it holds the lock that setting the Event needs: the process would hang for ever.
"""

import os
import select
import signal


class Stopping:
    """Made in the main thread before there is anything to stop."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: self.ask())

    def ask(self) -> None:
        """Ask to stop, as a signal does."""
        os.write(self._write, b".")

    def wait(self, seconds: float | None = None) -> bool:
        """Return when a stop is asked, or after `seconds`; whether it is."""
        readable, _, _ = select.select([self._read], [], [], seconds)
        return bool(readable)
