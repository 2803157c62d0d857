"""How a table is written to a file, a portion of rows at a time: JSON lines, CSV, or Parquet."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TextIO

from stores.archive.exporting.tables import Columns, Row, Table

# A spreadsheet takes a cell that begins so for a formula, and a headline is a stranger's.
_FORMULA = frozenset("=+-@\t\r")


class FormatError(ValueError):
    """No such format, or it cannot be written here: what and what to do, in one line."""


class Writer(Protocol):
    """One table's file."""

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class JsonLines:
    """One JSON object a line, with every column."""

    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="\n")
        self._columns = tuple(table.columns)
        self._encode = json.JSONEncoder(ensure_ascii=False, default=written).encode

    def write(self, rows: Iterable[Row]) -> None:
        """See Writer."""
        self._file.writelines(self._encode(dict(zip(self._columns, row, strict=True))) + "\n" for row in rows)

    def close(self) -> None:
        """See Writer."""
        self._file.close()


class CsvRows:
    """RFC 4180. Several values in a cell are joined by "; ". Before what would be a formula stands a '.

    Written here and not by Python's csv, which looks at every sign of a long text: 45 seconds of a million articles.
    """

    def __init__(self, file: TextIO, columns: Columns) -> None:
        self._file = file
        self._cells = [_CELLS[kind] for kind, _ in columns.values()]
        self._put([_text(columns)])

    def write(self, rows: Iterable[Row]) -> None:
        """See Writer. Column by column, since most need no second look."""
        columns = zip(self._cells, zip(*rows, strict=True), strict=False)
        self._put(zip(*(cells(column) for cells, column in columns), strict=True))

    def _put(self, rows: Iterable[Iterable[str]]) -> None:
        self._file.writelines(",".join(row) + "\r\n" for row in rows)


class Csv:
    """Rows of CSV in a file of UTF-8."""

    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._rows = CsvRows(self._file, table.columns)

    def write(self, rows: Iterable[Row]) -> None:
        """See Writer."""
        self._rows.write(rows)

    def close(self) -> None:
        """See Writer."""
        self._file.close()


class Parquet:
    """Apache Parquet, compressed with zstd, a row group a portion."""

    def __init__(self, path: Path, table: Table) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError:
            raise FormatError(
                "Parquet needs pyarrow: pip install 'wirewatch[parquet]', or name a .csv or .jsonl"
            ) from None
        types = {
            str: pa.string(),
            int: pa.int64(),
            float: pa.float64(),
            datetime: pa.timestamp("ms", tz="UTC"),
            tuple: pa.list_(pa.string()),
        }
        fields = [pa.field(name, types[kind], metadata={"meaning": why}) for name, (kind, why) in table.columns.items()]
        self._schema: pa.Schema = pa.schema(fields)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._pa = pa

    def write(self, rows: Iterable[Row]) -> None:
        """See Writer."""
        columns = [list(map(_encodable, column)) for column in zip(*rows, strict=True)]
        if columns:
            arrays = [self._pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
            self._writer.write_table(self._pa.Table.from_arrays(arrays, schema=self._schema))

    def close(self) -> None:
        """See Writer."""
        self._writer.close()


FORMATS: dict[str, Callable[[Path, Table], Writer]] = {".jsonl": JsonLines, ".csv": Csv, ".parquet": Parquet}
"""By the end of a file's name."""


@lru_cache(maxsize=1_000)  # an article's stand in the row of each of its quotes
def written(value: Any) -> str:
    """A moment as the records write it."""
    assert isinstance(value, datetime)
    return value.isoformat().replace("+00:00", "Z")


def _text(column: Iterable[str | None]) -> list[str]:
    return [_cell(value) if value else "" for value in column]


def _cell(value: str) -> str:
    if value[0] in _FORMULA:
        value = f"'{value}"
    quoted = '"' in value or "," in value or "\n" in value or "\r" in value
    return '"' + value.replace('"', '""') + '"' if quoted else value


def _numbers(column: Iterable[float | None]) -> list[str]:
    return ["" if value is None else str(value) for value in column]


_CELLS: dict[type, Callable[[Iterable[Any]], list[str]]] = {
    str: _text,
    int: _numbers,
    float: _numbers,
    tuple: lambda column: _text("; ".join(value) for value in column),
    datetime: lambda column: ["" if value is None else written(value) for value in column],
}
"""How a column of each type is written."""


def _encodable(value: Any) -> Any:
    """Half of a surrogate pair cannot be written."""
    if isinstance(value, tuple):
        return [_encodable(one) for one in value]
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
