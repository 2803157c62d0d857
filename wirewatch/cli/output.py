"""How lists are shown: a table for people, JSON lines for programs."""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from schemas.visible import visible, visible_json

# No cell of a table and no line of ours is as long.
_NO_EDGE = 100_000

AsJson = Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")]


class _PlainConsole(Console):
    """A console that does with strangers' words nothing but show them (schemas.visible)."""

    @property
    def size(self) -> ConsoleDimensions:
        """As Console has it; but what is no terminal (a pipe, a file) has no edge at which lines must be broken."""
        known = super().size
        return known if self.is_terminal or "COLUMNS" in os.environ else ConsoleDimensions(_NO_EDGE, known.height)

    @size.setter
    def size(self, new: tuple[int, int]) -> None:
        self._width, self._height = new

    def render_str(self, text: str, **how: Any) -> Text:
        """As Console has it: strings, and cells of tables."""
        return super().render_str(visible(text), **how)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As Console has it: whatever else has text in it."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


# Words between colons are words, not pictures.
console = _PlainConsole(emoji=False)
complaints = _PlainConsole(stderr=True, emoji=False)


def show(rows: Iterable[Any], columns: Sequence[str], as_json: bool, empty: str) -> None:
    """Print rows: all their fields as JSON lines, or the named columns as a table; `empty` says there are none.

    A row is a record or a mapping. Times of a table are UTC, to the second.
    """
    if as_json:
        for row in rows:
            print_json(row)
        return
    rows = list(rows)
    if not rows:
        console.print(empty, markup=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(_field(row, column)) for column in columns))
    with console.capture() as printed:
        console.print(table, markup=False)
    # Where there is no edge, the last column is as wide as its longest cell: nobody wants those blanks in a file.
    console.file.write("".join(f"{line.rstrip()}\n" for line in printed.get().removesuffix("\n").split("\n")))


def go_on(following: str | None) -> None:
    """How to get the next page, where there is one."""
    if following is not None:
        import shlex

        console.print(f"go on with --after {shlex.quote(following)}", style="dim", markup=False, highlight=False)


def print_json(value: Any) -> None:
    """One JSON line: of a record, or of plain values."""
    sys.stdout.write(visible_json(json.dumps(plain(value), ensure_ascii=False, default=_plain)) + "\n")


def plain(value: Any) -> Any:
    """A record as a mapping of plain values, its times written; anything else as it is."""
    written = getattr(value, "model_dump", None)
    return value if written is None else written(mode="json")


def _plain(value: Any) -> Any:
    """A moment as the records write it, so that every command has one form of times."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def to_minute(moment: datetime | None) -> str:
    """A moment for people, in UTC, to the minute; "" where there is none."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def _field(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value)
