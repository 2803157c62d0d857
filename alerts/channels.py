"""Sends a message to one channel with Apprise, and says whether a failure is temporary (Away) or final (Refused).

Apprise answers yes or no and logs the reason; whether a retry makes sense is read from its log. Knows messages, not
the rules of alerts.
"""

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode, urlsplit

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
_WEBHOOKS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
_KEY_HEADER = "Idempotency-Key"
_MAIL = frozenset({"mailto", "mailtos"})
_MAIL_HEADER = "X-Wirewatch-Alert"
# Answers that stay the same however often one asks. 401 and 403 do not: a password can be mended on the other side.
_FINAL = frozenset({400, 404, 405, 406, 410, 411, 413, 414, 415, 422})
_STATUS = re.compile(r"error=(\d{3})")


def notify(address: str, message: Message) -> None:
    """Tell one Apprise address. Raises Away, Refused."""
    plugin = _plugin(_keyed(address, message.key))
    if plugin is None:
        raise Refused(problem_of(address))
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
    return None if _plugin(address) else f"{masked(address)} is no address that Apprise knows"


def kind(address: str) -> str:
    """The kind of channel that an address is of: its scheme. Nothing secret is in it."""
    return urlsplit(address).scheme.lower()


def masked(address: str) -> str:
    """An address without what may be secret in it: its kind, and the host where that is a host."""
    parts = urlsplit(address)
    if not parts.scheme:
        return "an address without “://”"
    return f"{parts.scheme}://{(parts.hostname if parts.scheme in _WEBHOOKS | _MAIL else None) or '…'}"


def _keyed(address: str, key: str) -> str:
    """The address with our key among what is sent: as a header, for a webhook in its body as well."""
    scheme = urlsplit(address).scheme.lower()
    extras = {f"+{_KEY_HEADER}": key, ":alert_id": key} if scheme in _WEBHOOKS else {}
    if scheme in _MAIL:
        extras = {f"+{_MAIL_HEADER}": key}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(extras)}" if extras else address


def _plugin(address: str) -> apprise.NotifyBase | None:
    _load()
    plugin: apprise.NotifyBase | None = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    return plugin


@cache
def _load() -> None:
    """Apprise loads its channels at the first address; one of them imports a module that Python is giving up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        apprise.Apprise.instantiate("json://localhost")


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
