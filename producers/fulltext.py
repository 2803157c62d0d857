"""A page's HTML -> its text, title, date and canonical address.

Knows nothing of feeds; which text wins, the page's or the feed's, producers.article decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ftfy
from trafilatura import bare_extraction


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `wall` names what stands before the text (paywall, consent), if anything does."""

    text: str = ""
    title: str | None = None
    published: datetime | None = None
    url: str | None = None
    language: str | None = None
    wall: str | None = None


def extract(html: bytes | str, url: str | None = None) -> Page:
    """Full text of a page; an empty Page where there is none."""
    source = ftfy.fix_encoding(html) if isinstance(html, str) else html
    found = bare_extraction(source, url=url, fast=True, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Page()
    return Page(
        text=found.text or "",
        title=found.title,
        published=datetime.fromisoformat(found.date).replace(tzinfo=UTC) if found.date else None,
        url=found.url,
        language=found.language,
    )


def step(row: Mapping[str, Any]) -> dict[str, Any]:
    """`{"id", "url", "html"}` -> `{"id", "text", "title", "published", "language", "wall"}`."""
    page = extract(str(row.get("html") or ""), row.get("url"))
    return {
        "id": row.get("id"),
        "text": page.text,
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "language": page.language,
        "wall": page.wall,
    }
