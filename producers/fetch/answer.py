"""What comes of asking an address: a body, "not modified", or an error in words.

Plain values; knows nothing of the network.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

from producers.politeness.cache_headers import retry_after
from schemas.address import without_secrets

# What to do about an answer, for the person who reads `feeds check`.
ADVICE = {
    400: "check the address",
    401: "it wants a login, which wirewatch does not have",
    402: "it wants to be paid",
    403: "the publisher refuses us; open it in a browser, and ask them or remove the feed",
    404: "nothing is there; look for the feed's new address with `wirewatch feeds add SITE`",
    406: "the server has nothing of the kinds we read",
    410: "the publisher ended it for good",
    429: "we asked too often; it is left in peace for a while",
    451: "withheld for legal reasons",
}

# Of the statuses below 500, those that speak of now: a request timed out, came too early, or was one too many.
PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, whatever the other side does."""

    body_bytes: int = 5_000_000
    """Decompressed. The fattest real news feed measured has 1 MB, a bomb of 100 kB has 100 MB."""
    total_s: float = 30.0
    """From the first byte sent to the last received over all redirects: a dripping body never ends."""
    connect_s: float = 10.0
    """A machine that is there answers in one second, over a satellite in three."""
    redirects: int = 5
    """Honest chains (http, www, trailing slash) have three."""


@dataclass(frozen=True, slots=True)
class Response:
    """A body. `headers` have lower-case names; `url` is where the body was found."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None
    """Where the chain's permanent redirects (301, 308) led, as far as every hop was permanent."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the ETag or date that was sent."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


class FetchError(Exception):
    """No body, and why, in one line: what, where, what to do. No address in it shows a secret."""

    def __init__(
        self,
        message: str,
        *,
        url: str = "",
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        lasting: bool = False,
    ) -> None:
        """`url` is that of the hop which answered with `status`; `lasting`: asked again, the same would come of it."""
        super().__init__(without_secrets(message))
        self.url = url
        self.status = status
        self.headers: Mapping[str, str] = headers or {}
        self.passing = not lasting and (status is None or status >= 500 or status in PASSING)
        """Whether the same address may answer later: a fault, too many requests, no answer."""


Onward = Callable[[str], Awaitable[None]]
"""Told of a redirect's target before it is asked. Raises FetchError where it may not be."""


class Fetch(Protocol):
    """How everybody here asks the web; a test brings its own."""

    async def __call__(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        limits: Limits | None = None,
        onward: Onward | None = None,
    ) -> Response | NotModified:
        """Ask for `url`, conditionally where `etag` or `modified` is given. Raises FetchError, also `onward`'s."""
        ...


def status_error(url: str, status: int, headers: Mapping[str, str]) -> FetchError:
    """The error for an answer that is neither a body nor a redirect."""
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    advice = ADVICE.get(status) or (
        "the server has a fault; it is asked again later" if status >= 500 else "check the address"
    )
    return FetchError(f"{url} answered {status}{phrase}: {advice}", url=url, status=status, headers=headers)


def retry_after_of(error: FetchError, now: datetime) -> float | None:
    """Seconds for which the server asks to be left alone (Retry-After), if it does."""
    return retry_after(error.headers, now)
