"""One process writes one file: a lock that the system itself releases when its holder dies."""

import fcntl
import os
from pathlib import Path
from typing import Self

from stores.private import OWNER_ONLY, keep_private


class FileInUse(Exception):  # noqa: N818 - a state of the world, told in one line
    """Another process works on this file; `pid` is its number, 0 where it cannot be read."""

    def __init__(self, path: Path, pid: int) -> None:
        super().__init__(
            f"{path} is in use by another wirewatch (process {pid}): stop that one, or name another file with --db"
        )
        self.pid = pid


class Lock:
    """Held from construction to `release`. Raises FileInUse."""

    def __init__(self, path: Path) -> None:
        lock = path.with_name(path.name + ".lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        keep_private(lock)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.pread(self._file, 20, 0).decode("ascii", "replace").strip()
            os.close(self._file)
            raise FileInUse(path, int(pid) if pid.isdigit() else 0) from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Let another process in. The lock file stays: removing it would let two processes lock two files."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
