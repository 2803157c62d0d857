"""GET with conditions, redirects hop by hop, a cap on bytes and a deadline on the whole.

One gate a host is passed in: every hop, also of a redirect, waits for its host's turn.
"""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import unquote_to_bytes, urljoin

import httpcore
import httpx

from producers.fetch.answer import FetchError, Limits, NotModified, Onward, Response, status_error
from producers.fetch.cookies import Cookies
from producers.fetch.guard import GuardedTransport, Resolve, resolve
from producers.fetch.inflate import OFFERED, BodyError, Inflater, TooLarge
from producers.fetch.ssrf import Refused, check_url, host_of
from schemas.address import public

Gate = Callable[[str], AbstractAsyncContextManager[None]]
"""Host -> a context in which one request may be made to it (politeness.host_throttle)."""

# Feeds and pages as equals: a server that chooses by this gives what the address is for.
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
# Few feeds have larger bodies; of those that do, so many are read at a time, so that memory is bounded by it.
LARGE, LARGE_AT_ONCE = 5_000_000, 4


def user_agent(contact: str) -> str:
    """Who we are and whom to write to; a publisher who is bothered must be able to say so."""
    return f"wirewatch/0.1 (news feed reader; {contact or 'no contact given'})"


@asynccontextmanager
async def open_gate(_host: str) -> AsyncIterator[None]:
    """No waiting: for a single request by hand."""
    yield


