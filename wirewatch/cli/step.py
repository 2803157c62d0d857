"""`wirewatch step NAME`: any step as a filter over JSON lines, to try, measure and compose."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from stores.query import QueryError
from wirewatch import steps
from wirewatch.cli.context import Problem, lines, settings
from wirewatch.cli.output import complaints, print_json
from wirewatch.compose.sandbox import Reading
from wirewatch.settings import Settings

Row = dict[str, Any]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(step)


def step(
    name: Annotated[str, typer.Argument(help=f"Which step: {', '.join(steps.NAMES)}.")],
    queries: Annotated[Path | None, typer.Option(help="For match: a file with one query a line.")] = None,
) -> None:
    """Run one step over JSON lines: standard input to standard output. A bad line is told and passed over."""
    if name not in steps.NAMES:
        raise Problem(f"there is no step {name!r}: it is one of {', '.join(steps.NAMES)}")
    if (name == "match") != (queries is not None):
        raise Problem("`step match` needs --queries FILE, and no other step takes it")
    bad = _Complaints()
    force = settings()
    with closing(Reading(force)) as reading:
        for row in _safely(_filter(name, force, reading, queries), _rows(sys.stdin.buffer, bad), bad):
            print_json(row)
    if bad.count:
        raise Problem(f"{bad.count} lines could not be handled; the rest was")


def _filter(name: str, force: Settings, reading: Reading, queries: Path | None) -> steps.Filter:
    try:
        return steps.make(name, force, reading, lines(queries) if queries else ())
    except QueryError as error:
        raise Problem(f"{queries}: {error}") from error


class _Complaints:
    def __init__(self) -> None:
        self.count = 0

    def add(self, line: int, what: str) -> None:
        self.count += 1
        complaints.print(f"standard input, line {line}: {what}", markup=False, highlight=False, soft_wrap=True)


def _rows(lines: Iterable[bytes], bad: _Complaints) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            bad.add(number, f"not JSON ({error}): mend or remove it")
            continue
        if not isinstance(row, dict):
            bad.add(number, "not a JSON object: give one object a line")
            continue
        yield number, row


def _safely(function: Callable[[Row], Row], rows: Iterable[tuple[int, Row]], bad: _Complaints) -> Iterator[Row]:
    for number, row in rows:
        try:
            yield function(row)
        except steps.BadRow as error:
            bad.add(number, str(error))
        except Exception as error:  # noqa: BLE001 - one row that fails is told; the rest goes on
            bad.add(number, f"{type(error).__name__}: {error}")
