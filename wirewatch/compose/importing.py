"""An import's file, read in a child that can be killed: what a stranger packed costs seconds and its own rows.

The child reads rows; pages of archives are extracted in the child for pages (wirewatch.compose.sandbox), so that a bad
one costs itself alone.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from producers.article.build import RowError
from producers.imports import ArchivedPage, Unfinished, finished, progress
from runtime.subprocess_pool import SubprocessPool
from schemas.article import Article
from schemas.services import Failure, WorkerSpec
from wirewatch.compose.sandbox import Reading

# What comes back at a time: as many rows as are published together, or as many bytes, or what there is after a while.
ROWS, BYTES, SECONDS = 32, 8 << 20, 2.0
# A row of the longest article is read in under a second; what brings none in this time is stuck, or made to be.
BATCH_SECONDS = 60.0


@dataclass(slots=True)
class _Batch:
    items: list[Article | RowError | ArchivedPage] = field(default_factory=list)
    position: int = 0
    ended: bool = False


def rows(path: Path, reading: Reading) -> Iterator[tuple[Article | RowError, int]]:
    """Every article of a file, or an error in its place, each with the number of the file's bytes behind it.

    Never raises for a file: what a child cannot read in its time and memory ends in a RowError.
    """
    spec = WorkerSpec(_reader, (path, datetime.now(UTC)), BATCH_SECONDS, reading.memory_mb)
    children: SubprocessPool[None, _Batch] = SubprocessPool(spec, 1)
    position = count = 0
    with closing(children):
        while True:
            batch = children.submit(None).result()
            if isinstance(batch, Failure):
                told = f"nothing after its {count} rows is read ({batch.error}): check how the file was made"
                yield RowError(f"{path.name}: {told}"), position
                return
            count, position = count + len(batch.items), batch.position
            yield from ((finished(item, reading.page), position) for item in batch.items)
            if batch.ended:
                return


def _reader(path: Path, fetched_at: datetime) -> Callable[[None], _Batch]:
    items = progress(path, fetched_at)

    def read(_: None) -> _Batch:
        return _next(items)

    return read


def _next(items: Iterator[tuple[Unfinished, int]]) -> _Batch:
    batch, until, size = _Batch(), time.monotonic() + SECONDS, 0
    for item, batch.position in items:
        if item is not None:
            batch.items.append(item)
            size += _size(item)
        if len(batch.items) >= ROWS or size >= BYTES or time.monotonic() > until:
            return batch
    batch.ended = True
    return batch


def _size(item: Article | RowError | ArchivedPage) -> int:
    if isinstance(item, Article):
        return len(item.text) + len(item.original or "")
    return len(item.html) if isinstance(item, ArchivedPage) else 0
