"""Bytes of a feed or a page -> its characters, without believing what they say of their own encoding.

Knows nothing of feeds and pages beyond where each declares its encoding and its language.
"""

import re
from collections.abc import Mapping

from producers.parse.charset_guess import BELIEVED, believable, guess, in_order
from producers.parse.charsets import codec_of, decode_as

# How what has no ASCII bytes for ASCII begins: by its byte order mark, or else by its "<" (XML 1.0, appendix F). It
# tells more than any name: XML in UTF-16 needs none, and a server's is of its other files.
_EBCDIC = "cp037"
_STARTS = tuple(
    (re.compile(start, re.DOTALL), codec)
    for start, codec in (
        (rb"\x00\x00\xfe\xff|\xff\xfe\x00\x00", "utf_32"),
        (rb"\x00\x00\x00<", "utf_32_be"),
        (rb"<\x00\x00\x00", "utf_32_le"),
        (rb"\xfe\xff|\xff\xfe", "utf_16"),
        (rb"\x00<\x00[^\x00]", "utf_16_be"),
        (rb"<\x00[^\x00]\x00", "utf_16_le"),
        (rb"\x4c\x6f\xa7\x94", _EBCDIC),
    )
)
# Encodings in which ASCII bytes do not mean ASCII: what reads as UTF-8 there may be something else.
_ESCAPED = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf_7"})
_JIS = (b"\x1b$B", b"\x1b$@")
# Declarations stand at the start; before them there may be blank lines, and what a server printed by mistake.
_HEAD = 4_096
# XML 1.0, production 80: blanks and line breaks may stand around the sign.
_XML_LABEL = re.compile(rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']\s*([^"'<>]+?)\s*["']""", re.IGNORECASE)
_META_LABEL = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
# A letter of windows-1252 right behind one of ASCII and before none of UTF-8.
_ALONE = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff](?=[\x00-\x7f])")
_HTTP_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""(?:<(?:dc:)?language>\s*|\blang\s*=\s*["']?)([a-zA-Z]{2})\b""")


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """The characters, by the first that fits: how it begins (UTF-16, UTF-32, EBCDIC), UTF-8, UTF-8 with few bad bytes,
    what is declared, what it looks like.

    UTF-8 comes before the declaration because text of any other encoding hardly ever reads as UTF-8,
    while feeds declare what their server was set to. Never raises: the worst is U+FFFD.
    """
    if marked := next((codec for start, codec in _STARTS if start.match(body)), None):
        return _ebcdic(body) if marked == _EBCDIC else body.decode(marked, "replace")
    declared = _declared(body, headers)
    if any(mark in body for mark in _JIS):
        declared.insert(0, "iso2022_jp")
    if declared and declared[0] in _ESCAPED:
        return decode_as(body, declared[0])
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _damaged(body) or _believed(body, declared)


def _damaged(body: bytes) -> str | None:
    """UTF-8 in which a few characters are broken; half of a surrogate pair counts as a character, not as damage."""
    text = body.decode("utf-8-sig", "surrogatepass" if _is_cesu(body) else "replace")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    # In other encodings nearly every character beyond ASCII breaks; a third is far from both sides.
    return _with_pasted(body, whole, broken) or (text if whole > 3 * broken else None)


def _with_pasted(body: bytes, whole: int, broken: int) -> str | None:
    """With letters pasted from a text in Latin, each a byte between ASCII; None where more is wrong, or most is."""
    try:
        pasted = _ALONE.sub(lambda byte: byte[0].decode("cp1252").encode(), body).decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return pasted if whole >= broken else None


def _is_cesu(body: bytes) -> bool:
    """Whether halves of surrogate pairs, each as three bytes, are all that is wrong."""
    try:
        body.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _believed(body: bytes, declared: list[str]) -> str:
    """The first declared encoding that makes words of the bytes; where none does, the one that does it best."""
    claimed = _LANGUAGE.search(body[:_HEAD])
    language = claimed[1].decode() if claimed else None
    for codec in in_order(declared, language):
        text = decode_as(body, codec)
        if believable(text, codec) >= BELIEVED:
            return text
    return decode_as(body, guess(body, declared, language))


def _declared(body: bytes, headers: Mapping[str, str]) -> list[str]:
    """The codecs that the document names, and then its server: feeds are written by one, and sent by the other."""
    head = body[:_HEAD]
    labels = [match[1].decode("latin-1") for match in (_XML_LABEL.search(head), _META_LABEL.search(head)) if match]
    sent = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    labels += [match[1] for match in [_HTTP_LABEL.search(sent)] if match]
    return [codec for codec in map(codec_of, labels) if codec]


def _ebcdic(body: bytes) -> str:
    """By the code page that it names; all of them have the letters of a declaration at the same places."""
    declared = _XML_LABEL.search(body[:_HEAD].decode(_EBCDIC).encode("ascii", "replace"))
    codec = codec_of(declared[1].decode()) if declared else None
    return body.decode(codec if codec and codec.startswith("cp") else _EBCDIC, "replace")
