"""RSS, RDF and Atom by feedparser, which is never given an address or a path, only bytes."""

import calendar
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it has no types

from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.markup import absolute, to_line, to_text


def parse_syndication(body: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
    """Read RSS, RDF or Atom. Raises FeedError."""
    result = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not result.version and not result.entries:
        raise FeedError("no feed (neither RSS, RDF, Atom, JSON Feed nor sitemap)", url, "check the address")
    feed = result.feed
    return ParsedFeed(
        title=to_line(feed.get("title") or ""),
        link=absolute(url, feed.get("link")),
        language=feed.get("language"),
        entries=tuple(_entry(raw, url) for raw in result.entries),
    )


def _entry(raw: Any, url: str) -> Entry:
    content = [part.get("value") or "" for part in raw.get("content") or ()]
    return Entry(
        guid=raw.get("id"),
        title=to_line(raw.get("title") or ""),
        link=absolute(url, raw.get("link")),
        published=_moment(raw, "published"),
        updated=_moment(raw, "updated"),
        authors=tuple(filter(None, [raw.get("author")])),
        summary=to_text(raw.get("summary") or ""),
        content=max(content, key=len, default=""),
        tags=tuple(tag.term for tag in raw.get("tags") or () if tag.get("term")),
    )


def _moment(raw: Any, field: str) -> datetime | None:
    # dict.keys: feedparser answers a missing `updated` with `published`
    if f"{field}_parsed" not in dict.keys(raw) or not raw[f"{field}_parsed"]:
        return None
    return datetime.fromtimestamp(calendar.timegm(raw[f"{field}_parsed"]), UTC)
