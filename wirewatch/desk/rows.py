"""Typed records without an end: read page by page as they are asked for, or put into a table."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

R = TypeVar("R", bound=BaseModel)


class Rows(Generic[R]):
    """Records of one kind. Each iteration asks anew, from the first; nothing is kept."""

    def __init__(self, kind: type[R], read: Callable[[], Iterable[R]]) -> None:
        """`read` begins at the first record, each time."""
        self._kind = kind
        self._read = read

    def __iter__(self) -> Iterator[R]:
        return iter(self._read())

    def __repr__(self) -> str:
        return f"<Rows of {self._kind.__name__}: iterate, or to_pandas(), to_polars()>"

    def to_pandas(self) -> Any:
        """All of them as a pandas DataFrame, a column a field. Raises ModuleNotFoundError where pandas is missing."""
        return _module("pandas").DataFrame(self._dumped(), columns=list(self._kind.model_fields))

    def to_polars(self) -> Any:
        """All of them as a polars DataFrame, a column a field. Raises ModuleNotFoundError where polars is missing."""
        # a field may be empty in the first rows: the type of a column is read off all of them
        columns = list(self._kind.model_fields)
        return _module("polars").DataFrame(self._dumped(), schema=columns, infer_schema_length=None)

    def _dumped(self) -> list[dict[str, Any]]:
        return [record.model_dump() for record in self]


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"a table of {name} needs {name}: pip install {name}", name=name) from error
