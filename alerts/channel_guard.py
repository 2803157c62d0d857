"""What a channel may reach: addresses that are public or allowed by name, and nothing of this machine.

A subscription is written by people who may know nothing of the network that it is told from. The judge is passed in
(the one of the fetches); alerts/channel_watch.py sees to it that it is asked.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from schemas.services import StageSettings

Forbids = Callable[[str], str | None]
"""Why an address, as digits, must not be connected to; None where it may (producers.fetch.ssrf.forbidden)."""

HERE = frozenset({"syslog", "dbus", "kde", "qt", "glib", "gio", "gnome", "macosx", "windows", "blink1", "file"})
"""Kinds of channels that touch the machine itself and not the network."""
_FILES = frozenset({"template", "keyfile", "subfile", "pgpkey", "pgppub", "pgpkeypath", "attach", "config"})
"""Parameters of an address by which Apprise reads a file of this machine."""
FILE = "files"
"""The word by which a setting allows those."""


class Forbidden(Exception):  # noqa: N818 - a refusal by rule, not a fault
    """What the channel must not reach, and by which setting it may."""


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
        """Of names by comma."""
        return cls(forbids, _names(hosts), _names(kinds))

    def here(self, address: str) -> bool:
        """Whether the address is of a kind that touches this machine."""
        return _scheme(address) in HERE

    def check(self, address: str) -> None:
        """What can be said of an address before it is told. Raises Forbidden."""
        scheme = _scheme(address)
        if scheme in HERE and scheme not in self.kinds:
            raise Forbidden(f"{scheme} touches this machine itself: allow it by name (channel_kinds)")
        named = sorted(_FILES & {name.lower() for name in _parameters(address)})
        if named and FILE not in self.kinds:
            raise Forbidden(f"“{named[0]}=” reads a file of this machine: allow it by the word “files” (channel_kinds)")
        host, port = _host(address)
        if is_digits(host) or host == "localhost":
            self.judge(host, port, [host] if is_digits(host) else ["127.0.0.1"])

    def judge(self, host: str, port: int | None, addresses: list[str]) -> None:
        """Whether a host at these addresses may be connected to. Raises Forbidden."""
        if {host, f"{host}:{port}", f"[{host}]:{port}"} & self.hosts:
            return
        for address in addresses:
            if why := self.forbids(address):
                raise Forbidden(
                    f"{host} is at {address}, {why}: not told; if it is yours, allow it by name (channel_hosts)"
                )


def guard_of(forbids: Forbids, settings: StageSettings) -> ChannelGuard:
    """The guard that the settings make."""
    return ChannelGuard.of(forbids, settings.channel_hosts, settings.channel_kinds)


UNGUARDED = ChannelGuard(kinds=HERE | {FILE})
"""Where there is no network to guard: a test of the channels themselves."""


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in listed.split(",") if name.strip())


def _scheme(address: str) -> str:
    return address.partition("://")[0].strip().lower()


def is_digits(host: str) -> bool:
    """Whether a host is an address and no name."""
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
        return [name.strip() for name in parse_qs(query, keep_blank_values=True)]
    except ValueError:
        return []
