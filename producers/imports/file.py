"""An open file of an import: its bytes, unpacked where they are gzipped, and how far it has been read."""

import gzip
import io
import zlib
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

# Text packs to a tenth, rows of one table to a fiftieth; gzip ends at a thousandth. What unpacks to more than this many
# times its size, beyond the first part, is made to fill a memory, or a disk.
_MOST_TIMES, _FREE_BYTES = 200, 64 * 1024 * 1024
# Of articles, 256 KB are kept (producers.article.body): a book of 5 MB, written in escapes, is still read.
LONGEST_LINE = 16 * 1024 * 1024
# Enough to see past a byte order mark and blank lines.
_PEEKED = 1024


BROKEN = (EOFError, OSError, zlib.error)
"""What reading a file raises where it breaks off."""


class TooMuchError(OSError):
    """A file unpacks to more than anybody would pack."""


class _Unpacked(io.RawIOBase):
    """A gzipped file's bytes; raises TooMuchError."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._unpacked = gzip.GzipFile(fileobj=raw)
        self._bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        got = self._unpacked.read1(len(buffer))
        self._bytes += len(got)
        if self._bytes > _FREE_BYTES + _MOST_TIMES * self._raw.tell():
            raise TooMuchError(f"it unpacks to more than {_MOST_TIMES} times its size")
        buffer[: len(got)] = got
        return len(got)


class ImportFile:
    """A file being read. `where` makes the start of an error's line."""

    def __init__(self, path: Path, fetched_at: datetime) -> None:
        self.name = path.name
        self.fetched_at = fetched_at
        self.raw = path.open("rb")
        gzipped = self.raw.read(2) == b"\x1f\x8b"
        self.raw.seek(0)
        unpacked = _Unpacked(self.raw) if gzipped else cast(io.RawIOBase, self.raw)
        self.stream = io.BufferedReader(unpacked)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.raw.close()

    def peek(self) -> bytes:
        """The first bytes, unpacked; they are read again by whoever reads. Broken gzip has none."""
        try:
            return self.stream.peek(_PEEKED)[:_PEEKED]
        except BROKEN:
            return b""

    def line(self) -> bytes | None:
        """The next line; b"" at the end, None for one that is longer than LONGEST_LINE, which is passed over."""
        line = self.stream.readline(LONGEST_LINE + 1)
        if len(line) <= LONGEST_LINE:
            return line
        while line and not line.endswith(b"\n"):
            line = self.stream.readline(LONGEST_LINE)
        return None

    def position(self) -> int:
        """Bytes of the file, packed as it is, that have been read."""
        return self.raw.tell()

    def broken(self, error: Exception) -> str:
        """The line about a file that cannot be read to its end (BROKEN)."""
        if isinstance(error, TooMuchError):
            return f"{self.where('end')}: {error}: the rest is left out; if it is honest, unpack it first"
        return f"{self.where('end')}: the file breaks off ({error}): fetch it again"

    def where(self, place: object) -> str:
        """File and place, for the start of a line about an error."""
        return f"{self.name}:{place}"
