"""What wires and archives send -> the same articles as a feed's entry makes.

A file is read by what it holds, not by its name: JSON lines, NewsML-G2, ninjs, WARC, each also gzipped.
All are streams: one article is in memory at a time. What a file may unpack to, and how long a line may be, is bounded
(producers.imports.file); time and memory are whoever's who runs this in a child (wirewatch.compose.importing).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from producers.article.build import RowError
from producers.fulltext import ExtractNow, extract
from producers.imports.file import ImportFile
from producers.imports.jsonl import read_json
from producers.imports.newsml import read_newsml
from producers.imports.warc import ArchivedPage, read_warc
from schemas.article import Article

__all__ = ["ArchivedPage", "RowError", "Unfinished", "finished", "progress", "read"]

Unfinished = Article | RowError | ArchivedPage | None
"""What a file holds: an article, an error in its place, a page whose text is to be taken yet, or nothing for us."""


def read(path: Path, fetched_at: datetime | None = None) -> Iterator[Article | RowError]:
    """Every article of a file, or an error in its place: a broken row does not end the import.

    Raises OSError where the file cannot be read.
    """
    for item, _ in progress(path, fetched_at):
        if item is not None:
            yield finished(item)


def progress(path: Path, fetched_at: datetime | None = None) -> Iterator[tuple[Unfinished, int]]:
    """What a file holds, each with the number of the file's bytes that are behind it, at most its size.

    `fetched_at` is the time of the import, now by default; a WARC knows its own. Raises OSError where the file cannot
    be read.
    """
    with ImportFile(path, fetched_at or datetime.now(UTC)) as file:
        for item in _reader(file):
            yield item, file.position()


def finished(item: Article | RowError | ArchivedPage, extract: ExtractNow = extract) -> Article | RowError:
    """An item with the text of its page, which `extract` takes."""
    return item.article(extract) if isinstance(item, ArchivedPage) else item


def _reader(file: ImportFile) -> Iterator[Unfinished]:
    start = file.peek()
    if start.startswith(b"WARC/"):
        return read_warc(file)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_newsml(file)
    return read_json(file)
