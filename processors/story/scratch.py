"""Rows of bytes on a temporary file, which has no name and goes with the process: 8 bytes of memory a row.

Read by asking for one (`pread`), not by mapping the file: what is mapped and was once read counts as the process's own
memory. The system keeps in its cache what is asked for often. The folder is tempfile's (TMPDIR); one that is itself
memory (tmpfs) saves none.
"""

import os
import tempfile
from array import array
from weakref import finalize

from schemas.outcome import Hold

# Written at one go.
_PORTION = 64 << 10


class Scratch:
    """Rows by number, in the order in which they were added; none is ever changed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open as long as this is
        finalize(self, self._file.close)
        self._starts = array("Q", [0])
        self._written = 0
        self._tail = bytearray()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def append(self, row: bytes) -> None:
        """Add a row. Raises Hold, and adds none, where the file cannot be written."""
        if len(self._tail) >= _PORTION:
            self._write()
        self._tail += row
        self._starts.append(self._written + len(self._tail))

    def __getitem__(self, number: int) -> bytes:
        """The row of this number."""
        start, end = self._starts[number], self._starts[number + 1]
        if start >= self._written:
            return bytes(self._tail[start - self._written : end - self._written])
        return os.pread(self._file.fileno(), end - start, start)

    def _write(self) -> None:
        """All of the tail, or as if nothing: what was written of it is written again."""
        done = 0
        try:
            while done < len(self._tail):
                done += os.pwrite(self._file.fileno(), memoryview(self._tail)[done:], self._written + done)
        except OSError as error:
            raise Hold(f"a temporary file in {tempfile.gettempdir()} cannot be written: {error.strerror}") from error
        self._written += done
        self._tail = bytearray()
