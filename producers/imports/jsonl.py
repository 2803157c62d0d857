"""JSON lines of our own import format, and ninjs: one object, an array of them, or one a line."""

import json
from collections.abc import Iterator
from typing import Any

from producers.article.build import RowError, from_row
from producers.imports.file import BROKEN, LONGEST_LINE, ImportFile
from producers.imports.ninjs import from_ninjs, is_ninjs
from schemas.article import Article

# A single document, as wires send it; archives are JSON lines, of any number.
_LONGEST_DOCUMENT = 64 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


def read_json(file: ImportFile) -> Iterator[Article | RowError]:
    """Articles of JSON lines or of a JSON document."""
    try:
        if file.peek().removeprefix(_BOM).lstrip().startswith(b"["):  # often one line, and longer than one may be
            yield from _document(file, b"")
            return
        line = file.line()
        if line is not None and _is_document(line := line.removeprefix(_BOM)):
            yield from _document(file, line)
            return
        number = 1
        while line != b"":
            if line is None:
                yield RowError(f"{file.where(number)}: a line of more than {LONGEST_LINE:,} bytes: it is passed over")
            elif line.strip():
                yield _line(line, file, number)
            line = file.line()
            number += 1
    except BROKEN as error:
        yield RowError(file.broken(error))


def _is_document(line: bytes) -> bool:
    """Whether a first line is only the start of a document: an object that goes on."""
    start = line.strip()
    return start.startswith(b"{") and (start == b"{" or not start.endswith(b"}"))


def _document(file: ImportFile, start: bytes) -> Iterator[Article | RowError]:
    text = start + file.stream.read(_LONGEST_DOCUMENT + 1).removeprefix(b"" if start else _BOM)
    if len(text) > _LONGEST_DOCUMENT:
        yield RowError(f"{file.where(1)}: one JSON document of more than {_LONGEST_DOCUMENT:,} bytes: give it as lines")
        return
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        if start:
            # Perhaps lines after all, of which the first is broken: each gets its own answer.
            for number, line in enumerate(text.splitlines(), 1):
                if line.strip():
                    yield _line(line, file, number)
        else:
            yield RowError(f"{file.where(1)}: JSON that does not parse ({error}): check how the file was made")
        return
    for number, row in enumerate(document if isinstance(document, list) else [document], 1):
        yield _row(row, file, number)


def _line(line: bytes, file: ImportFile, number: int) -> Article | RowError:
    try:
        return _row(json.loads(line), file, number)
    except (ValueError, RecursionError) as error:
        return RowError(f"{file.where(number)}: JSON that does not parse ({error}): one object a line is expected")


def _row(row: Any, file: ImportFile, number: int) -> Article | RowError:
    if not isinstance(row, dict):
        return RowError(f"{file.where(number)}: a JSON {type(row).__name__}, no object: nothing to read here")
    try:
        return from_ninjs(row, file) if is_ninjs(row) else from_row(row, file.name, file.fetched_at)
    except RowError as error:
        return RowError(f"{file.where(number)}: {error}")
