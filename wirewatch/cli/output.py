"""How lists are shown: a table for people, JSON lines for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")]

# Words between colons are words, not pictures.
console = Console(emoji=False)
complaints = Console(stderr=True, emoji=False)


def show(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], as_json: bool, empty: str) -> None:
    """Print rows: all their fields as JSON lines, or the named columns as a table; `empty` says there are none."""
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
        table.add_row(*(_cell(row.get(column)) for column in columns))
    console.print(table, markup=False)


def print_json(value: Any) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value)
