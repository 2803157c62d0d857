"""Links of a tree, made plain before anybody reads it: each base in its scope, and none that is empty or was cut off.

XML Base (https://www.w3.org/TR/xmlbase/): a base holds for its element and what is within, no further.
"""

import re
from urllib.parse import urljoin

from lxml import etree

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
EMPTY_LINK = re.compile(r"<link\s*(?:/>|>\s*</)")
"""Whether there is anything to mend: most feeds have no such link."""
# What ends a document that came whole.
_WHOLE = re.compile(r"</(?:[\w.-]{1,20}:)?(?:rss|rdf|feed|channel|urlset)\s*>", re.IGNORECASE)
_TEXT = re.compile(r"<(?:[\w.-]{1,20}:)?(?:description|summary|content|encoded)(?=[\s>])", re.IGNORECASE)
_TEXT_END = re.compile(r"</(?:[\w.-]{1,20}:)?(?:description|summary|content|encoded)\s*>", re.IGNORECASE)
_LINKED = re.compile(r"</(?:link|guid|id)\s*>|<link\s[^<>]*>", re.IGNORECASE)
_EDGE = re.compile(r"<(?P<close>/?)(?:[\w.-]{1,20}:)?(?:item|entry|url)(?=[\s>]|\Z)", re.IGNORECASE)


def settle_bases(root: etree._Element, url: str) -> None:
    """Links that a base applies to become absolute, and the bases go."""
    based = [element for element in root.iter("*") if _BASE in element.attrib]
    for element in based:
        # lxml's own `base` would join with the document's address, which it does not know
        _resolve(element, _base_of(element, url))
    for element in based:
        del element.attrib[_BASE]


def mend_empty_links(root: etree._Element) -> None:
    """An empty link is none, so that a guid that is the address counts; "<link/>address" is one."""
    for link in list(root.iter("*")):
        if link.tag.rpartition("}")[2].lower() != "link" or link.attrib or len(link) or (link.text or "").strip():
            continue
        behind = (link.tail or "").strip()
        if behind.startswith(("http://", "https://")):
            link.text, link.tail = behind.split()[0], None
        elif (parent := link.getparent()) is not None:
            tail, before = link.tail, link.getprevious()
            parent.remove(link)
            if tail and tail.strip() and before is not None:
                before.tail = (before.tail or "") + tail


def is_cut_off(text: str) -> bool:
    """Whether a document ends within its last entry, and before its text: within what names it, or without that."""
    if _WHOLE.search(text[-2_000:]):
        return False
    last = None
    for last in _EDGE.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    if last is None or last["close"] or "</" not in text[: last.start()]:
        return False
    entry = text[last.start() :]
    begun = [found.start() for found in _TEXT.finditer(entry)]
    return not (begun and _LINKED.search(entry, 0, begun[-1]) and not _TEXT_END.search(entry, begun[-1]))


def _resolve(element: etree._Element, base: str) -> None:
    """Join what is relative here and within, as far as no other base begins."""
    for inner in [element, *element.iterchildren("*")]:
        if inner is not element and _BASE in inner.attrib:
            continue
        if inner.tag.rpartition("}")[2].lower() != "link":
            pass  # links within a text are none of ours
        elif (href := inner.get("href")) is not None:
            inner.set("href", _joined(base, href))
        elif (inner.text or "").strip() and not len(inner):
            inner.text = _joined(base, inner.text or "")
        if inner is not element and len(inner):
            _resolve(inner, base)


def _base_of(element: etree._Element, url: str) -> str:
    bases = [one.get(_BASE, "") for one in (element, *element.iterancestors()) if _BASE in one.attrib]
    for base in reversed(bases):
        url = _joined(url, base)
    return url


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link
