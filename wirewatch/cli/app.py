"""The commands put together, and the one place where an error becomes one clear line and an exit status."""

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.address import without_secrets
from schemas.visible import visible
from wirewatch.cli.context import Problem, options
from wirewatch.cli.lazy import Lazy, lazy_group
from wirewatch.collector import collect_rarely

if TYPE_CHECKING:
    from schemas.outcome import Hold

COMMANDS = {
    "up": Lazy("wirewatch.cli.up", "Watch the wire until stopped."),
    "demo": Lazy("wirewatch.cli.demo", "Show the whole way of an article in under a minute."),
    "import": Lazy("wirewatch.cli.import_", "Take articles out of files."),
    "search": Lazy("wirewatch.cli.search", "Find articles."),
    "query": Lazy("wirewatch.cli.search", "Show a query in an engine's own language."),
    "quotes": Lazy("wirewatch.cli.quotes", "List who said what, newest first."),
    "person": Lazy("wirewatch.cli.quotes", "Show all that somebody said."),
    "who": Lazy("wirewatch.cli.quotes", "List who speaks of something: how often, in which sources, since when."),
    "contributors": Lazy("wirewatch.cli.quotes", "List whom a source quoted in a time."),
    "briefing": Lazy("wirewatch.cli.briefing", "Tell a day's stories with headlines and quotes."),
    "spread": Lazy("wirewatch.cli.spread", "Show where one utterance stands."),
    "like": Lazy("wirewatch.cli.like", "Show articles and quotes like an article or a text."),
    "changes": Lazy("wirewatch.cli.changes", "Show what was changed in articles after they were published."),
    "export": Lazy("wirewatch.cli.export", "Write articles, quotes and entities as flat tables."),
    "article": Lazy("wirewatch.cli.search", "Show one article with who and what it names and who said what."),
    "ledger": Lazy("wirewatch.cli.ledger", "Show that nothing is lost."),
    "trace": Lazy("wirewatch.cli.ledger", "Show one article's way, stage by stage, with times."),
    "forget": Lazy("wirewatch.cli.ledger", "Take one article out everywhere, for good."),
    "work": Lazy("wirewatch.cli.cluster", "Work one stage on Kafka until stopped, or all."),
    "produce": Lazy("wirewatch.cli.cluster", "Poll the feeds and publish their articles on Kafka until stopped."),
    "replay": Lazy("wirewatch.cli.cluster", "Run a stage again over what is on the log."),
    "step": Lazy("wirewatch.cli.step", "Run one step over JSON lines: standard input to standard output."),
    "serve": Lazy("wirewatch.cli.serve", "Serve the HTTP API and the pages until stopped."),
    "mcp": Lazy("wirewatch.cli.mcp", "Answer an assistant's questions over standard input and output."),
    "token": Lazy("wirewatch.cli.serve", "Who may use the HTTP API from elsewhere, and for what."),
    "user": Lazy("wirewatch.cli.user", "Who may sign in to the pages from elsewhere, as reader or editor."),
    "backup": Lazy("wirewatch.cli.backup", "Write a backup, while everything goes on."),
    "restore": Lazy("wirewatch.cli.backup", "Make an empty installation out of a backup."),
    "config": Lazy("wirewatch.cli.doctor", "List every setting: its value, default, meaning and why that number."),
    "doctor": Lazy("wirewatch.cli.doctor", "Check what wirewatch needs on this machine."),
    "dead": Lazy("wirewatch.cli.ledger", "What could not be processed: list it, look at it, send it on its way again."),
    "feeds": Lazy("wirewatch.cli.feeds", "Which feeds are watched, and how they are."),
    "alert": Lazy("wirewatch.cli.alert", "What to be told of, and whom to tell."),
    "index": Lazy("wirewatch.cli.index", "The store's indexes: make them, or build them anew."),
    "train": Lazy("wirewatch.cli.train", "Train what reads the articles, on articles of your own."),
}
"""Every command by its name: the module that adds it, and the beginning of its help."""

app = typer.Typer(
    name="wirewatch",
    cls=lazy_group(COMMANDS),
    help="Watches the news wire: who said what, told once, within a second, with nothing lost.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        # here: it reads the installed packages, which no other command needs
        from runtime.version import CODE_VERSION

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
    collect_rarely()
    try:
        app()
    except SystemExit:
        raise
    except Problem as problem:
        _fail(str(problem))
    except _hold() as hold:
        _fail(f"{hold.why}; try again when that is over")
    except (sqlite3.Error, OSError) as error:
        _fail(f"{type(error).__name__}: {error}: is the disk full, or the file not yours?")
    except KeyboardInterrupt:
        sys.exit(130)


def _hold() -> "type[Hold]":
    # here: it is asked for when something went wrong; `--help` should not load the records
    from schemas.outcome import Hold

    return Hold


def _fail(line: str) -> None:
    print(f"wirewatch: {visible(without_secrets(line))}", file=sys.stderr)
    sys.exit(1)
