"""A parsed feed as plain JSON values: what `feeds parse` and `step parse` print."""

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.formats import parse_feed

ParseNow = Callable[[bytes, str], ParsedFeed]
"""Bytes and address -> the feed: `parse_feed`, or that in a child. Raises FeedError."""


def report(name: str, body: bytes) -> dict[str, Any]:
    """`{"file", "error", "entries"}`: error is one line, or None and the entries count."""
    try:
        feed = parse_feed(body, url="")
    except FeedError as error:
        return {"file": name, "error": f"{error.what}; {error.todo}", "entries": []}
    return {"file": name, "error": None, "entries": [_plain(entry) for entry in feed.entries]}


def step(row: Mapping[str, Any], parse: ParseNow = parse_feed) -> dict[str, Any]:
    """`{"id", "url", "body" | "body_base64"}` -> `{"id", "error", "entries"}`."""
    url = str(row.get("url") or "")
    try:
        feed = parse(_body(row), url)
    except FeedError as error:
        return {"id": row.get("id"), "error": str(error), "entries": []}
    return {"id": row.get("id"), "error": None, "entries": [_plain(entry) for entry in feed.entries]}


def _body(row: Mapping[str, Any]) -> bytes:
    if isinstance(encoded := row.get("body_base64"), str):
        try:
            return base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise FeedError(f"body_base64 is no base64 ({error})", "row", "encode the feed's bytes") from error
    if isinstance(body := row.get("body"), str):
        return body.encode("utf-8", "replace")
    raise FeedError("neither body nor body_base64", "row", "give one of them as text")


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.guid,
        "title": entry.title,
        "link": entry.link,
        "published": _iso(entry.published),
        "updated": _iso(entry.updated),
        "author": next(iter(entry.authors), None),
        "summary": entry.summary,
        "content": entry.content,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
