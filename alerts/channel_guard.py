"""What a channel may reach: addresses that are public or allowed by name, and nothing of this machine.

A subscription is written by people who may know nothing of the network that it is told from. The judge is passed in
(the one of the fetches); here it is seen to that it is asked: at every socket that is connected while a channel is
told, so that redirects and names that answer differently the second time gain nothing.
"""

import ipaddress
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

Forbids = Callable[[str], str | None]
"""Why an address, as digits, must not be connected to; None where it may (producers.fetch.ssrf.forbidden)."""

HERE = frozenset({"syslog", "dbus", "kde", "qt", "glib", "gio", "gnome", "macosx", "windows", "blink1", "file"})
"""Kinds of channels that touch the machine itself and not the network."""
_FILES = frozenset({"template", "keyfile", "subfile", "pgpkey", "pgppub", "pgpkeypath", "attach", "config"})
"""Parameters of an address by which Apprise reads a file of this machine."""
FILE = "files"
"""The word by which a setting allows those."""
_PROCESSES = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn"})
_SYSLOG = frozenset({"syslog.openlog", "syslog.syslog"})
_SENDING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class Forbidden(Exception):  # noqa: N818 - a refusal by rule, not a fault
    """What the channel must not reach, and by which setting it may."""


class _Rehearsed(OSError):  # noqa: N818 - the end of a rehearsal
    """It would connect now."""


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True)
class ChannelGuard:
    """The rules. It travels to a child process: what it holds can be pickled."""

    forbids: Forbids = _nothing
    hosts: frozenset[str] = frozenset()
    """Names as they stand in addresses, "host" or "host:port", that may be at a forbidden address."""
    kinds: frozenset[str] = frozenset()
    """Kinds of HERE, and FILE, that are allowed."""

    @classmethod
    def of(cls, forbids: Forbids, hosts: str, kinds: str) -> "ChannelGuard":
        """The guard of the settings: names by comma."""
        return cls(forbids, _names(hosts), _names(kinds))

    def here(self, address: str) -> bool:
        """Whether the address is of a kind that touches this machine."""
        return address.partition("://")[0].strip().lower() in HERE

    def check(self, address: str) -> None:
        """What can be said of an address before it is told. Raises Forbidden."""
        scheme = address.partition("://")[0].strip().lower()
        if scheme in HERE and scheme not in self.kinds:
            raise Forbidden(f"{scheme} touches this machine itself: allow it by name (channel_kinds)")
        named = sorted(_FILES & {name.lower() for name in _parameters(address)})
        if named and FILE not in self.kinds:
            raise Forbidden(f"“{named[0]}=” reads a file of this machine: allow it by the word “files” (channel_kinds)")
        host, port = _host(address)
        if _digits(host) or host == "localhost":
            self.judge(host, port, [host] if _digits(host) else ["127.0.0.1"])

    def judge(self, host: str, port: int | None, addresses: list[str]) -> None:
        """Whether a host at these addresses may be connected to. Raises Forbidden."""
        if {host, f"{host}:{port}", f"[{host}]:{port}"} & self.hosts:
            return
        for address in addresses:
            if why := self.forbids(address):
                raise Forbidden(
                    f"{host} is at {address}, {why}: not told; if it is yours, allow it by name (channel_hosts)"
                )

    @contextmanager
    def watching(self, address: str) -> Iterator[None]:
        """What this thread does meanwhile is judged. Raises Forbidden, also where somebody caught it on its way."""
        self.check(address)
        with _watched(_Watch(self, rehearsal=False)):
            yield

    @contextmanager
    def rehearsing(self, address: str) -> Iterator[None]:
        """As `watching`, but nothing is ever connected."""
        self.check(address)
        with _watched(_Watch(self, rehearsal=True)):
            yield


UNGUARDED = ChannelGuard(kinds=HERE | {FILE})
"""Where there is no network to guard: a test of the channels themselves."""


@dataclass
class _Watch:
    guard: ChannelGuard
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
            elif event in _SYSLOG and "syslog" not in self.guard.kinds:
                raise Forbidden("it writes this machine's log: allow syslog by name (channel_kinds)")
        except Forbidden as refusal:
            self.refusal = self.refusal or refusal
            raise

    def _stop_rehearsal(self, name: str, port: int | None) -> None:
        if self.rehearsal:
            self.guard.judge(name, port, [name] if _digits(name) else self._resolved(name, port))
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
        if _digits(name):
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
def _watched(watch: _Watch) -> Iterator[None]:
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


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in listed.split(",") if name.strip())


def _text(name: Any) -> str:
    return name.decode("ascii", "replace") if isinstance(name, bytes) else str(name or "")


def _port(number: Any) -> int | None:
    return int(number) if str(number).isdigit() else None


def _digits(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _host(address: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").rstrip(".").lower(), parts.port
    except ValueError:
        return "", None


def _parameters(address: str) -> list[str]:
    _, _, query = address.partition("?")
    try:
        return list(parse_qs(query, keep_blank_values=True))
    except ValueError:
        return []
