"""A mail server on loopback that speaks just enough SMTP to be delivered to; it can be stopped and started again."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """`received` are the messages taken so far. The port stays the same when it is started again."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.port = 0
        self.start()

    def start(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), self.received)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], received: list[EmailMessage]) -> None:
        super().__init__(address, _Session)
        self.received = received


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip().upper():
            if line.startswith("DATA"):
                self._say("354 go on")
                self._take()
            self._say("221 bye" if line.startswith("QUIT") else "250 ok")
            if line.startswith("QUIT"):
                return

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.server.received.append(message)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
