"""What wires and archives send -> the same articles as a feed's entry makes.

A file is read by what it holds, not by its name: JSON lines, NewsML-G2, ninjs, WARC, each also gzipped.
All are streams: one article is in memory at a time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from producers.article.build import RowError
from producers.fulltext import ExtractNow, extract
from producers.imports.file import ImportFile
from producers.imports.jsonl import read_json
from producers.imports.newsml import read_newsml
from producers.imports.warc import read_warc
from schemas.article import Article

__all__ = ["RowError", "progress", "read"]


def read(path: Path, fetched_at: datetime | None = None) -> Iterator[Article | RowError]:
    """Every article of a file, or an error in its place: a broken row does not end the import."""
    for item, _ in progress(path, fetched_at):
        yield item


def progress(
    path: Path, fetched_at: datetime | None = None, extract: ExtractNow = extract
) -> Iterator[tuple[Article | RowError, int]]:
    """As `read`, each with the number of the file's bytes that are behind it, at most its size.

    `fetched_at` is the time of the import, now by default; a WARC knows its own. `extract` takes the text of
    its pages. Raises OSError where the file cannot be read.
    """
    with ImportFile(path, fetched_at or datetime.now(UTC)) as file:
        for item in _reader(file, extract):
            yield item, file.position()


def _reader(file: ImportFile, extract: ExtractNow) -> Iterator[Article | RowError]:
    start = file.peek()
    if start.startswith(b"WARC/"):
        return read_warc(file, extract)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_newsml(file)
    return read_json(file)
