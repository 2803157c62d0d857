"""Telling one channel, by Apprise, and what it means where that fails.

Apprise answers yes or no and logs why; whether it is worth trying again is read from its log. Knows messages,
not alerts' rules.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import apprise


class Away(Exception):  # noqa: N818 - a state of the channel, not an error of ours
    """The channel does not answer, or not now: worth trying again."""


class Refused(Exception):  # noqa: N818 - as above
    """The channel can never take it: no such address, or it says so."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told, and the key under which the same thing may come again."""

    key: str
    title: str
    body: str


Notify = Callable[[str, Message], None]
"""Tell one channel. Returns when it has taken the message; raises Away or Refused."""

# Channels that carry headers of ours: the key lets a receiver see that it has a message already.
_WITH_HEADERS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
_KEY_HEADER = "Idempotency-Key"
# Answers that stay the same however often one asks. 401 and 403 do not: a password can be mended on the other side.
_FINAL = frozenset({400, 404, 405, 406, 410, 411, 413, 414, 415, 422})
_STATUS = re.compile(r"error=(\d{3})")


def notify(address: str, message: Message) -> None:
    """Tell one Apprise address. Raises Away, Refused."""
    plugin = apprise.Apprise.instantiate(_keyed(address, message.key), suppress_exceptions=True)
    if plugin is None:
        raise Refused(f"{masked(address)} is no address that Apprise knows")
    with _heard() as lines:
        told = plugin.notify(title=message.title, body=message.body, body_format=apprise.NotifyFormat.TEXT)
    if told:
        return
    reason = "; ".join(lines) or "no reason given"
    status = _STATUS.search(reason)
    if status and int(status[1]) in _FINAL:
        raise Refused(f"{masked(address)}: {reason}")
    raise Away(f"{masked(address)}: {reason}")


def problem_of(address: str) -> str | None:
    """Why an address can never work, or None."""
    if apprise.Apprise.instantiate(address, suppress_exceptions=True) is None:
        return f"{masked(address)} is no address that Apprise knows"
    return None


def masked(address: str) -> str:
    """An address without what may be secret in it: the kind and the host."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme else "an address without “://”"


def _keyed(address: str, key: str) -> str:
    if urlsplit(address).scheme.lower() not in _WITH_HEADERS:
        return address
    return f"{address}{'&' if '?' in address else '?'}%2B{_KEY_HEADER}={quote(key)}"


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Apprise says meanwhile."""
    handler = _Lines()
    log = logging.getLogger("apprise")
    log.addHandler(handler)
    try:
        yield handler.lines
    finally:
        log.removeHandler(handler)
