"""Answers commands on the socket beside a file: the same app as over a port, for the file's owner.

The app takes a second to load, which most who open a file to write one thing never need: it is loaded when the first
command calls, who waits meanwhile (systemd's name for it is socket activation).
"""

import os
import select
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from runtime.local.socket_file import listen, socket_path

if TYPE_CHECKING:
    from web.installation import Installation
    from web.server import Server


class Beside:
    """Listens until closed."""

    def __init__(self, db: Path, installation: "Callable[[], Installation]") -> None:
        """`installation` is asked for when the first command calls. Raises OSError where there can be no socket."""
        self._path = socket_path(db)
        self._listener = listen(self._path)
        self._installation = installation
        self._server: Server | None = None
        self._ended, self._ends = os.pipe()
        self._thread = threading.Thread(target=self._await_caller, name="calls", daemon=True)
        self._thread.start()

    def _await_caller(self) -> None:
        called, _, _ = select.select([self._listener.fileno(), self._ended], [], [])
        if self._ended not in called:
            # here: see above
            from web.app import create_app
            from web.owner import OwnersAlone
            from web.server import Server

            self._server = Server(OwnersAlone(create_app(self._installation())), self._listener).start()

    def close(self) -> None:
        """Stop answering and take the socket away."""
        os.close(self._ends)
        self._thread.join()
        os.close(self._ended)
        if self._server:
            self._server.close()
        self._listener.close()
        self._path.unlink(missing_ok=True)
