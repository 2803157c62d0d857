"""An export: page by page out of the store, into one file a table; the names appear when all of it is written."""

import gc
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from hashlib import sha256
from pathlib import Path

from schemas.answers import ExportedFile, Manifest
from schemas.article import WireArticle
from schemas.clock import Clock
from stores.archive.exporting.formats import FORMATS, FormatError, Writer
from stores.archive.exporting.tables import TABLES, Table
from stores.query import Query
from stores.store import Hits, Store

# Articles of a page; two pages are in memory at a time, some 4 MB, and a request costs little beside one.
PAGE = 200
# Objects made between two rounds of Python's collector: at its usual 700 it took 40 % of an export, and found nothing,
# since no record holds itself.
_COLLECT_AFTER = 200_000
_PART = ".part"

Progress = Callable[[int, int], object]
"""Told how many articles are written, and of how many."""


def export(store: Store, query: Query, to: Path, clock: Clock, version: str, progress: Progress) -> Manifest:
    """Write articles, quotes and entities of what the query finds beside each other, and a manifest.

    `to` names format and place: news.csv gives news.articles.csv, news.quotes.csv, news.entities.csv and
    news.manifest.json. Files of those names are replaced at the end, all of them whole. Raises FormatError.
    """
    make = FORMATS.get(to.suffix)
    if make is None:
        raise FormatError(f"{to.name} has no format: end it with {', '.join(FORMATS)}")
    started, total = clock(), store.count(query)
    parts = {table.name: _named(to, table.name, to.suffix + _PART) for table in TABLES}
    try:
        rows = _write(store, query, {table: make(parts[table.name], table) for table in TABLES}, total, progress)
        files = tuple(
            _file(_named(to, table.name, to.suffix), parts[table.name], table, rows[table.name]) for table in TABLES
        )
        manifest = Manifest(
            query=query.text,
            means=str(query.root),
            started=started,
            ended=clock(),
            articles=rows["articles"],
            wirewatch=version,
            files=files,
        )
        for table, file in zip(TABLES, files, strict=True):
            parts[table.name].replace(to.with_name(file.name))
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    _named(to, "manifest", ".json").write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return manifest


def _write(store: Store, query: Query, writers: dict[Table, Writer], total: int, progress: Progress) -> dict[str, int]:
    rows = dict.fromkeys((table.name for table in writers), 0)
    with ExitStack() as stack:
        stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(_COLLECT_AFTER)
        for writer in writers.values():
            stack.callback(writer.close)
        for page in stack.enter_context(closing(_pages(store, query))):
            for table, writer in writers.items():
                rows[table.name] += _add(writer, table, page.articles)
            progress(rows["articles"], total)
    return rows


def _pages(store: Store, query: Query) -> Generator[Hits]:
    """All of them. While one is written the next is asked for, since a server does its part beside ours."""
    with ThreadPoolExecutor(1, "export") as ahead:
        asked = ahead.submit(store.search, query, PAGE)
        while (page := asked.result()).next is not None:
            asked = ahead.submit(store.search, query, PAGE, page.next)
            yield page
        yield page


def _add(writer: Writer, table: Table, articles: Sequence[WireArticle]) -> int:
    rows = [row for article in articles for row in table.rows(article)]
    writer.write(rows)
    return len(rows)


def _named(to: Path, what: str, suffix: str) -> Path:
    return to.with_name(f"{to.stem}.{what}{suffix}")


def _file(path: Path, written: Path, table: Table, rows: int) -> ExportedFile:
    digest = sha256()
    with written.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    meanings = {name: meaning for name, (_, meaning) in table.columns.items()}
    return ExportedFile(
        name=path.name,
        table=table.name,
        rows=rows,
        bytes=written.stat().st_size,
        sha256=digest.hexdigest(),
        columns=meanings,
    )
