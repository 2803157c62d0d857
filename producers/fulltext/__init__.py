"""A page's HTML -> its text, title, date and canonical address.

Pure and synchronous, for a child that can be killed. Knows nothing of feeds; which text wins, the page's
or the feed's, producers.article.build decides.
"""

from collections.abc import Callable, Mapping
from typing import Any

from producers.fulltext.extract import Page, PageError, extract

__all__ = ["ExtractNow", "Page", "PageError", "extract", "step"]

ExtractNow = Callable[[bytes | str, str | None], Page]
"""HTML and its address -> its text: `extract`, or that in a child. Raises PageError where it takes too much."""


def step(row: Mapping[str, Any], extract: ExtractNow = extract) -> dict[str, Any]:
    """`{"id", "url", "html"}` -> `{"id", "text", "title", "published", "url", "language", "wall"}`.

    Raises what `extract` raises.
    """
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
