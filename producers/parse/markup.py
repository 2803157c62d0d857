"""Markup reduced to text, and links made absolute: what feedparser is told not to do."""

import html
import re
from urllib.parse import urljoin, urlsplit

import lxml.html

_SPACE = re.compile(r"\s+")


def to_line(markup: str) -> str:
    """One line of text without tags and entities."""
    return _SPACE.sub(" ", to_text(markup)).strip()


def to_text(markup: str) -> str:
    """Text without tags and entities."""
    if "<" in markup:
        try:
            markup = "".join(str(part) for part in lxml.html.fromstring(markup).itertext())
        except (ValueError, lxml.etree.LxmlError):
            return ""
    return html.unescape(markup).strip()


def absolute(base: str, link: str | None) -> str | None:
    """The link resolved against `base`, or None where that is not http or https."""
    if not link:
        return None
    try:
        resolved = urljoin(base, link.strip())
        return resolved if urlsplit(resolved).scheme in ("http", "https") else None
    except ValueError:
        return None
