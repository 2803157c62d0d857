"""Sends a message to one channel with Apprise, and says whether a failure is temporary (Away) or final (Refused).

Apprise answers yes or no and logs the reason; whether a retry makes sense is read from its log. Whatever it raises is
one of the two as well. Knows messages, not the rules of alerts; what a channel may reach is alerts/channel_guard.py's.
"""

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from alerts import webhook
from alerts.channel_guard import UNGUARDED, ChannelGuard, Forbidden
from alerts.channel_watch import watching

if TYPE_CHECKING:
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
    html: str = ""
    """The body as HTML, for mail; without it mail is text alone."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """The same as data (schemas.webhook), for webhooks that take JSON; without it they get title and body."""


Notify = Callable[[str, Message], None]
"""Tell one channel. Returns when it has taken the message; raises Away or Refused."""

# Channels that carry headers of ours: the key lets a receiver see that it has a message already.
_WEBHOOKS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
KEY_HEADER = "Idempotency-Key"
_MAIL = frozenset({"mailto", "mailtos"})
MAIL_HEADER = "X-Wirewatch-Alert"
# Answers that stay the same however often one asks. 401 and 403 do not: a password can be mended on the other side.
_FINAL = frozenset({400, 404, 405, 406, 410, 411, 413, 414, 415, 422})
_STATUS = re.compile(r"error=(\d{3})")
# Shorter words of an address are names of parameters and hosts, and no key of any service.
SECRET_CHARACTERS = 6
_PROBE = Message("key", "A title", "A text")


def notify(address: str, message: Message, guard: ChannelGuard = UNGUARDED) -> None:
    """Tell one Apprise address. Raises Away, Refused, and nothing else."""
    told, reason = False, "no reason given"
    try:
        with watching(guard, address), _heard() as lines:
            plugin = _plugin(_keyed(address, message.key))
            if plugin is None:
                raise Refused(_unknown(address))
            told = _sent(plugin, message, address)
            reason = _without_secrets("; ".join(lines), address) or reason
    except Forbidden as forbidden:
        raise Refused(f"{masked(address)}: {forbidden}") from forbidden
    except (Away, Refused):
        raise
    except (Exception, SystemExit) as error:  # whatever a library raises is this channel's and nobody else's
        if problem := problem_of(address, guard, message):
            raise Refused(problem) from error
        raise Away(f"{masked(address)}: {_said(error)}") from error  # what was answered made it raise
    if told:
        return
    status = _STATUS.search(reason)
    if status and int(status[1]) in _FINAL:
        raise Refused(f"{masked(address)}: {reason}")
    raise Away(f"{masked(address)}: {reason}")


def problem_of(address: str, guard: ChannelGuard = UNGUARDED, message: Message = _PROBE) -> str | None:
    """Why an address can never take a message, or None. Nothing is sent: it is tried up to where it would connect."""
    try:
        guard.check(address)
        if _plugin(address) is None:
            return _unknown(address)
        if not guard.here(address):
            with watching(guard, address, rehearsal=True), _heard():
                rehearsed = _plugin(_keyed(_in_the_open(address), message.key))
                if rehearsed is not None:
                    _sent(rehearsed, message, address)
    except Forbidden as forbidden:
        return f"{masked(address)}: {forbidden}"
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as in notify
        return f"{masked(address)} cannot be told: {_said(error)}: check the address"
    return None


def kind(address: str) -> str:
    """The kind of channel that an address is of: its scheme. Nothing secret is in it."""
    return _split(address).scheme.lower()


def masked(address: str) -> str:
    """An address without what may be secret in it: its kind, and the host where that is a host."""
    parts = _split(address)
    if not parts.scheme:
        return "an address without “://”"
    return f"{parts.scheme}://{(parts.hostname if parts.scheme in _WEBHOOKS | _MAIL else None) or '…'}"


def _without_secrets(reason: str, address: str) -> str:
    """What Apprise said, without the words of the address that may be secret: some services' keys stand in it."""
    _, _, rest = unquote(address).partition("://")
    shown = masked(address).partition("://")[2]
    for word in sorted(re.split(r"[/:@?&=+,;#]", rest), key=len, reverse=True):
        if len(word) >= SECRET_CHARACTERS and word != shown:
            reason = reason.replace(word, "…")
    return reason


def _split(address: str) -> SplitResult:
    """The parts of an address; of one that has no parts only the scheme. Never raises."""
    try:
        parts = urlsplit(address)
        _ = parts.hostname  # where the host cannot be read it is said now
    except ValueError:
        scheme, mark, _ = address.partition("://")
        return SplitResult(scheme if mark and scheme.isalnum() else "", "", "", "", "")
    return parts


def _unknown(address: str) -> str:
    return f"{masked(address)} is no address that Apprise knows"


def _said(error: BaseException) -> str:
    """What went wrong, by its kind alone: the words of a library may hold the address, and its secrets."""
    if isinstance(error, UnicodeError):
        return "it has characters that cannot be sent in that place"
    return f"Apprise raised {type(error).__name__}"


def _in_the_open(address: str) -> str:
    """A webhook without its TLS: what it sends is then made before it connects, and not after."""
    scheme, mark, rest = address.partition("://")
    return f"{scheme[:-1]}{mark}{rest}" if scheme.lower() in _WEBHOOKS and scheme[-1:] in "sS" else address


def _keyed(address: str, key: str) -> str:
    """The address with our key among what is sent: as a header, for a webhook in its body as well."""
    scheme = kind(address)
    extras = {f"+{KEY_HEADER}": key, ":alert_id": key} if scheme in _WEBHOOKS else {}
    if scheme in _MAIL:
        extras = {f"+{MAIL_HEADER}": key}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(extras)}" if extras else address


def _sent(plugin: Any, message: Message, address: str) -> bool:
    # here, and below: Apprise takes a while to load, which only who tells should pay
    from apprise import NotifyFormat

    body, form = message.body, NotifyFormat.TEXT
    if message.html and kind(address) in _MAIL:
        body, form = message.html, NotifyFormat.HTML
    if kind(address) in webhook.KINDS:
        data = message.data or {"title": message.title, "message": message.body}
        plugin.send = webhook.sender(plugin, data, webhook.secret_of(address))  # the body is ours
    return bool(plugin.notify(title=message.title, body=body, body_format=form))


def _plugin(address: str) -> "apprise.NotifyBase | None":
    """Apprise's channel; None where it knows no such address. Raises whatever a library does."""
    import apprise

    load()
    plugin: apprise.NotifyBase | None = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    return plugin


@cache
def load() -> None:
    """Apprise loads its channels at the first address; one of them imports a module that Python is giving up."""
    import apprise

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
