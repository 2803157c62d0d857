"""Sees to it that a channel's guard is asked: at every socket that is connected while the channel is told.

So redirects, and names that answer differently the second time, gain nothing.
"""

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from alerts.channel_guard import FILE, HERE, ChannelGuard, Forbidden, is_digits

_PROCESSES = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn"})
_SYSLOG = frozenset({"syslog.openlog", "syslog.syslog"})
_SENDING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class _Rehearsed(OSError):  # noqa: N818 - the end of a rehearsal
    """It would connect now."""


@dataclass
class _Watch:
    guard: ChannelGuard
    named: str
    """The address as it reads without its escapes: a file that is named in it is opened for it."""
    rehearsal: bool
    host: str = ""
    """The name that was asked for last: the next connection is to it."""
    refusal: Forbidden | None = None
    asking: bool = False
    """Whether a name is looked up for the judge."""

    def see(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Judge what is about to be done. Raises Forbidden, _Rehearsed."""
        try:
            if event == "socket.getaddrinfo" and not self.asking:
                self.host = _text(arguments[0]).lower().rstrip(".")
                self._stop_rehearsal(self.host, _port(arguments[1]))
            elif event in _SENDING:
                self._connecting(*arguments[:2])
            elif event in _PROCESSES and not self.guard.kinds & HERE:
                raise Forbidden("it starts a program on this machine: allow its kind by name (channel_kinds)")
            elif event == "open" and FILE not in self.guard.kinds and self._names(arguments[0]):
                raise Forbidden("it reads a file of this machine: allow it by the word “files” (channel_kinds)")
            elif event in _SYSLOG and "syslog" not in self.guard.kinds:
                raise Forbidden("it writes this machine's log: allow syslog by name (channel_kinds)")
        except Forbidden as refusal:
            self.refusal = self.refusal or refusal
            raise

    def _names(self, path: Any) -> bool:
        return isinstance(path, str) and path.startswith("/") and path in self.named

    def _stop_rehearsal(self, name: str, port: int | None) -> None:
        if self.rehearsal:
            self.guard.judge(name, port, [name] if is_digits(name) else self._resolved(name, port))
            raise _Rehearsed("nothing is sent in a rehearsal")

    def _connecting(self, connected: socket.socket, to: Any) -> None:
        if connected.family not in (socket.AF_INET, socket.AF_INET6):
            if not self.guard.kinds & HERE:
                raise Forbidden("it speaks to a program on this machine: allow its kind by name (channel_kinds)")
            return
        if not isinstance(to, tuple):  # a datagram over a socket that was connected, and judged, before
            return
        name, port = _text(to[0]).lower(), _port(to[1])
        self._stop_rehearsal(name, port)
        if is_digits(name):
            self.guard.judge(self.host or name, port, [name])
        else:
            self.guard.judge(name, port, self._resolved(name, port))

    def _resolved(self, name: str, port: int | None) -> list[str]:
        self.asking = True
        try:
            return [str(entry[4][0]) for entry in socket.getaddrinfo(name, port)]
        finally:
            self.asking = False


_here = threading.local()


@contextmanager
def watching(guard: ChannelGuard, address: str, rehearsal: bool = False) -> Iterator[None]:
    """What this thread does meanwhile is judged; in a rehearsal nothing is ever connected. Raises Forbidden, also where
    somebody caught it on its way."""
    guard.check(address)
    watch = _Watch(guard, unquote(address), rehearsal)
    _listen()
    _here.watch = watch
    try:
        yield
    finally:
        _here.watch = None
        if watch.refusal is not None:
            raise watch.refusal


@cache
def _listen() -> None:
    """Python tells a hook of every socket, file and process (PEP 578); one that raises stops it. It stays for good."""
    sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    watch: _Watch | None = getattr(_here, "watch", None)
    if watch is not None:
        watch.see(event, arguments)


def _text(name: Any) -> str:
    return name.decode("ascii", "replace") if isinstance(name, bytes) else str(name or "")


def _port(number: Any) -> int | None:
    return int(number) if str(number).isdigit() else None
