"""Files for their owner's eyes only: what holds passwords, tokens, or what somebody is watching for."""

import os
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o600
_OTHERS = 0o077


def keep_private(path: Path) -> None:
    """Make a file its owner's alone where it is not, whatever the umask says; one that is not there stays away.

    Nothing is opened: closing it would release the locks that SQLite holds in this process. Somebody else's file is
    left as it is, for only its owner may change it.
    """
    with suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & _OTHERS:
            path.chmod(OWNER_ONLY)


def make_private(path: Path) -> None:
    """As keep_private, but make an empty file where there is none. Raises OSError."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except FileExistsError:
        keep_private(path)


def is_open_to_others(path: Path) -> bool:
    """Whether others than its owner may read or change a file that is there."""
    return path.exists() and bool(path.stat().st_mode & _OTHERS)
