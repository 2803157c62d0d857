"""backup and restore: what only this installation has, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from wirewatch.cli.context import problems_told, reading, settings
from wirewatch.cli.output import console
from wirewatch.compose import open as installation

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(restore)


def backup(file: File) -> None:
    """Write a backup, while everything goes on: the whole file, or on the cluster what is only in Kafka."""
    with reading() as reader:
        console.print(reader.backup(file), markup=False, highlight=False, soft_wrap=True)


def restore(file: File) -> None:
    """Make an empty installation out of a backup."""
    with problems_told():
        line = installation.restore(settings(), file)
    console.print(line, markup=False, highlight=False, soft_wrap=True)
