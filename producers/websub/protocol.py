"""The protocol of WebSub: a feed's hub pushes what is new, where this machine can be reached.

W3C Recommendation of 23 January 2018. Requests and answers as values: which web server carries them
is the assembler's. Nothing is stored: a callback's address and its secret are derived from one key.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import parse_qsl, quote

from schemas.feed import Feed, FeedState

LEASE = timedelta(days=10)
"""What is asked for; the hub decides."""
# Renewed when two days are left: feeds are looked at once a day at least, and a hub may be away for hours.
RENEW_BEFORE = timedelta(days=2)
# A hub that did not answer yet is asked again after this time.
ASK_EVERY = timedelta(days=1)
LONGEST_LEASE = timedelta(days=90)
# A hub that promises less would be asked all day.
SHORTEST_LEASE = timedelta(hours=2)
# §7: implementations MUST support sha1 … sha512 names; sha1 is refused here, as it can be forged.
DIGESTS = ("sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back to the hub."""

    status: int
    body: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """The hub and we agree: the feed is pushed until `until`, or no longer (None)."""

    answer: Answer
    until: datetime | None
    denied: bool = False


class WebSub:
    """Subscriptions of the feeds whose hub is known. `callback` is our public base address, `key` our secret."""

    def __init__(self, callback: str, key: bytes) -> None:
        if not callback.startswith(("https://", "http://")):
            raise ValueError(f"websub callback {callback!r}: give a public http(s) address")
        self._callback = callback.rstrip("/")
        self._key = key

    def callback_of(self, feed: str) -> str:
        """The address a hub is given for this feed: nobody can guess it, and it says which feed."""
        return f"{self._callback}/websub/{self._derived('path', feed)[:32]}?feed={quote(feed, safe='')}"

    def request(self, state: FeedState, mode: Literal["subscribe", "unsubscribe"] = "subscribe") -> dict[str, str]:
        """The form to POST to `state.hub` (§5.1)."""
        assert state.topic
        return {
            "hub.mode": mode,
            "hub.topic": state.topic,
            "hub.callback": self.callback_of(state.url),
            "hub.lease_seconds": str(int(LEASE.total_seconds())),
            "hub.secret": self._derived("secret", state.url),
        }

    def known(self, path: str, query: str) -> str | None:
        """The feed whose callback was called, or None for an address that we never gave."""
        feed = dict(parse_qsl(query)).get("feed")
        token = path.rstrip("/").rpartition("/")[2]
        if feed and _same(token, self._derived("path", feed)[:32]):
            return feed
        return None

    def verify(self, query: str, state: FeedState, wanted: bool, now: datetime) -> Verified:
        """Answer a hub's GET (§5.3): is it we who asked, for this topic? `wanted`: the feed is still watched."""
        asked = dict(parse_qsl(query))
        mode, topic = asked.get("hub.mode"), asked.get("hub.topic")
        if topic != state.topic or topic is None:
            return Verified(Answer(404), state.lease_until)
        if mode == "denied":
            return Verified(Answer(200), None, denied=True)
        challenge = asked.get("hub.challenge", "")
        if not challenge or mode not in ("subscribe", "unsubscribe") or (mode == "subscribe") != wanted:
            return Verified(Answer(404), state.lease_until)
        if mode == "unsubscribe":
            return Verified(Answer(200, challenge), None)
        return Verified(Answer(200, challenge), now + _lease(asked.get("hub.lease_seconds")))

    def authentic(self, feed: str, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the hub signed this body with our secret (§7.1). `headers` have lower-case names."""
        method, _, given = headers.get("x-hub-signature", "").partition("=")
        if method.lower() not in DIGESTS:
            return False
        secret = self._derived("secret", feed).encode()
        ours = hmac.new(secret, body, getattr(hashlib, method.lower())).hexdigest()
        return _same(ours, given.strip().lower())

    def _derived(self, what: str, feed: str) -> str:
        return hmac.new(self._key, f"{what}\x00{feed}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def due(feed: Feed, state: FeedState | None, now: datetime) -> bool:
    """Whether to ask the feed's hub for a new lease now."""
    if feed.deleted or state is None or not state.hub or not state.topic:
        return False
    if state.hub_asked and now - state.hub_asked < ASK_EVERY:
        return False  # either the hub is slow, or it does not want us
    return state.lease_until is None or state.lease_until - now < RENEW_BEFORE


def _same(one: str, other: str) -> bool:
    """Whether they are the same, in a time that does not say where they differ; whatever letters strangers give."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def _lease(given: str | None) -> timedelta:
    if given is None or not given.isdecimal():
        return LEASE
    return min(max(timedelta(seconds=int(given[:10])), SHORTEST_LEASE), LONGEST_LEASE)
