"""A clock that a test moves: the present moment, and so many seconds later or earlier as a file says."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path


def moved_by(file: Path) -> Callable[[], datetime]:
    """The clock; right where the file is not there, or is just being written."""

    def now() -> datetime:
        seconds = 0.0
        with suppress(FileNotFoundError, ValueError):
            seconds = float(file.read_text())
        return datetime.now(UTC) + timedelta(seconds=seconds)

    return now
