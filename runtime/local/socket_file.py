"""The socket beside a database file, by which commands reach the process that works on it (HTTP: docs/api.md).

It is the file's owner's alone (mode 0600); nothing listens on the network. Knows no call: wirewatch/compose/beside.py
answers on it, web/client.py asks.
"""

import hashlib
import os
import socket
import tempfile
from pathlib import Path

# The kernel's limit on a socket's path is 108 bytes, its closing zero included.
LONGEST_PATH = 107
# Commands that may stand before a process that is busy: as many as Linux lets wait by default before 5.4.
WAITING_CALLERS = 128


def socket_path(db: Path) -> Path:
    """Where the socket of a database file is: beside it, or in the temporary folder where that is too long.

    Its name has changed with what is spoken on it: a command of a version that speaks otherwise finds nobody.
    """
    path = db.resolve().with_name(db.name + ".http.sock")
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"wirewatch-{os.getuid()}-{digest}.sock"


def listen(path: Path) -> socket.socket:
    """The socket, for whoever holds the lock of its file. Raises OSError."""
    path.unlink(missing_ok=True)  # left by a process that was killed; the lock says that none runs
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(0o177)
    try:
        listener.bind(str(path))
        listener.listen(WAITING_CALLERS)
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(mask)
    return listener


def connect(path: Path) -> socket.socket:
    """A connection to whoever listens there. Raises OSError."""
    caller = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        caller.connect(str(path))
    except OSError:
        caller.close()
        raise
    return caller
