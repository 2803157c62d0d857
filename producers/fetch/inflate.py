"""A compressed body, unpacked piece by piece and counted, so that a bomb bursts at the cap.

RFC 9110 §8.4: gzip, deflate (zlib, and the raw form that some servers send), br (RFC 7932), zstd (RFC 8878), identity.
What Content-Encoding says is a hint: the bytes decide where they can, since servers say gzip and send text, send gzip
without a word, pack twice, and name things that are no coding.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Protocol

import brotli
import zstandard

GZIP, RAW = zlib.MAX_WBITS | 16, -zlib.MAX_WBITS
OFFERED = "gzip, deflate, br, zstd"
"""What is asked for: exactly what can be unpacked here with a count."""
# Unpacked at a time, so that no piece is large before it is counted.
PIECE = 1 << 16
# Packed twice was seen, by a server and a cache in front of it; three leaves room.
DEEPEST = 3
# RFC 9659: what HTTP may ask of a reader's memory.
ZSTD_WINDOW = 8 << 20
# Enough to tell codings and text apart.
TELLING = 4
_GZIP_MARK, _ZSTD_MARK = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_TEXT = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<[?!a-zA-Z]|[{\[]\s*[\"{\[])")
ENDS_EARLY = "the packed body ends too early; it is asked again later"
_NAMES = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd"}


class BodyError(Exception):
    """The body cannot be had; the message completes "<url>: "."""


class TooLarge(BodyError):  # noqa: N818 - a BodyError
    """There is more of it than anybody here reads."""


class _Coding(Protocol):
    """Undoes one coding."""

    def add(self, data: bytes) -> Iterator[bytes]:
        """Take packed bytes; yield what comes of them, PIECE at a time."""
        ...

    def end(self) -> Iterator[bytes]:
        """There is no more: yield what is left. Raises BodyError where more should have come."""
        ...


class Inflater:
    """Collects a body up to `cap` decompressed bytes. Raises BodyError where it is more, or broken."""

    def __init__(self, encoding: str, cap: int) -> None:
        said = (_NAMES.get(word.partition(";")[0].strip().lower()) for word in encoding.split(","))
        self._body = _Layer([name for name in reversed(list(said)) if name], cap, DEEPEST)

    def add(self, data: bytes) -> None:
        """Take the next bytes as they came over the wire."""
        self._body.add(data)

    @property
    def size(self) -> int:
        """Bytes kept so far."""
        return self._body.size

    def body(self) -> bytes:
        """The whole body. Raises BodyError where a compressed body ended too early."""
        return self._body.end()


class _Layer:
    """What stands within one coding: text, or the next coding."""

    def __init__(self, said: list[str], cap: int, deep: int) -> None:
        self._said = said
        self._cap = cap
        self._deep = deep
        self._kept = bytearray()
        self._told = False
        self._coding: _Coding | None = None
        self._inner: _Layer | None = None

    def add(self, data: bytes) -> None:
        if self._coding is None:
            self._kept += data
            if len(self._kept) > self._cap:
                raise _too_large(self._cap)
            if self._told or len(self._kept) < TELLING:
                return
            data = self._tell()
        self._hand_on(self._coding.add(data) if self._coding else ())

    @property
    def size(self) -> int:
        return self._inner.size if self._inner else len(self._kept)

    def end(self) -> bytes:
        if not self._told and self._kept and (data := self._tell()):
            self._hand_on(self._coding.add(data) if self._coding else ())
        if self._coding is None:
            return bytes(self._kept)
        assert self._inner is not None
        self._hand_on(self._coding.end())
        return self._inner.end()

    def _tell(self) -> bytes:
        """Decide what the first bytes are; where they are packed, they are returned."""
        self._told = True
        name = self._name()
        if name is None:
            return b""
        self._coding = _OPEN[name](self._cap)
        said = self._said[self._said.index(name) + 1 :] if name in self._said else self._said[1:]
        self._inner = _Layer(said, self._cap, self._deep - 1)
        data, self._kept = bytes(self._kept), bytearray()
        return data

    def _name(self) -> str | None:
        if not self._deep:
            return None
        if self._kept.startswith(_GZIP_MARK):
            return "gzip"
        if self._kept.startswith(_ZSTD_MARK):
            return "zstd"
        said = next((name for name in self._said if name in ("br", "deflate")), None)
        return said if said and not _TEXT.match(self._kept) else None

    def _hand_on(self, pieces: Iterable[bytes]) -> None:
        try:
            for piece in pieces:
                assert self._inner is not None
                self._inner.add(piece)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BodyError(f"the packed body is broken ({error}); asked again later") from error


class _Zlib:
    """gzip, of several members or with junk behind it, and deflate in both its forms."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._open = zlib.decompressobj(window)
        self._whole = False
        """A member has ended well: what is none behind it is none of the body."""
        self._begun = self._done = False

    def add(self, data: bytes) -> Iterator[bytes]:
        while data and not self._done:
            if self._open.eof:
                self._whole, self._begun = True, False
                self._done = self._window != GZIP or not _GZIP_MARK.startswith(data[:2])
                self._open = zlib.decompressobj(self._window)
                continue
            piece = self._piece(data)
            data = self._open.unused_data if self._open.eof else self._open.unconsumed_tail
            self._begun = self._begun or bool(piece)
            yield piece

    def _piece(self, data: bytes) -> bytes:
        try:
            return self._open.decompress(data, PIECE)
        except zlib.error:
            if self._whole and not self._begun:
                self._done = True
                return b""
            if self._begun or self._window != zlib.MAX_WBITS:
                raise
        self._window, self._open = RAW, zlib.decompressobj(RAW)
        return self._open.decompress(data, PIECE)

    def end(self) -> Iterator[bytes]:
        if not self._open.eof and not self._whole:
            raise BodyError(ENDS_EARLY)
        return iter(())


class _Brotli:
    def __init__(self) -> None:
        self._open = brotli.Decompressor()

    def add(self, data: bytes) -> Iterator[bytes]:
        if self._open.is_finished():
            return
        yield self._open.process(data, output_buffer_limit=PIECE)
        while not self._open.is_finished() and not self._open.can_accept_more_data():
            yield self._open.process(b"", output_buffer_limit=PIECE)

    def end(self) -> Iterator[bytes]:
        if not self._open.is_finished():
            raise BodyError(ENDS_EARLY)
        return iter(())


class _Zstd:
    """Gathered, since what one piece of it becomes cannot be bounded; then read by the piece."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._packed = bytearray()

    def add(self, data: bytes) -> Iterator[bytes]:
        self._packed += data
        if len(self._packed) > self._cap:
            raise _too_large(self._cap)
        return iter(())

    def end(self) -> Iterator[bytes]:
        reader = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).stream_reader(
            BytesIO(self._packed), read_across_frames=True
        )
        while piece := reader.read(PIECE):
            yield piece


def _too_large(cap: int) -> TooLarge:
    return TooLarge(f"the body is over {cap:,} bytes; no feed or page of news is so large")


_OPEN: dict[str, Callable[[int], _Coding]] = {
    "gzip": lambda _cap: _Zlib(GZIP),
    "deflate": lambda _cap: _Zlib(zlib.MAX_WBITS),
    "br": lambda _cap: _Brotli(),
    "zstd": _Zstd,
}
