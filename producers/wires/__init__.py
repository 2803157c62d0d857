"""What wires and archives send -> the same articles as a feed's entry makes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from producers.article import RowError, from_row
from schemas.article import Article


def read(path: Path, fetched_at: datetime | None = None) -> Iterator[Article | RowError]:
    """Every article of a file, or an error in its place: a broken row does not end the import."""
    for article, _ in progress(path, fetched_at):
        yield article


def progress(path: Path, fetched_at: datetime | None = None) -> Iterator[tuple[Article | RowError, int]]:
    """As `read`, each with the number of bytes of the file that are behind it."""
    at = fetched_at or datetime.now(UTC)
    done = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            done += len(line)
            if line.strip():
                yield _row(line, f"{path.name}:{number}", path.name, at), done


def _row(line: bytes, where: str, name: str, at: datetime) -> Article | RowError:
    try:
        return from_row(json.loads(line), name, at)
    except (RowError, ValueError) as error:
        return RowError(f"{where}: {error}")