class Fetcher:
    """Asks the web. Used as an async context, and called: `await fetcher(url, etag=…)`."""

    def __init__(
        self,
        *,
        agent: str,
        limits: Limits | None = None,
        allow_hosts: Collection[str] = (),
        gate: Gate = open_gate,
        resolve: Resolve = resolve,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """`allow_hosts`: names ("host" or "host:port") that may be at a private or loopback address."""
        self._limits = limits or Limits()
        self.gate = gate
        self.seconds = seconds
        self.large = asyncio.Semaphore(LARGE_AT_ONCE)
        # The transport itself, not a client: no cookies, no proxies of the environment (they would
        # resolve names for us, unchecked), and no opinion on redirects.
        self.transport = GuardedTransport(allow_hosts, resolve)
        self._headers = {"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": OFFERED}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self.transport.aclose()

    async def __call__(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        limits: Limits | None = None,
        onward: Onward | None = None,
    ) -> Response | NotModified:
        """Ask for `url` and follow redirects, each target shown to `onward` first. Raises FetchError, nothing else."""
        return await _Chase(self, limits or self._limits, _conditions(etag, modified)).run(url, onward)

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        """A request of ours; a name and password in the address become its Authorization."""
        sent = self._headers | dict(headers or {})
        if (parsed := httpx.URL(url)).userinfo:
            sent["Authorization"] = f"Basic {b64encode(unquote_to_bytes(parsed.userinfo)).decode()}"
        return httpx.Request(method, url, headers=sent, data=form)

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """Send a form (a WebSub hub wants one) and return the status. Raises FetchError."""
        try:
            check_url(url)
            async with self.gate(host_of(url)), asyncio.timeout(self._limits.total_s):
                answer = await self.transport.handle_async_request(self.request("POST", url, form=form))
                await answer.aclose()
                return answer.status_code
        except ERRORS as error:
            raise FetchError(_in_words(url, error, self._limits)) from error


class _Chase:
    """One fetch over its redirects: what is left of the time, and how far the address has moved."""

    def __init__(self, fetcher: Fetcher, limits: Limits, headers: Mapping[str, str]) -> None:
        self._fetcher = fetcher
        self._limits = limits
        self._headers = headers
        self._left_s = limits.total_s
        self._moved_to: str | None = None
        self._all_permanent = True
        self._cookies = Cookies()
        self._new_cookies = False

    async def run(self, url: str, onward: Onward | None) -> Response | NotModified:
        seen = [url]
        while True:
            answer = await self._hop(url)
            if not isinstance(answer, str):
                return answer
            if answer in seen and not self._new_cookies:
                circle = f"{seen[0]} redirects in a circle (to {answer} again): check the address"
                raise FetchError(circle, lasting=True)
            if len(seen) > self._limits.redirects:
                many = f"{seen[0]} redirects more than {self._limits.redirects} times: check the address"
                raise FetchError(many, lasting=True)
            if onward:
                await onward(answer)
            seen.append(url := answer)

    async def _hop(self, url: str) -> Response | NotModified | str:
        """One request; a string is the address to go on to."""
        try:
            check_url(url)
            async with self._fetcher.gate(host_of(url)):
                start = self._fetcher.seconds()
                try:
                    async with asyncio.timeout(self._left_s):
                        return await self._ask(url)
                finally:
                    self._left_s -= self._fetcher.seconds() - start
        except ERRORS as error:
            lasting = isinstance(error, LASTING)
            raise FetchError(_in_words(url, error, self._limits), lasting=lasting) from error

    async def _ask(self, url: str) -> Response | NotModified | str:
        cookies = self._cookies.line(url)
        request = self._fetcher.request("GET", url, {**self._headers, **({"Cookie": cookies} if cookies else {})})
        request.extensions["timeout"] = {"connect": self._limits.connect_s}
        answer = await self._fetcher.transport.handle_async_request(request)
        try:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            self._new_cookies = self._cookies.take(url, answer.headers.get_list("set-cookie"))
            if answer.status_code == 304 and self._headers:
                return NotModified(url, headers)
            if answer.status_code in REDIRECTS and "location" in headers:
                return self._onward(url, answer)
            if not 200 <= answer.status_code < 300:
                raise status_error(url, answer.status_code, headers)
            return Response(url, await self._body(answer), headers, self._moved_to)
        finally:
            await answer.aclose()

    def _onward(self, url: str, answer: httpx.Response) -> str:
        target = urljoin(url, answer.headers["location"].strip())
        try:
            check_url(target)
        except Refused as refusal:
            raise Refused(f"{url} redirects to {refusal}") from refusal
        self._all_permanent = self._all_permanent and answer.status_code in PERMANENT
        if self._all_permanent:
            self._moved_to = target
        return target

    async def _body(self, answer: httpx.Response) -> bytes:
        inflater = Inflater(answer.headers.get("content-encoding", ""), self._limits.body_bytes)
        async with AsyncExitStack() as held:
            waited = False
            try:
                async for part in answer.aiter_raw():
                    inflater.add(part)
                    if inflater.size > LARGE and not waited:
                        waited = True
                        await held.enter_async_context(self._fetcher.large)
            except httpcore.RemoteProtocolError:  # fewer bytes than the header says, or no last chunk
                if not (body := inflater.body()).rstrip().endswith(ENDS):
                    raise
                return body
            return inflater.body()


# How a feed or a page ends that has come whole, whatever its server says of its length.
ENDS = (b"</rss>", b"</feed>", b"</rdf:RDF>", b"</html>")
ERRORS = (
    Refused,
    BodyError,
    TimeoutError,
    OSError,
    ValueError,  # UnicodeError of a name that is no name, a port that is no number
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.ConnectError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)
# What no waiting mends: the address itself, and a body that nobody will read.
LASTING = (Refused, TooLarge, httpx.InvalidURL, httpcore.UnsupportedProtocol)


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    given = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in given.items() if value}


def _in_words(url: str, error: Exception, limits: Limits) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, BodyError):
        return f"{url}: {error}"
    if isinstance(error, httpcore.ConnectTimeout):
        return f"{url}: no connection within {limits.connect_s:g} s; asked again later"
    if isinstance(error, (TimeoutError, httpcore.TimeoutException)):
        return f"{url}: not done within {limits.total_s:g} s; asked again later"
    if isinstance(error, httpx.InvalidURL | ValueError):
        return f"{public(url)}: no valid address; check it"  # what is wrong in it may be a part of a password
    return f"{url}: {str(error) or type(error).__name__}; asked again later"
