"""JSON lines of our own import format, and ninjs: one object, an array of them, or one a line."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

from producers.article.build import RowError, from_row
from producers.imports.file import Source
from producers.imports.ninjs import from_ninjs, is_ninjs
from schemas.article import Article

# A single document, as wires send it; archives are JSON lines, which have no limit.
_LONGEST_DOCUMENT = 64 * 1024 * 1024
_BROKEN_STREAM = (EOFError, OSError, zlib.error)


def read_json(source: Source) -> Iterator[Article | RowError]:
    """Articles of JSON lines or of a JSON document."""
    try:
        first = source.stream.readline().removeprefix(b"\xef\xbb\xbf")
        if _is_document(first):
            yield from _document(source, first)
            return
        number = 1
        while first:
            if first.strip():
                yield _line(first, source, number)
            first = source.stream.readline()
            number += 1
    except _BROKEN_STREAM as error:
        yield RowError(f"{source.where('end')}: the file breaks off ({error}): fetch it again")


def _is_document(line: bytes) -> bool:
    """Whether a first line is only the start of a document: an array, or an object that goes on."""
    start = line.strip()
    if start.startswith(b"["):
        return True
    return start.startswith(b"{") and (start == b"{" or not start.endswith(b"}"))


def _document(source: Source, start: bytes) -> Iterator[Article | RowError]:
    text = start + source.stream.read(_LONGEST_DOCUMENT)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        if start.strip().startswith(b"{"):
            # Perhaps lines after all, of which the first is broken: each gets its own answer.
            for number, line in enumerate(text.splitlines(), 1):
                if line.strip():
                    yield _line(line, source, number)
        else:
            yield RowError(f"{source.where(1)}: JSON that does not parse ({error}): check how the file was made")
        return
    for number, row in enumerate(document if isinstance(document, list) else [document], 1):
        yield _row(row, source, number)


def _line(line: bytes, source: Source, number: int) -> Article | RowError:
    try:
        return _row(json.loads(line), source, number)
    except (ValueError, RecursionError) as error:
        return RowError(f"{source.where(number)}: JSON that does not parse ({error}): one object a line is expected")


def _row(row: Any, source: Source, number: int) -> Article | RowError:
    if not isinstance(row, dict):
        return RowError(f"{source.where(number)}: a JSON {type(row).__name__}, no object: nothing to read here")
    try:
        return from_ninjs(row, source) if is_ninjs(row) else from_row(row, source.name, source.fetched_at)
    except RowError as error:
        return RowError(f"{source.where(number)}: {error}")
