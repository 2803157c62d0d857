"""A feed's bytes -> its characters, without believing what the feed says of its own encoding.

Knows nothing of feeds beyond the first line of XML.
"""

from collections.abc import Mapping

from feedparser.encodings import convert_to_utf8  # type: ignore[import-untyped]  # it has no types

# Encodings in which ASCII bytes do not mean ASCII: what reads as UTF-8 there may be something else.
_ESCAPED = (b"iso-2022", b"utf-7", b"hz-gb")
_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\x00\x00", b"\x00<", b"<\x00", b"\x4c\x6f\xa7\x94")


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """The characters, by the first that fits: UTF-8 as it stands, UTF-8 with few bad bytes, what is declared.

    UTF-8 comes before the declaration because text of any other encoding hardly ever reads as UTF-8,
    while feeds declare what their server was set to. Never raises: the worst is U+FFFD.
    """
    if body.startswith(_MARKS) or any(name in body[:200].lower() for name in _ESCAPED):
        return _declared(body, headers)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _damaged(body) or _declared(body, headers)


def _damaged(body: bytes) -> str | None:
    """UTF-8 in which a few characters are broken: feedparser would read all of it as windows-1252."""
    text = body.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    # In other encodings nearly every character beyond ASCII breaks; a third is far from both sides.
    return text if whole > 3 * broken else None


def _declared(body: bytes, headers: Mapping[str, str]) -> str:
    """What feedparser makes of byte order marks, HTTP's charset, XML's encoding, and the bytes' look."""
    lower = {name.lower(): value for name, value in headers.items()}
    wanted = {"content-type": lower["content-type"]} if "content-type" in lower else {}
    try:
        converted: bytes = convert_to_utf8(wanted, body, {})
    except ValueError:
        # It raises where the name of the encoding is itself no text, or holds a NUL.
        converted = body
    return converted.decode("utf-8", "replace")
