"""An entry and its page -> the article; a row of an import -> the article."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from dateutil import parser as dates
from dateutil import tz

from producers.fulltext import Page
from producers.identify import article_id, revision
from producers.parse.feed import Entry
from producers.parse.markup import to_text
from producers.repair import repair
from schemas.article import Article


class RowError(ValueError):
    """A row of an import that is no article: one clear line."""


def make_article(entry: Entry, feed_url: str, page: Page | None, fetched_at: datetime) -> Article:
    """The article that an entry, and its page where one was fetched, make together."""
    own = to_text(entry.content) or entry.summary
    text = page.text if page and len(page.text) > len(own) else own
    title = entry.title or (page.title if page and page.title else "")
    fixed = repair(text, entry.language)
    return Article(
        id=article_id(entry.link, feed_url, entry.guid, title),
        revision=revision(title, fixed.text),
        title=title,
        text=fixed.text,
        url=entry.link,
        feed=feed_url,
        guid=entry.guid,
        source=_host(entry.link or feed_url),
        authors=entry.authors,
        tags=entry.tags,
        published=entry.published or entry.updated,
        published_flag=None if entry.published or entry.updated else "missing",
        updated=entry.updated,
        fetched_at=fetched_at,
        original=text if fixed.repairs else None,
        repairs=fixed.repairs,
    )


def from_row(row: Mapping[str, Any], import_name: str, fetched_at: datetime) -> Article:
    """One JSON object of an import. Raises RowError."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise RowError('no text: give the article\'s body in "text"')
    title = str(row.get("title") or "")
    url = row.get("url")
    guid = str(row["id"]) if row.get("id") else None
    fixed = repair(text, row.get("language") or row.get("lang"))
    published = row.get("published")
    moment = dates.parse(published).replace(tzinfo=tz.UTC) if published else None
    return Article(
        id=article_id(url, import_name, guid, title),
        revision=revision(title, fixed.text),
        title=title,
        text=fixed.text,
        url=url,
        feed=import_name,
        guid=guid,
        source=row.get("source") or (_host(url) if url else None),
        published=moment,
        published_flag=None if moment else "missing",
        fetched_at=fetched_at,
        original=text if fixed.repairs else None,
        repairs=fixed.repairs,
    )


def unknown_names(row: Mapping[str, Any]) -> set[str]:
    """The row's names that an import does not know and leaves out."""
    return set(row) - KNOWN


KNOWN = {"id", "url", "title", "text", "published", "source", "lang", "language", "authors", "tags"}


def _host(url: str) -> str | None:
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None
