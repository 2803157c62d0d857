"""Hosts: a source is found by its own name, with or without www, and by any domain that it lies under."""

import re
from collections.abc import Iterator

_WWW = "www."
_ADDRESS = re.compile(r"https?://([^/:?#]+).*", re.DOTALL)


def asked_host(typed: str) -> str:
    """What is asked for: www.bbc.co.uk means bbc.co.uk, and so does an address that begins with it."""
    host = _ADDRESS.sub(r"\1", typed)
    return host.removeprefix(_WWW) or typed


def domains(host: str) -> Iterator[str]:
    """The host, and every domain that it lies under: news.bbc.co.uk, bbc.co.uk, co.uk, uk."""
    while host:
        yield host
        _, _, host = host.partition(".")


def begins(host: str, beginning: str) -> bool:
    """Whether the host begins so, with or without www."""
    return host.startswith((beginning, _WWW + beginning))
