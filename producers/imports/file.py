"""An open file of an import: its bytes, unpacked where they are gzipped, and how far it has been read."""

import gzip
import io
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

# Enough to see past a byte order mark and blank lines.
_PEEKED = 1024


class ImportFile:
    """A file being read. `where` makes the start of an error's line."""

    def __init__(self, path: Path, fetched_at: datetime) -> None:
        self.name = path.name
        self.fetched_at = fetched_at
        self.raw = path.open("rb")
        gzipped = self.raw.read(2) == b"\x1f\x8b"
        self.raw.seek(0)
        unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=self.raw)) if gzipped else self.raw
        self.stream = io.BufferedReader(cast(io.RawIOBase, unpacked))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.raw.close()

    def peek(self) -> bytes:
        """The first bytes, unpacked; they are read again by whoever reads. Broken gzip has none."""
        try:
            return self.stream.peek(_PEEKED)[:_PEEKED]
        except (EOFError, gzip.BadGzipFile):
            return b""

    def position(self) -> int:
        """Bytes of the file, packed as it is, that have been read."""
        return self.raw.tell()

    def where(self, place: object) -> str:
        """File and place, for the start of a line about an error."""
        return f"{self.name}:{place}"
