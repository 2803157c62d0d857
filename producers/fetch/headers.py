"""The head of an answer, mended before it is read by the book: one odd line must not cost the whole answer.

Browsers pass over such lines, so their senders never learn of them. Knows the bytes of HTTP/1, and nothing of what
headers mean beyond those that say where the body ends.
"""

import re

import httpcore

# What h11 takes of a head before it gives up.
LONGEST = 100 * 1024
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_END = re.compile(rb"\r?\n\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.\d 1(?!01)\d\d")


class HeadMender(httpcore.AsyncNetworkStream):
    """A connection whose answers' heads come mended. One request at a time, as HTTP/1 has it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._head = bytearray()
        self._in_head = False
        self._ready = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the connection's; a head is gathered first."""
        while self._in_head:
            data = await self._stream.read(max_bytes, timeout)
            self._head += data if self._head else data.lstrip(b"\r\n")
            if not data or len(self._head) > LONGEST:
                self._in_head, self._ready = False, bytes(self._head)
                break
            self._mend()
        if self._ready:
            data, self._ready = self._ready[:max_bytes], self._ready[max_bytes:]
            return data
        return await self._stream.read(max_bytes, timeout)

    def _mend(self) -> None:
        while self._in_head and (end := _END.search(self._head)):
            head = bytes(self._head[: end.start()])
            self._ready += mended(head) + b"\r\n\r\n"
            del self._head[: end.end()]
            self._in_head = bool(_INTERIM.match(head))
        if not self._in_head:
            self._ready += bytes(self._head)
            self._head.clear()

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the connection's; an answer begins after it."""
        self._in_head = True
        self._head.clear()
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same over TLS."""
        return HeadMender(await self._stream.start_tls(ssl_context, server_hostname, timeout))  # type: ignore[arg-type]

    def get_extra_info(self, info: str) -> object:
        """As the connection's."""
        return self._stream.get_extra_info(info)


def mended(head: bytes) -> bytes:
    """A status line and its header, without what no header may be, and with one word on where the body ends."""
    status, *lines = head.replace(b"\r\n", b"\n").split(b"\n")
    kept: list[tuple[bytes, bytes]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if line[:1] in b" \t" and kept:  # folded, as it once was done
            kept[-1] = (kept[-1][0], kept[-1][1] + b" " + _CONTROL.sub(b" ", line).strip())
        elif colon and _NAME.fullmatch(name.strip()):
            kept.append((name.strip(), _CONTROL.sub(b" ", value).strip()))
    return b"\r\n".join([status, *(name + b": " + value for name, value in _one_framing(kept))])


def _one_framing(lines: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Chunked where that is said; else one length; else, where lengths contradict each other, up to the end."""
    codings = [value.lower() for name, value in lines if name.lower() == b"transfer-encoding"]
    lengths = {value for name, value in lines if name.lower() == b"content-length"}
    rest = [line for line in lines if line[0].lower() not in (b"transfer-encoding", b"content-length")]
    if any(b"chunked" in coding for coding in codings):
        return [*rest, (b"Transfer-Encoding", b"chunked")]
    if len(lengths) == 1 and (length := lengths.pop()).isdigit():
        return [*rest, (b"Content-Length", length)]
    return rest
