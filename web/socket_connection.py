"""An HTTP connection over a Unix socket, by the standard library. Apart, since http.client takes 20 ms to load."""

import socket
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from runtime.local.socket_file import connect

__all__ = ["HTTPException", "SocketConnection"]


class SocketConnection(HTTPConnection):
    """To whoever listens there."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        """Raises OSError."""
        self.sock: socket.socket = connect(self._path)
