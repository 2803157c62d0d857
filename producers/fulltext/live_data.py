"""The updates of a live blog as its page lists them for machines (schema.org, LiveBlogPosting)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from producers.parse.markup import to_line, to_text

_DATA = re.compile(r"<script\b[^>]*ld\+json[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"T(\d\d:\d\d)")
# As many as a day's largest blog has; deeper than graphs of real pages.
_MOST, _DEPTH = 1_000, 4


def live_data(source: str) -> str:
    """Each update after its time, in the page's order; empty where the page lists none."""
    if '"liveBlogUpdate"' not in source:
        return ""
    lines: list[str] = []
    for script in _DATA.findall(source):
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for update in _updates(data, _DEPTH):
            lines += _lines(update)
    return "\n".join(lines)


def _updates(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if not depth:
        return
    if isinstance(data, list):
        for part in data[:_MOST]:
            yield from _updates(part, depth - 1)
    elif isinstance(data, dict):
        updates = data.get("liveBlogUpdate")
        for update in (updates if isinstance(updates, list) else [])[:_MOST]:
            if isinstance(update, dict):
                yield update
        yield from _updates(data.get("@graph"), depth - 1)


def _lines(update: dict[str, Any]) -> list[str]:
    time, title, body = (str(update.get(name) or "") for name in ("datePublished", "headline", "articleBody"))
    clock = _CLOCK.search(time)
    text = to_text(body)
    return [line for line in (clock[1] if clock else "", to_line(title), text) if line] if text else []
