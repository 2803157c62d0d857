"""A line to a server, whatever is spoken on it: passes bytes on, until it is parted; then nothing comes through.

No connection ends either, as in a network that loses every packet: what was sent meanwhile arrives when it is mended.
"""

import socket
import threading
from contextlib import suppress

PIECE = 64 << 10


class Line:
    """Listens on a port of loopback for as long as it is open."""

    def __init__(self) -> None:
        self._server: tuple[str, int] | None = None
        self._passes = threading.Event()
        self._passes.set()
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="line", daemon=True).start()

    def lead_to(self, port: int) -> None:
        """Where it leads, on loopback."""
        self._server = ("127.0.0.1", port)

    def part(self) -> None:
        """Let nothing through from now on, either way; whoever connects waits."""
        self._passes.clear()

    def mend(self) -> None:
        """Let all through again."""
        self._passes.set()

    def close(self) -> None:
        """Listen no longer, and end what is connected."""
        self._passes.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in list(self._ends):
            _end(end)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:  # it was closed
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._passes.wait()
        try:
            assert self._server is not None
            far = socket.create_connection(self._server)
        except OSError:  # the server is away: whoever asks sees a connection that ends
            _end(near)
            return
        self._ends |= {near, far}
        threading.Thread(target=self._pass, args=(far, near), daemon=True).start()
        self._pass(near, far)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                self._passes.wait()
                target.sendall(piece)
        self._passes.wait()  # an end does not come through either
        for end in (source, target):
            self._ends.discard(end)
            _end(end)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
