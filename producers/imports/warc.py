"""WARC, as crawlers and archives write it: every HTML page in it -> an article.

Pages come as they were fetched then; nothing is fetched now, and nothing is known of feeds.
"""

from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has no types
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # it has no types

from producers.article.build import RowError, make_article
from producers.fulltext import ExtractNow, PageError
from producers.imports.file import ImportFile
from producers.parse.dates import moment
from producers.parse.feed import Entry
from producers.parse.markup import web_address
from schemas.article import Article

# As large as the pages that the poller reads; the rest of a larger one is passed over.
_LONGEST_PAGE = 4 * 1024 * 1024
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(file: ImportFile, extract: ExtractNow) -> Iterator[Article | RowError]:
    """Articles of the archive's successful responses, and its resources, that are HTML."""
    try:
        for record in ArchiveIterator(file.stream):
            if _is_page(record) and (url := web_address(record.rec_headers.get_header("WARC-Target-URI"))):
                yield _article(record, url, file, extract)
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        yield RowError(f"{file.where('end')}: the archive breaks off ({error}): fetch it again")


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type")
    elif record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode() == "200":
        kind = record.http_headers.get_header("Content-Type")
    else:
        return False
    return (kind or "").partition(";")[0].strip().lower() in _PAGES


def _article(record: Any, url: str, file: ImportFile, extract: ExtractNow) -> Article | RowError:
    try:
        page = extract(record.content_stream().read(_LONGEST_PAGE), url)
    except PageError as error:
        return RowError(f"{file.where(url)}: {error}")
    if not page.text:
        return RowError(f"{file.where(url)}: no article on this page")
    fetched_at = moment(record.rec_headers.get_header("WARC-Date")) or file.fetched_at
    article = make_article(Entry(link=url), file.name, page, fetched_at)
    if not article.text:
        return RowError(f"{file.where(url)}: a {page.wall} wall, no article")
    return article
