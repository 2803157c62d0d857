"""Recovery of broken XML: the mistakes of feeds that would cost all their entries, put right in linear time.

Knows nothing of feeds but the prefixes that they forget to declare.
"""

import re
from html.entities import html5

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# An unclosed CDATA section runs to the end, so that the search does not start again at each opening.
_CDATA = re.compile(r"(<!\[CDATA\[(?:.*?\]\]>|.*))", re.DOTALL)
# A section within a section, which XML does not know.
_OPENED_TWICE = re.compile(r"<!\[CDATA\[\s*(?=<!\[CDATA\[)")
# A section's end that alone was escaped: what follows it would be swallowed.
_HALF_CLOSED = re.compile(r"\]\]&gt;(?=\s*</[A-Za-z_])")
_CLOSED_TWICE = re.compile(r"\]\]>\s*(?=\]\]>)")
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:(\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?"
)
# A character beyond U+FFFF written as two references, one for each half of its pair in UTF-16.
_PAIR = re.compile(r"&#(x?)([0-9a-f]{4,5});&#(x?)([0-9a-f]{4,5});", re.IGNORECASE)
_PROLOGUE = re.compile(r"(?:\s+|<\?[^>]*>|<!--.*?-->)*", re.DOTALL)
_START = re.compile(r"<[A-Za-z_]")
# A feed's root, after what a server printed before it: warnings, scripts, another declaration.
_FEED_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|rdf|feed|urlset|sitemapindex)(?=[\s>])[^<>]*>", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_][\w:.-]*")
_TAG = re.compile(r"<[A-Za-z_][^<>]*>")
_UNQUOTED = re.compile(r"""(\s[\w:.-]+\s*=\s*)([^\s"'<>]+)""")
# Tags of HTML that never have an end: in a text that should have been escaped, they swallow what follows.
_VOID = re.compile(r"<((?:br|hr|img|wbr)\b[^<>]*?)/?>", re.IGNORECASE)
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):(?=[A-Za-z_])")
_DECLARED = re.compile(r"xmlns:([A-Za-z_][\w.-]*)\s*=")

# Prefixes that real feeds use without declaring them, and what they mean everywhere.
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://backend.userland.com/rss",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


def recover(text: str) -> str:
    """Well-formed as far as characters, references, prefixes and what stands before the root go."""
    text = _NOT_XML.sub("", join_pairs(_from_root(text)))
    text = _HALF_CLOSED.sub("]]>", text)
    pieces = _CDATA.split(_CLOSED_TWICE.sub("", _OPENED_TWICE.sub("", text)))
    pieces[::2] = [_VOID.sub(r"<\1/>", _TAG.sub(_quote, _REFERENCE.sub(_reference, piece))) for piece in pieces[::2]]
    return _declare_prefixes("".join(pieces))


def join_pairs(text: str) -> str:
    """The text with one reference for every two that are halves of a surrogate pair."""
    return _PAIR.sub(_joined, text) if "&#" in text else text


def outside_cdata(text: str) -> str:
    """The markup alone, without what CDATA sections hold."""
    return " ".join(_CDATA.split(text)[::2])


def _from_root(text: str) -> str:
    """Without what stands before the root: blank lines, declarations (also two, also broken), what a server printed."""
    prologue = _PROLOGUE.match(text)
    start = _START.search(text, prologue.end() if prologue else 0)
    feed = _FEED_ROOT.search(text, start.start()) if start else None
    # a page that shows or contains a feed is a page
    if feed and not _HTML.search(text, 0, feed.start()):
        start = feed
    return text[start.start() :] if start else text


def _joined(pair: re.Match[str]) -> str:
    high, low = (
        int(digits, 16 if x else 10) if x or digits.isdecimal() else 0
        for x, digits in (pair.groups()[:2], pair.groups()[2:])
    )
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return pair[0]
    return f"&#{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00};"


def _reference(match: re.Match[str]) -> str:
    """A reference that XML knows, for a bare ampersand, a name of HTML, or a number beyond XML."""
    name = match[1]
    if name is None:
        return "&amp;"
    if not name.startswith("#"):
        value = html5.get(name + ";")
        return f"&amp;{name};" if value is None else "".join(f"&#{ord(character)};" for character in value)
    digits = name[1:].lower()
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    if code > 0x10FFFF or _NOT_XML.match(chr(code)):
        return ""
    return f"&#{code};"


def _quote(tag: re.Match[str]) -> str:
    """A tag with all its attributes in quotes: a parser that recovers drops the document's rest otherwise."""
    return tag[0] if '"' in tag[0] else _UNQUOTED.sub(r'\1"\2"', tag[0])


def _declare_prefixes(text: str) -> str:
    """Declare at the root what is used and nowhere declared, where it is known what it must mean."""
    missing = (set(_PREFIX.findall(text)) & set(_NAMESPACES)) - set(_DECLARED.findall(text))
    if not missing:
        return text
    declarations = "".join(f' xmlns:{prefix}="{_NAMESPACES[prefix]}"' for prefix in sorted(missing))
    return _ROOT.sub(lambda root: root[0] + declarations, text, count=1)
