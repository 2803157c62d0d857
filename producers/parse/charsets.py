"""Names of encodings as documents write them -> characters, by the supersets that browsers read (WHATWG Encoding).

Whoever says Shift_JIS writes CP932, whoever says ISO-8859-1 writes windows-1252: the strict codecs of those names fail
at the first character beyond. Knows nothing of feeds and pages.
"""

import codecs
import re

_NOT_NAME = re.compile(r"[^a-z0-9]")
_ISO_8859 = re.compile(r"8859\W?_?(1[0-6]|[1-9])(?!\d)|8859[-_]?(1[0-6]|[1-9])")
_CODE_PAGE = re.compile(r"(?:cp|windows|win|ms|ibm|ansi|dos|codepage)?(\d{3,5})")
# Parts of ISO 8859 of which everybody writes the superset.
_PARTS = {"1": "cp1252", "9": "cp1254", "11": "cp874"}
_PAGES = {
    "932": "cp932",
    "936": "gb18030",
    "949": "cp949",
    "950": "big5hkscs",
    "20127": "cp1252",
    "20866": "koi8_r",
    "20932": "euc_jp",
    "21866": "koi8_u",
    "28591": "cp1252",
    "28592": "iso8859_2",
    "28595": "iso8859_5",
    "28599": "cp1254",
    "28605": "iso8859_15",
    "50220": "iso2022_jp",
    "50221": "iso2022_jp",
    "51932": "euc_jp",
    "51936": "gb18030",
    "51949": "cp949",
    "54936": "gb18030",
    "65001": "utf_8",
}
_NAMES = {
    "cp1252": "latin1 l1 ascii usascii ansi ansix341968 iso646us",
    "cp1254": "latin5 l5",
    "iso8859_2": "latin2 l2",
    "iso8859_15": "latin9 l9",
    "cp874": "tis620 tis62025331",
    "cp932": "shiftjis sjis mskanji windows31j shiftjisms",
    "euc_jp": "eucjp eucjpms eucjpwin ujis extendedunixcodepackedformatforjapanese",
    "iso2022_jp": "iso2022jp jis",
    "cp949": "euckr ksc56011987 ksc56011989 ksc5601 ksx1001 korean uhc isoir149",
    "gb18030": "gb2312 gbk gb231280 gb18030 chinese euccn cngb isoir58",
    "big5hkscs": "big5 cnbig5 big5hkscs big5eten",
    "koi8_r": "koi8r koi8 koi",
    "koi8_u": "koi8u koi8ru",
    "mac_roman": "mac macintosh macroman",
    "mac_cyrillic": "maccyrillic macukrainian",
    "utf_8": "utf8 utf8mb4 unicode11utf8 unicode20utf8",
    "hz": "hz hzgb2312",
}
_CODECS = {name: codec for codec, names in _NAMES.items() for name in names.split()}
# What Python calls text encodings and no document is written in.
_NEVER = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_JIS_ESCAPE = re.compile(rb"(\x1b(?:\([BJI]|\$[@B]|\$\(D))")


def codec_of(label: str) -> str | None:
    """The codec for what a document calls its encoding; None where nobody knows the name."""
    label = label.strip().lower()
    if part := _ISO_8859.search(label):
        number = part[1] or part[2]
        return _PARTS.get(number, None if number == "12" else f"iso8859_{number}")
    name = _NOT_NAME.sub("", label.removeprefix("x-"))
    for known in (name, name.removeprefix("cs")):
        if known in _CODECS:
            return _CODECS[known]
    if page := _CODE_PAGE.fullmatch(name):
        return _PAGES.get(page[1]) or _python(f"cp{page[1]}")
    return _python(label)


def decode_as(body: bytes, codec: str) -> str:
    """The characters; what the encoding does not know is U+FFFD, or the control of the same number (as in browsers)."""
    if codec == "iso2022_jp":
        return _jis(body)
    return body.decode(codec, _BEYOND if codec in _EXTRA else "wirewatch-control")


def _python(label: str) -> str | None:
    try:
        found = codecs.lookup(label)
        b"a".decode(label, "replace")
    except (LookupError, ValueError):
        return None
    return None if found.name.replace("-", "_") in _NEVER else found.name.replace("-", "_")


def _jis(body: bytes) -> str:
    """ISO-2022-JP piece by piece: Python's codec knows none of the characters that vendors added."""
    pieces = _JIS_ESCAPE.split(body)
    text = [pieces[0].decode("ascii", "replace")]
    for escape, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if escape[1:2] == b"$":
            text.append(decode_as(bytes(byte | 0x80 if byte > 0x20 else byte for byte in piece), "euc_jp"))
        else:
            high = 0x80 if escape.endswith(b"I") else 0
            text.append(bytes(byte | high for byte in piece).decode("cp932", "replace"))
    return "".join(text)


def _control(error: UnicodeError) -> tuple[str, int]:
    """Windows' code pages have holes, in which browsers read the control character of the same number."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start]
    if error.encoding in _PAIRS:
        return ("€" if (error.encoding, byte) == ("gb18030", 0x80) else "\ufffd"), error.start + 1
    return (chr(byte) if 0x80 <= byte <= 0x9F else "\ufffd"), error.start + 1


def _beyond(error: UnicodeError) -> tuple[str, int]:
    """Two bytes that the standard leaves free, as vendors use them: NEC's and IBM's rows, ETEN's, the euro."""
    assert isinstance(error, UnicodeDecodeError)
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2 and pair[0] > 0xA0:
        extra = _EXTRA[error.encoding.replace("-", "_")]
        try:
            return (_row(pair) if extra == "cp932" else pair).decode(extra), error.start + 2
        except UnicodeDecodeError:
            pass
    return "\ufffd", error.start + 1


def _row(pair: bytes) -> bytes:
    """Two bytes of EUC-JP as the two of Shift_JIS that name the same row and cell."""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    if not 0 <= cell <= 93:
        return b"\xff"
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)
    return bytes((lead, trail))


# Encodings in which a byte beyond ASCII is half a character.
_PAIRS = frozenset({"cp932", "cp949", "gb18030", "utf-8", "utf_8"})
_EXTRA = {"euc_jp": "cp932", "big5hkscs": "cp950"}
_BEYOND = "wirewatch-beyond"
codecs.register_error(_BEYOND, _beyond)
codecs.register_error("wirewatch-control", _control)
