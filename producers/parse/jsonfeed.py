"""JSON Feed, versions 1 and 1.1 (jsonfeed.org); what else claims to be one is read as far as it goes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from producers.parse.dates import moment
from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.markup import absolute, from_plain, to_line, to_text
from producers.parse.tree import MAX_ENTRIES, MAX_REPEATS
from producers.parse.wrappers import led_to

# Characters of a server's warnings in front of a document.
_WARNINGS = 10_000


def parse_jsonfeed(text: str, url: str) -> ParsedFeed:
    """Read a JSON Feed. Raises FeedError for JSON that is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"JSON that does not parse ({error})", url, "check the address, or try later") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedError("JSON without a list of items, no JSON Feed", url, "check the address")
    language = _text(feed, "language")
    return ParsedFeed(
        title=to_line(_text(feed, "title") or ""),
        link=absolute(url, _text(feed, "home_page_url")),
        language=language,
        hub=next((absolute(url, _text(hub, "url")) for hub in _objects(feed, "hubs")), None),
        self_url=absolute(url, _text(feed, "feed_url")),
        entries=tuple(_entry(item, url, feed) for item in _objects(feed, "items")[:MAX_ENTRIES]),
        lost=max(0, len(feed["items"]) - MAX_ENTRIES),
    )


def beginning_of(text: str) -> int | None:
    """Where a JSON Feed begins behind what its server printed before it."""
    said = text.find("jsonfeed.org/version", 0, _WARNINGS)
    start = text.rfind("{", 0, said) if said > 0 else -1
    return start if start >= 0 else None


def _entry(item: Mapping[str, Any], url: str, feed: Mapping[str, Any]) -> Entry:
    content = _text(item, "content_html") or from_plain(_text(item, "content_text") or "")
    tags = item.get("tags")
    link, wrapper = led_to(absolute(url, _text(item, "url") or _text(item, "external_url")))
    return Entry(
        guid=_text(item, "id"),
        title=to_line(_text(item, "title") or ""),
        link=link,
        wrapper=wrapper,
        published=moment(_text(item, "date_published")),
        updated=moment(_text(item, "date_modified")),
        authors=_authors(item) or _authors(feed),
        summary=to_text(_text(item, "summary") or ""),
        content=content,
        language=_text(item, "language") or _text(feed, "language"),
        tags=tuple(to_line(str(tag)) for tag in tags[:MAX_REPEATS]) if isinstance(tags, list) else (),
    )


def _authors(source: Mapping[str, Any]) -> tuple[str, ...]:
    """Version 1.1 has a list, version 1 a single author."""
    authors = _objects(source, "authors") or _objects({"author": [source.get("author")]}, "author")
    return tuple(filter(None, (to_line(_text(author, "name") or "") for author in authors)))


def _objects(source: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    values: Iterable[Any] = source.get(field) or ()
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _text(source: Mapping[str, Any], field: str) -> str | None:
    """A text field; numbers count (ids are numbers in the wild), other values do not."""
    value = source.get(field)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
