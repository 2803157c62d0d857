"""The commands put together, and the one place where an error becomes one clear line and an exit status."""

import sqlite3
import sys
from pathlib import Path
from typing import Annotated

import typer

from runtime.version import CODE_VERSION
from schemas.address import without_secrets
from schemas.outcome import Hold
from schemas.visible import visible
from wirewatch.cli import alert, cluster, demo, doctor, feeds, import_, index, ledger, search, serve, step, train, up
from wirewatch.cli.context import Problem, options

app = typer.Typer(
    name="wirewatch",
    help="Watches the news wire: who said what, told once, within a second, with nothing lost.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for part in (up, serve, demo, import_, search, ledger, cluster, step, doctor):
    part.register(app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(alert.app, name="alert")
app.add_typer(index.app, name="index")
app.add_typer(train.app, name="train")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wirewatch {CODE_VERSION}")
        raise typer.Exit


@app.callback()
def root(
    db: Annotated[Path | None, typer.Option(help="The file of the embedded log and store.")] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Options that every command takes."""
    if db is not None:
        options["db"] = db


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 the command failed, 2 it was called wrongly."""
    try:
        app()
    except Problem as problem:
        _fail(str(problem))
    except Hold as hold:
        _fail(f"{hold.why}; try again when that is over")
    except (sqlite3.Error, OSError) as error:
        _fail(f"{type(error).__name__}: {error}: is the disk full, or the file not yours?")
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(line: str) -> None:
    print(f"wirewatch: {visible(without_secrets(line))}", file=sys.stderr)
    sys.exit(1)
