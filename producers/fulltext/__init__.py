"""A page's HTML -> its text, title, date and canonical address.

Pure and synchronous, for a child that can be killed. Knows nothing of feeds; which text wins, the page's
or the feed's, producers.article decides.
"""

from collections.abc import Mapping
from typing import Any

from producers.fulltext.extract import Page, extract

__all__ = ["Page", "extract", "step"]


def step(row: Mapping[str, Any]) -> dict[str, Any]:
    """`{"id", "url", "html"}` -> `{"id", "text", "title", "published", "url", "language", "wall"}`."""
    page = extract(str(row.get("html") or ""), str(row["url"]) if row.get("url") else None)
    return {
        "id": row.get("id"),
        "text": page.text,
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "url": page.url,
        "language": page.language,
        "wall": page.wall,
    }
