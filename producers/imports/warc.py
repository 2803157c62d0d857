"""WARC, as crawlers and archives write it: every HTML page in it -> an article.

Pages come as they were fetched then; nothing is fetched now, and nothing is known of feeds.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has no types
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # it has no types
from warcio.limitreader import LimitReader  # type: ignore[import-untyped]  # it has no types

from producers.article.build import RowError, make_article
from producers.fulltext import ExtractNow, PageError
from producers.imports.file import BROKEN, ImportFile
from producers.parse.dates import moment
from producers.parse.feed import Entry
from producers.parse.markup import web_address
from schemas.article import Article

# As large as the pages that the poller reads; the rest of a larger one is passed over.
_LONGEST_PAGE = 4 * 1024 * 1024
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of an archive, whose text is to be taken yet. `where` begins an error's line."""

    html: bytes
    url: str
    where: str
    archive: str
    fetched_at: datetime

    def article(self, extract: ExtractNow) -> Article | RowError:
        """The article on it."""
        try:
            page = extract(self.html, self.url)
        except PageError as error:
            return RowError(f"{self.where}: {error}")
        if not page.text:
            return RowError(f"{self.where}: no article on this page")
        article = make_article(Entry(link=self.url), self.archive, page, self.fetched_at)
        if not article.text:
            return RowError(f"{self.where}: a {page.wall} wall, no article")
        return article


class _Stream:
    """A file as warcio reads it. Where it breaks off it ends, with all that was before; `broke` says by what.

    warcio takes an EOFError for the end, and what was read together with it would be lost.
    """

    def __init__(self, file: ImportFile) -> None:
        self._stream = file.stream
        self.broke: Exception | None = None

    def read(self, size: int) -> bytes:
        """As a file's, of what can be had at once."""
        try:
            return self._stream.read1(size)
        except BROKEN as error:
            self.broke = error
            return b""


def read_warc(file: ImportFile) -> Iterator[ArchivedPage | RowError | None]:
    """The archive's successful responses, and its resources, that are HTML; None for each of the others.

    A page that the file breaks off within is none: half of its text is no article.
    """
    stream = _Stream(file)
    try:
        for record in ArchiveIterator(stream):
            url = web_address(record.rec_headers.get_header("WARC-Target-URI")) if _is_page(record) else None
            page = _page(record, url, file) if url else None
            if _is_cut(record):
                stream.broke = stream.broke or EOFError(f"within {url or 'what is no page'}")
            else:
                yield page
    except ArchiveLoadFailed as error:
        stream.broke = error
    if stream.broke:
        yield RowError(file.broken(stream.broke))


def _is_cut(record: Any) -> bool:
    """Whether the file ends before the record does, by the length that it says; it is read to its end."""
    rest = record.raw_stream
    while rest.read(io.DEFAULT_BUFFER_SIZE):
        pass
    return isinstance(rest, LimitReader) and rest.limit > 0


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type")
    elif record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode() == "200":
        kind = record.http_headers.get_header("Content-Type")
    else:
        return False
    return (kind or "").partition(";")[0].strip().lower() in _PAGES


def _page(record: Any, url: str, file: ImportFile) -> ArchivedPage:
    fetched_at = moment(record.rec_headers.get_header("WARC-Date")) or file.fetched_at
    return ArchivedPage(record.content_stream().read(_LONGEST_PAGE), url, file.where(url), file.name, fetched_at)
