"""A document too large to parse -> one that is not: pictures written into it go, then entries between its two ends.

Bytes in, bytes out, in one pass and before anything is parsed, so that memory and time are bounded by the result.
"""

import re
from itertools import pairwise
from typing import NamedTuple

# What is read of a document at all; the fetcher reads no more.
MAX_BODY = 25_000_000
# The largest of 288 real feeds has 0.6 MB. What is parsed of a larger document: a second's work.
MAX_BYTES = 5 * 1024 * 1024
# Pictures and sound, written out in letters: no text is lost with them.
_WRITTEN_OUT = re.compile(rb"data:[\w.+/-]{1,80};base64,[A-Za-z0-9+/=%\s]{200,}")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NAMES = (b"item", b"entry", b"url")


class Short(NamedTuple):
    """A document, and how many entries it has lost."""

    body: bytes
    lost: int


def is_json(body: bytes) -> bool:
    """Whether the document is JSON, of which a parser reads 25 MB in half a second."""
    return body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def shorten(body: bytes) -> Short:
    """The document with at most MAX_BYTES, where that can be had; a smaller one as it is."""
    if len(body) <= MAX_BYTES or len(body) > MAX_BODY:
        return Short(body, 0)
    if body.startswith(_UTF_16):
        body = body.decode("utf-16", "replace").encode("utf-8")
    body = _WRITTEN_OUT.sub(b"data:,", body)
    if len(body) <= MAX_BYTES or is_json(body):
        return Short(body, 0)
    return _ends(body)


def _ends(body: bytes) -> Short:
    """The entries at both ends: which end is the new one, is not known here."""
    name, starts = next(((name, found) for name in _NAMES if (found := _starts(body, name))), (b"", []))
    if not starts:
        return Short(body, 0)
    closed = re.search(rb"</(?:[\w.-]{1,20}:)?" + name + rb"\s*>", body[starts[-1] :])
    end = starts[-1] + closed.end() if closed else len(body)
    entries = [body[start:stop] for start, stop in pairwise([*starts, end])]
    room = MAX_BYTES - starts[0] - (len(body) - end)
    front, rest = _fitting(entries, room // 2)
    back, _ = _fitting(rest[::-1], room // 2)
    kept = [*front, *back[::-1]]
    return Short(b"".join([body[: starts[0]], *kept, body[end:]]), len(entries) - len(kept))


def _fitting(entries: list[bytes], room: int) -> tuple[list[bytes], list[bytes]]:
    """The first that fit into so many bytes, and the rest; one that is too large by itself is passed over."""
    kept: list[bytes] = []
    for place, entry in enumerate(entries):
        if len(entry) > MAX_BYTES // 2:
            continue
        if len(entry) > room:
            return kept, entries[place:]
        kept.append(entry)
        room -= len(entry)
    return kept, []


def _starts(body: bytes, name: bytes) -> list[int]:
    return [found.start() for found in re.finditer(rb"<(?:[\w.-]{1,20}:)?" + name + rb"(?=[\s>])", body)]
