"""Connections that go only where `producers.fetch.ssrf` allows: the checked address itself is dialled.

The name is resolved once, every address judged, and the socket opened to one of those: a name that
answers differently the second time (DNS rebinding) gains nothing. TLS still checks the name.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import zip_longest
from typing import Any

import httpcore
import httpx

from producers.fetch.headers import HeadMender
from producers.fetch.ssrf import check_addresses

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port -> its addresses, best first. Raises OSError where there are none."""

ADDRESSES_TRIED = 3  # a host with a dead IPv6 and two front ends is still reached
# A dead name takes its thread ten seconds; of ten thousand feeds, some hundred are dead.
RESOLVERS = 16
# Open connections at once. Ten thousand feeds polled every ten minutes are 17 requests a second.
CONNECTIONS = 200
# Kept for the pages of a feed that was just fetched, dropped before a server would.
KEPT, KEPT_S = 50, 15.0


async def resolve(host: str, port: int) -> Sequence[str]:
    """What the system says, the families by turns: where one of them is dead, the second try succeeds."""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_resolvers(), _addresses, host, port)
    firsts: dict[bool, list[str]] = {}
    for address in dict.fromkeys(found):
        firsts.setdefault(":" in address, []).append(address)
    return [address for turn in zip_longest(*firsts.values()) for address in turn if address]


def _addresses(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@cache
def _resolvers() -> ThreadPoolExecutor:
    # threads of their own: a name server that is away must not keep the log's threads waiting
    return ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolve")


@cache
def _trust() -> ssl.SSLContext:
    # reading the certificates takes as long as a fetch: once is enough
    return httpx.create_ssl_context()


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens sockets for httpcore, to allowed addresses only. Raises safety.Refused."""

    def __init__(self, allowed: Collection[str], resolve: Resolve) -> None:
        self._allowed = frozenset(name.lower() for name in allowed)
        self._resolve = resolve
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Dial the first of the host's addresses that answers."""
        addresses = await self._resolve(host, port)
        check_addresses(host, port, addresses, self._allowed)
        failure: Exception = OSError(f"{host} has no address")
        for address in addresses[:ADDRESSES_TRIED]:
            try:
                stream = await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
                return HeadMender(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Never: no feed lives in a file."""
        raise OSError("no unix sockets")

    async def sleep(self, seconds: float) -> None:
        """As httpcore wants it, between its own retries (there are none)."""
        await asyncio.sleep(seconds)


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if close := getattr(self._stream, "aclose", None):
            await close()


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx over a connection pool whose sockets are guarded; reads no proxy from the environment."""

    def __init__(self, allowed: Collection[str], resolve: Resolve) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trust(),
            max_connections=CONNECTIONS,
            max_keepalive_connections=KEPT,
            keepalive_expiry=KEPT_S,
            network_backend=GuardedBackend(allowed, resolve),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; the answer's body is read by whoever asked."""
        assert isinstance(request.stream, AsyncIterable)
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, AsyncIterable)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()
