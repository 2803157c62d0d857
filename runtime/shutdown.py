"""SIGTERM and SIGINT, as something to wait for.

Python runs a signal's handler only between two steps of the main thread. Where that thread is just about to wait, the
handler comes too late to end the waiting (and, were it to set the Event that is waited for, might find its lock held).
So the byte is written by the interpreter's own C handler (signal.set_wakeup_fd), at once, and waiting is reading it.
"""

import os
import select
import signal


class Stopping:
    """Made in the main thread before there is anything to stop."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: None)

    def wait(self, seconds: float | None = None) -> bool:
        """Return when a stop is asked, or after `seconds`; whether it is. Once asked, it stays asked."""
        readable, _, _ = select.select([self._read], [], [], seconds)
        return bool(readable)
