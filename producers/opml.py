"""Feeds in and out as OPML, folders as tags. Two thirds of real OPML files are not well-formed: read all the same.

OPML 2.0: http://opml.org/spec2.opml
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from html import unescape

from lxml import etree

from producers.fetch.ssrf import Refused, check_url
from schemas.feed import Feed

# A list of a hundred thousand feeds has 20 MB; nobody's folders are a hundred deep.
LARGEST = 50_000_000
DEEPEST = 100
# Recovery would drop it with the letters that follow: "?a=1&b=2" would lose its b.
BARE_AMPERSAND = re.compile(rb"&(?!#\d+;|#[xX][0-9a-fA-F]+;|\w+;)")
BARE_ADDRESS = re.compile(rb"xmlurl\s*=\s*[\"']([^\"'<>]+)", re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
# Kinds of outline whose "url" leads to something else than a feed (OPML 2.0: another list, or a page).
NO_FEEDS = frozenset({"link", "include", "html", "text/html"})
# Schemes that only say "subscribe to it": of feed readers, and of programs for podcasts.
SUBSCRIBING = re.compile(r"(?:feeds?|itpcs?|pcasts?|podcasts?):", re.IGNORECASE)
BARE_HOST = re.compile(r"(?://)?(?:[^\s/:@.]+\.)+[^\s/:@.\d]{2,}(?::\d+)?(?:[/?][^\s]*)?")


class OpmlError(ValueError):
    """A file that is no OPML: what is wrong and what to do, in one line."""


def read(data: bytes) -> list[Feed]:
    """The feeds of an OPML file, each address once, tagged with the folders above it.

    Raises OpmlError where there is no feed at all.
    """
    if len(data) > LARGEST:
        raise OpmlError(f"over {LARGEST:,} bytes: no list of feeds is so long; check the file")
    mended = BARE_AMPERSAND.sub(b"&amp;", data.strip())
    outlines = _outlines(mended)
    if not outlines:
        raise OpmlError("no OPML (there is no feed in it); export it again from where it came")
    found: dict[str, Feed] = {}
    for feed in outlines:
        known = found.get(feed.url)
        tags = tuple(dict.fromkeys((*known.tags, *feed.tags))) if known else feed.tags
        found[feed.url] = feed.model_copy(update={"tags": tags})
    return list(found.values())


def _outlines(data: bytes) -> list[Feed]:
    """The outlines with an address, in their order, by the reading that finds more of them.

    A quotation mark inside an attribute costs XML recovery the whole outline; HTML's way of reading
    attributes loses nothing but a few words of the title. What neither finds (markup in a description)
    is kept as a bare address.
    """
    # huge_tree stays off: libxml2 then bounds depth and entities itself
    xml = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    found = _read_by(xml, data)
    if len(xml.error_log) == 0:
        return found
    html = etree.HTMLParser(encoding=_encoding(data), no_network=True)
    found = max(found, _read_by(html, data), key=len)
    known = {feed.url for feed in found}
    bare = (address(unescape(given.decode("utf-8", "replace"))) for given in BARE_ADDRESS.findall(data))
    return [*found, *(Feed(url=url) for url in bare if url and url not in known)]


def _encoding(data: bytes) -> str:
    """What the XML declaration says, where Python knows it."""
    declared = DECLARED.match(data)
    try:
        return codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def _read_by(parser: etree.XMLParser | etree.HTMLParser, data: bytes) -> list[Feed]:
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return []
    return [] if root is None else list(_feeds(root, ()))


def write(feeds: Iterable[Feed]) -> bytes:
    """An OPML file of these feeds: a folder for each first tag, all tags as categories."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "wirewatch"
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for feed in sorted(feeds, key=lambda feed: (feed.tags[:1], feed.title or feed.url)):
        parent = body
        if feed.tags:
            folder = feed.tags[0]
            if folder not in folders:
                folders[folder] = etree.SubElement(body, "outline", text=_clean(folder))
            parent = folders[folder]
        name = _clean(feed.title or feed.url)
        outline = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
        if feed.tags[1:]:
            outline.set("category", ",".join(_clean(tag) for tag in feed.tags))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def address(given: str) -> str | None:
    """A feed's address as it may stand in a list ("feed://…", "feed:https://…", spaces), or None."""
    url = given.strip()
    if subscribing := SUBSCRIBING.match(url):
        rest = url[subscribing.end() :].lstrip("/")
        url = rest if rest.lower().startswith(("http://", "https://")) else f"http://{rest}"
    if BARE_HOST.fullmatch(url):
        url = f"https://{url.lstrip('/')}"
    try:
        check_url(url)
    except Refused:
        return None
    return url


def _given(outline: etree._Element) -> str | None:
    """The address as an outline has it, under whatever spelling of its name."""
    named = _named(outline)
    if address := named.get("xmlurl") or named.get("feedurl"):
        return address
    is_other = named.get("type", "").lower() in NO_FEEDS
    return None if is_other else named.get("url") or None


def _named(element: etree._Element) -> dict[str, str]:
    return {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}


def _feeds(root: etree._Element, folders: tuple[str, ...]) -> Iterator[Feed]:
    for child in root.iterchildren():
        if not isinstance(child.tag, str):
            continue
        named = _named(child)
        title = named.get("title") or named.get("text") or ""
        is_outline = etree.QName(child).localname.lower() == "outline"
        given = _given(child) if is_outline else None
        if is_outline and given and (url := address(given)):
            own = [tag.strip().strip("/") for tag in (named.get("category") or "").split(",")]
            tags = dict.fromkeys((*folders, *filter(None, own)))
            yield Feed(url=url, title=title or None, tags=tuple(tags))
        inside = folders
        if is_outline and not given and title:
            inside = (*folders, title)
        if len(inside) < DEEPEST:
            yield from _feeds(child, inside)


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")
