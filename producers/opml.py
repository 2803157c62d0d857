"""Feeds in and out as OPML, folders as tags. Two thirds of real OPML files are not well-formed: read all the same.

OPML 2.0: http://opml.org/spec2.opml
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from producers.safety import Refused, check_url
from schemas.feed import Feed

# A list of a hundred thousand feeds has 20 MB; nobody's folders are a hundred deep.
LARGEST = 50_000_000
DEEPEST = 100
# Recovery would drop it with the letters that follow: "?a=1&b=2" would lose its b.
BARE_AMPERSAND = re.compile(rb"&(?!#\d+;|#[xX][0-9a-fA-F]+;|\w+;)")
ADDRESS = ("xmlUrl", "xmlurl", "xmlURL", "XMLURL")


class OpmlError(ValueError):
    """A file that is no OPML: what is wrong and what to do, in one line."""


def read(data: bytes) -> list[Feed]:
    """The feeds of an OPML file, each address once, tagged with the folders above it.

    Raises OpmlError where there is no outline at all.
    """
    if len(data) > LARGEST:
        raise OpmlError(f"over {LARGEST:,} bytes: no list of feeds is so long; check the file")
    mended = BARE_AMPERSAND.sub(b"&amp;", data.strip())
    # huge_tree stays off: libxml2 then bounds depth and entities itself
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(mended, parser)
    except etree.XMLSyntaxError as error:
        raise OpmlError(f"no OPML ({error}); export it again from where it came") from error
    if root is None or next(root.iter("outline"), None) is None:
        raise OpmlError("no OPML (there is no outline in it); export it again from where it came")
    found: dict[str, Feed] = {}
    for feed in _feeds(root, ()):
        known = found.get(feed.url)
        tags = tuple(dict.fromkeys((*known.tags, *feed.tags))) if known else feed.tags
        found[feed.url] = feed.model_copy(update={"tags": tags})
    return list(found.values())


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
    if url.lower().startswith("feed:"):
        rest = url[5:].lstrip("/")
        url = rest if rest.lower().startswith(("http://", "https://")) else f"http://{rest}"
    try:
        check_url(url)
    except Refused:
        return None
    return url


def _feeds(root: etree._Element, folders: tuple[str, ...]) -> Iterator[Feed]:
    for child in root.iterchildren():
        if not isinstance(child.tag, str):
            continue
        title = (child.get("title") or child.get("text") or "").strip()
        given = next((child.get(name) for name in ADDRESS if child.get(name)), None)
        if child.tag == "outline" and given and (url := address(given)):
            own = [tag.strip().strip("/") for tag in (child.get("category") or "").split(",")]
            tags = dict.fromkeys((*folders, *filter(None, own)))
            yield Feed(url=url, title=title or None, tags=tuple(tags))
        inside = folders
        if child.tag == "outline" and not given and title:
            inside = (*folders, title)
        if len(inside) < DEEPEST:
            yield from _feeds(child, inside)


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")
