"""A list of things as a feed that any reader takes: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Literal
from xml.etree import ElementTree

Form = Literal["rss", "atom", "json"]

# What XML 1.0 cannot hold (production 2, Char).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a feed."""

    id: str
    title: str
    summary: str
    at: datetime
    """When it came to be here: readers sort by it."""
    link: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed: what it is of, where it is, and its items, newest first."""

    title: str
    address: str
    """Its own."""
    items: Sequence[Item]

    @property
    def updated(self) -> datetime | None:
        """When the newest came."""
        return max((item.at for item in self.items), default=None)


def rss(listing: Listing) -> bytes:
    """As RSS 2.0."""
    ElementTree.register_namespace("atom", ATOM)
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _texts(channel, {"title": listing.title, "link": listing.address, "description": listing.title})
    ElementTree.SubElement(
        channel, f"{{{ATOM}}}link", {"rel": "self", "href": listing.address, "type": "application/rss+xml"}
    )
    for item in listing.items:
        entry = ElementTree.SubElement(channel, "item")
        _texts(entry, {"title": item.title, "link": item.link, "description": item.summary})
        ElementTree.SubElement(entry, "guid", {"isPermaLink": "false"}).text = item.id
        _texts(entry, {"pubDate": format_datetime(item.at)})
    return _document(root)


def atom(listing: Listing) -> bytes:
    """As Atom."""
    root = ElementTree.Element("feed", xmlns=ATOM)
    _texts(root, {"title": listing.title, "id": listing.address, "updated": _moment(listing.updated)})
    ElementTree.SubElement(root, "link", {"rel": "self", "href": listing.address})
    _texts(ElementTree.SubElement(root, "author"), {"name": "wirewatch"})
    for item in listing.items:
        entry = ElementTree.SubElement(root, "entry")
        _texts(entry, {"title": item.title, "id": f"urn:wirewatch:{item.id}", "updated": _moment(item.at)})
        if item.author:
            _texts(ElementTree.SubElement(entry, "author"), {"name": item.author})
        if item.link:
            ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": _xml(item.link)})
        _texts(entry, {"summary": item.summary})
    return _document(root)


def json_feed(listing: Listing) -> bytes:
    """As JSON Feed."""
    items = [
        {
            "id": item.id,
            "title": item.title,
            "content_text": item.summary,
            "date_published": _moment(item.at),
            **({"url": item.link} if item.link else {}),
            **({"authors": [{"name": item.author}]} if item.author else {}),
        }
        for item in listing.items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": listing.title, "feed_url": listing.address}
    return json.dumps(head | {"items": items}, ensure_ascii=False).encode("utf-8", "replace")


WRITERS: Mapping[Form, tuple[str, Callable[[Listing], bytes]]] = {
    "rss": ("application/rss+xml", rss),
    "atom": ("application/atom+xml", atom),
    "json": ("application/feed+json", json_feed),
}
"""Form -> its media type, and what writes it."""


def _moment(at: datetime | None) -> str:
    """RFC 3339; of an empty feed the oldest moment there is, so that it never seems changed."""
    return at.isoformat() if at else "1970-01-01T00:00:00+00:00"


def _texts(parent: ElementTree.Element, texts: Mapping[str, str | None]) -> None:
    for name, text in texts.items():
        if text is not None:
            ElementTree.SubElement(parent, name).text = _xml(text)


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _document(root: ElementTree.Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
