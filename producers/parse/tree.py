"""Characters -> an XML tree that is safe to hand on: no entities, no floods, no bottomless nesting.

Knows little of what feeds mean: only which fields are short by nature, and which repeat.
"""

import re
from collections import Counter
from typing import NamedTuple

from lxml import etree

from producers.parse.feed import FeedError
from producers.parse.links import EMPTY_LINK, is_cut_off, mend_empty_links, settle_bases
from producers.parse.recover import outside_cdata, recover

# 5 MB of real feeds hold some 10,000 elements; what has more is built to keep a parser busy.
MAX_ELEMENTS = 100_000
# Real elements have at most some twenty; feedparser's cost grows with the square.
MAX_ATTRIBUTES = 200
# Feedparser asks all known prefixes about each unknown element; real feeds declare up to twenty.
MAX_PREFIXES = 100
# What is between the ends of a document with more has been seen in an earlier poll.
MAX_ENTRIES = 5_000
# Of tags and people in one entry; feedparser compares each tag with all before it.
MAX_REPEATS = 50
# Names and dates: feedparser's pattern for mail addresses takes quadratic time, 25 s for 100 KB.
MAX_SHORT = 300
# Lists of keywords in one element: feedparser compares each with all before it, too.
MAX_KEYWORDS = 2_000

_ENTRIES = frozenset({"item", "entry", "url"})
# What no entry of ours holds: pictures, sound, comments, search boxes, places, chapters. Feedparser takes its time for
# each, and stumbles over some where they are written oddly.
_UNREAD = re.compile(
    r"image|thumbnail|player|enclosure|credit|rating|comments|commentrss|accesscontrol|statistics|duration|width|height|"
    r"textinput|cloud|skiphours|skipdays|where|point|pos|chapters"
)
_REPEATED = frozenset({"author", "creator", "contributor", "category", "subject", "keywords"})
_SHORT = re.compile(
    r"author|creator|managingeditor|webmaster|publisher|contributor|name|email|owner|copyright|rights|language|ttl|valid|"
    r"pubdate|date|published|issued|updated|modified|created|lastbuilddate|expirationdate|publication_date"
)
_DECLARED_PREFIX = re.compile(r"\sxmlns:([\w.-]+)\s*=")


class Tree(NamedTuple):
    """A document's root, how many entries are in it, and how many it had that were taken out."""

    root: etree._Element
    entries: int
    lost: int


def read_tree(text: str, where: str) -> Tree:
    """The document, however badly written. Raises FeedError for what is hostile or no XML."""
    _refuse_declarations(text, where)
    root = _well_formed(text)
    if root is None:
        text = recover(text)
        root = _well_formed(text)
    lost = 0
    if root is None:
        root = _recovered(text)
        if root is not None and is_cut_off(text) and (entries := entries_of(root)):
            take_out(entries[-1])
            lost = 1
    if root is None:
        raise FeedError("neither XML nor JSON", where, "check that the address is a feed's")
    if "xml:base" in text:
        settle_bases(root, where)
    if EMPTY_LINK.search(text):
        mend_empty_links(root)
    kept, too_many = _prune(root, where)
    return Tree(root, kept, lost + too_many)


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace, in lower case: feeds spell both as they like."""
    return element.tag.rpartition("}")[2].lower()


def entries_of(root: etree._Element) -> list[etree._Element]:
    """The elements that are entries, in their order."""
    return [element for element in root.iter("*") if local_name(element) in _ENTRIES]


def take_out(element: etree._Element) -> None:
    """Remove an element with all within it; what follows it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail and (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _refuse_declarations(text: str, where: str) -> None:
    """No real feed declares entities or a hundred prefixes; what does wants to be expanded."""
    if "<!ENTITY" in text and "<!DOCTYPE" in text and "<!ENTITY" in outside_cdata(text):
        raise FeedError("it declares entities, which no feed needs", where, "refused as hostile")
    if len(set(_DECLARED_PREFIX.findall(text))) > MAX_PREFIXES:
        raise FeedError(f"it declares more than {MAX_PREFIXES} prefixes", where, "refused as hostile")


def _parser(recover: bool) -> etree.XMLParser:
    # the characters are known by now, whatever the document declares
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _well_formed(text: str) -> etree._Element | None:
    """The tree of a document without mistakes and without references to entities."""
    try:
        root = etree.fromstring(text.encode("utf-8"), _parser(recover=False))
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None
    return None if next(root.iter(etree.Entity), None) is not None else root


def _recovered(text: str) -> etree._Element | None:
    """What can be made of a document with mistakes: elements closed, undeclared prefixes joined to the name."""
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None
    for element in root.iter("*") if root is not None else ():
        if ":" in element.tag.rpartition("}")[2]:
            element.tag = element.tag.replace(":", "_")
        for name in [str(name) for name in element.attrib if ":" in str(name).rpartition("}")[2]]:
            element.attrib[name.replace(":", "_")] = element.attrib.pop(name)
    return root


def _prune(root: etree._Element, where: str) -> tuple[int, int]:
    """Drop what repeats beyond sense, shorten what is short by nature; how many entries stay, and were too many.

    Raises FeedError for floods.
    """
    counts = _drop_surplus(root)
    for number, element in enumerate(root.iter("*")):
        if number > MAX_ELEMENTS:
            raise FeedError(f"it has more than {MAX_ELEMENTS} elements", where, "refused as hostile")
        if len(element.attrib) > MAX_ATTRIBUTES:
            raise FeedError(f"an element has {len(element.attrib)} attributes", where, "refused as hostile")
        if element.text and len(element.text) > MAX_SHORT:
            _shorten(element, element.text)
    return counts


def _shorten(element: etree._Element, text: str) -> None:
    name = local_name(element)
    if name == "keywords":
        element.text = text[:MAX_KEYWORDS]
    elif _SHORT.fullmatch(name):
        element.text = text[:MAX_SHORT]


def _drop_surplus(root: etree._Element) -> tuple[int, int]:
    entries, surplus = list[etree._Element](), list[etree._Element]()
    repeats: Counter[tuple[etree._Element | None, str]] = Counter()
    for element in root.iter("*"):
        name = local_name(element)
        if _UNREAD.fullmatch(name):
            surplus.append(element)
        elif name in _ENTRIES:
            entries.append(element)
        elif name in _REPEATED:
            repeats[key := (element.getparent(), name)] += 1
            surplus += [element] * (repeats[key] > MAX_REPEATS)
    too_many = entries[MAX_ENTRIES // 2 : -MAX_ENTRIES // 2] if len(entries) > MAX_ENTRIES else []
    for element in (*surplus, *too_many):
        take_out(element)
    return len(entries) - len(too_many), len(too_many)
