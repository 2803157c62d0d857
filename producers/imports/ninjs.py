"""ninjs, the news industry's JSON (IPTC), versions 1 and 2 -> an article."""

from collections.abc import Iterator, Mapping
from typing import Any

from producers.article.build import RowError, make_article
from producers.imports.file import ImportFile
from producers.parse.dates import moment
from producers.parse.feed import Entry
from producers.parse.markup import from_plain, to_line, web_address
from schemas.article import Article

_BODIES = ("body_html", "body_xhtml", "body_text", "bodies")


def is_ninjs(row: Mapping[str, Any]) -> bool:
    """Our own rows have a text; ninjs has an address of the item and a body under another name."""
    return "text" not in row and "uri" in row and any(name in row for name in (*_BODIES, "headline", "headlines"))


def from_ninjs(row: Mapping[str, Any], file: ImportFile) -> Article:
    """The article of a ninjs object. Raises RowError for what has no text or was withdrawn."""
    if (status := str(row.get("pubstatus") or "usable")) != "usable":
        raise RowError(f"its pubstatus is {status}: the wire took it back")
    content = _body(row)
    if not content:
        raise RowError("a ninjs item without a body: only its text is read")
    provider = _names(row, "provider", "infosources")
    entry = Entry(
        guid=str(row["uri"]),
        title=to_line(str(row.get("headline") or _first(row, "headlines", "value") or row.get("title") or "")),
        link=web_address(str(row.get("url") or row.get("contenturl") or "")),
        published=moment(_string(row, "firstcreated") or _string(row, "versioncreated")),
        updated=moment(_string(row, "versioncreated")),
        authors=tuple(filter(None, [to_line(_string(row, "byline") or _string(row, "by"))])),
        content=content,
        language=_string(row, "language") or None,
        tags=_names(row, "subject", "subjects"),
    )
    # The item's address is its identity wherever it comes from: the same in tomorrow's file.
    article = make_article(entry, "ninjs", None, file.fetched_at)
    return article.model_copy(update={"feed": file.name, "source": next(iter(provider), article.source)})


def _body(row: Mapping[str, Any]) -> str:
    for name in ("body_html", "body_xhtml"):
        if body := _string(row, name):
            return body
    for part in _objects(row, "bodies"):
        if value := _string(part, "value"):
            return from_plain(value) if "plain" in _string(part, "contenttype") else value
    return from_plain(_string(row, "body_text"))


def _names(row: Mapping[str, Any], *fields: str) -> tuple[str, ...]:
    names = (to_line(_string(item, "name")) for field in fields for item in _objects(row, field))
    return tuple(dict.fromkeys(filter(None, names)))


def _first(row: Mapping[str, Any], field: str, name: str) -> str:
    return next((_string(item, name) for item in _objects(row, field)), "")


def _objects(row: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    """Version 1 has one object where version 2 has a list."""
    value = row.get(field)
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))


def _string(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    return value if isinstance(value, str) else ""
