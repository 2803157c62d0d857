"""An entry and its page -> the article; a row of an import -> the article.

Everything that reaches the pipeline is made here, so that identity, repair and limits hold for all of
it alike. Knows nothing of how feeds, pages and files are read.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from producers.article.body import Body, make_body
from producers.article.identity import article_id, revision
from producers.fulltext import Page, judged
from producers.parse.dates import moment
from producers.parse.feed import Entry
from producers.parse.markup import clean, to_text
from producers.repair.compose import compose
from schemas.address import without_userinfo
from schemas.article import Article

# The names that a row of an import may have.
KNOWN = frozenset({"id", "url", "title", "text", "published", "source", "lang", "language", "authors", "tags"})
# Clocks that were never set say 1970 or the year 1; RSS is younger than this.
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
# Zones are often wrong, by up to a day; what lies further ahead is no date of publishing.
_AHEAD = timedelta(days=1)


class RowError(ValueError):
    """A row of an import that is no article: one clear line."""


def make_article(
    entry: Entry, feed_url: str, page: Page | None, fetched_at: datetime, identity: str | None = None
) -> Article:
    """The article that an entry, and its page where one was fetched, make together.

    Title and date come from the feed first; the text is the longer one, but a page that is none of the article's never
    counts. Identity is the entry's alone: the page changes what an article says, not which it is.
    `identity`: the id, where a feed's memory knows what names its entries (producers.polling.naming).
    """
    if page and not page.transcript:
        page = judged(page, entry.title, announced(entry))
    page = page if page and page.is_article else Page()
    title, body = make_body(entry.title or page.title or "", _longer(entry, page), entry.language or page.language)
    link = None if entry.link_repeats else entry.link
    guid = None if entry.guid_repeats else entry.guid
    published = entry.published or entry.updated or page.published
    url = _shown(entry.link, page.url)
    return Article(
        id=identity or article_id(link, feed_url, guid, without_identity(entry)),
        revision=revision(title, body.text),
        title=title,
        **_said(body),
        url=url,
        feed=feed_url,
        guid=entry.guid,
        source=_host(url or feed_url),
        authors=tuple(map(compose, entry.authors)),
        tags=tuple(map(compose, entry.tags)),
        language=_language(entry.language or page.language),
        published=published,
        published_flag=_flag(published, fetched_at, entry.zone_unknown),
        updated=entry.updated,
        fetched_at=fetched_at,
    )


def announced(entry: Entry) -> str:
    """What the feed itself says of the article, beside its title."""
    return entry.summary or to_text(entry.content)


def from_row(row: Mapping[str, Any], import_name: str, fetched_at: datetime) -> Article:
    """One JSON object of an import; names that are not KNOWN are left out. Raises RowError."""
    text = _string(row, "text")
    if not text.strip():
        raise RowError('no text: give the article\'s body in "text"')
    url = _address(_string(row, "url"))
    guid = _string(row, "id") or None
    language = _language(_string(row, "language") or _string(row, "lang") or None)
    title, body = make_body(_string(row, "title"), text, language)
    published = moment(_string(row, "published"))
    return Article(
        id=article_id(url, import_name, guid, revision(title, body.text)),
        revision=revision(title, body.text),
        title=title,
        **_said(body),
        url=url,
        feed=import_name,
        guid=guid,
        source=_string(row, "source") or (_host(url) if url else None),
        authors=_strings(row, "authors"),
        tags=_strings(row, "tags"),
        language=language,
        published=published,
        published_flag=_flag(published, fetched_at),
        fetched_at=fetched_at,
    )


def unknown_names(row: Mapping[str, Any]) -> set[str]:
    """The row's names that an import leaves out."""
    return set(row) - KNOWN


def _longer(entry: Entry, page: Page) -> str:
    own = max(to_text(entry.content), entry.summary, key=len)
    return page.text if len(page.text) > len(own) else own


def without_identity(entry: Entry) -> str:
    """What tells entries without link and guid apart, and does not change when the text is edited."""
    date = entry.published.isoformat() if entry.published else ""
    return f"{entry.title}\n{date}" if entry.title or date else entry.summary


def _said(body: Body) -> dict[str, Any]:
    return {
        "text": body.text,
        "original": body.original,
        "repairs": body.repairs,
        "truncated": body.truncated,
    }


def _shown(link: str | None, claimed: str | None) -> str | None:
    """The page's own address where the feed's leads through another host, unless it is a front page."""
    if link and claimed and claimed != link and _host(claimed) != _host(link) and len(urlsplit(claimed).path) > 1:
        link = claimed
    return link and without_userinfo(link)


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _language(claimed: str | None) -> str | None:
    """ISO 639-1 of what a publisher claims: "en-US" is en; what is no code is nothing."""
    code = (claimed or "").strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else None


def _flag(
    published: datetime | None, fetched_at: datetime, unsure: bool = False
) -> Literal["missing", "absurd", "unsure"] | None:
    if published is None:
        return "missing"
    if not _EARLIEST <= published <= fetched_at + _AHEAD:
        return "absurd"
    return "unsure" if unsure else None


def _address(url: str) -> str | None:
    if not url:
        return None
    if _host(url) is None or urlsplit(url).scheme.lower() not in ("http", "https"):
        raise RowError(f'"url" is no http or https address: {url[:80]!r}; correct it or leave it out')
    return without_userinfo(url)


def _string(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str | int | float):
        return clean(str(value)).strip() if name != "text" else str(value)
    raise RowError(f'"{name}" is no text but {type(value).__name__}: give it as text')


def _strings(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts, or one text in which commas or semicolons separate them."""
    value = row.get(name)
    if isinstance(value, str):
        value = value.replace(";", ",").split(",")
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RowError(f'"{name}" is no list but {type(value).__name__}: give a list of texts')
    return tuple(filter(None, (compose(clean(str(item))).strip() for item in value)))
