"""A compressed body, unpacked piece by piece and counted, so that a bomb bursts at the cap.

RFC 9110 §8.4.1: gzip, deflate (zlib, and the raw form that some servers send), identity.
"""

import zlib

GZIP = zlib.MAX_WBITS | 16
OFFERED = "gzip, deflate"
"""What is asked for: exactly what can be unpacked here with a count."""


class BodyError(Exception):
    """The body cannot be had; the message completes "<url>: "."""


class TooLarge(BodyError):  # noqa: N818 - a BodyError
    """There is more of it than anybody here reads."""


class Inflater:
    """Collects a body up to `cap` decompressed bytes. Raises BodyError where it is more, or broken."""

    def __init__(self, encoding: str, cap: int) -> None:
        self._encoding = encoding.strip().lower()
        self._cap = cap
        self._body = bytearray()
        self._open = self._unpacker()

    def add(self, data: bytes) -> None:
        """Take the next bytes as they came over the wire."""
        if self._open is None:
            self._keep(data)
            return
        while data:
            try:
                data = self._unpack(data)
            except zlib.error as error:
                raise BodyError(f"the {self._encoding} body is broken ({error}); asked again later") from error

    def body(self) -> bytes:
        """The whole body. Raises BodyError where a compressed body ended too early."""
        if self._open is not None and self._body and not self._open.eof:
            raise BodyError(f"the {self._encoding} body ends too early; it is asked again later")
        return bytes(self._body)

    def _unpack(self, data: bytes) -> bytes:
        """Unpack some of `data`; what is left of it is returned."""
        assert self._open is not None
        if self._open.eof:  # a gzip body may have several members
            self._open = zlib.decompressobj(GZIP)
        room = self._cap - len(self._body) + 1
        try:
            self._keep(self._open.decompress(data, room))
        except zlib.error:
            if self._encoding != "deflate" or self._body:
                raise
            self._encoding = "raw deflate"
            self._open = zlib.decompressobj(-zlib.MAX_WBITS)
            self._keep(self._open.decompress(data, room))
        if self._open.eof:
            return self._open.unused_data if self._encoding in ("gzip", "x-gzip") else b""
        return self._open.unconsumed_tail

    def _keep(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > self._cap:
            raise TooLarge(f"the body is over {self._cap:,} bytes; no feed or page of news is so large")

    def _unpacker(self) -> "zlib._Decompress | None":
        if self._encoding in ("", "identity"):
            return None
        if self._encoding in ("gzip", "x-gzip"):
            return zlib.decompressobj(GZIP)
        if self._encoding == "deflate":
            return zlib.decompressobj()
        raise BodyError(f"the body is packed as {self._encoding!r}, which was not asked for")
