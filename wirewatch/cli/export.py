"""`wirewatch export`: what a query finds, into files."""

from pathlib import Path
from typing import Annotated

import typer

from wirewatch.cli.context import Problem, query, reading, told, window
from wirewatch.cli.output import AsJson, complaints, console, print_json
from wirewatch.cli.search import Since, Until


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    text: Annotated[str, typer.Argument(metavar="QUERY", help="Which articles: a query as for search.")],
    to: Annotated[Path, typer.Option(metavar="FILE", help="Where: its end says how: .jsonl, .csv or .parquet.")],
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Write articles, quotes and entities as flat tables. A manifest beside them says what they are.

    FILE news.csv gives news.articles.csv, news.quotes.csv, news.entities.csv and news.manifest.json.
    """
    from rich.progress import Progress

    from runtime.version import CODE_VERSION
    from schemas.clock import utc_now
    from stores.archive.exporting import FormatError
    from stores.archive.exporting import export as write

    wanted = window(query(text), since, until)
    if not to.parent.is_dir():
        raise Problem(f"there is no folder {to.parent}: make it, or name another")
    with told(FormatError), reading() as reader, Progress(console=complaints) as bar:
        task = bar.add_task("exporting", total=None)
        manifest = write(
            reader.store, wanted, to, utc_now, CODE_VERSION, lambda done, of: bar.update(task, completed=done, total=of)
        )
    if as_json:
        print_json(manifest)
        return
    for file in manifest.files:
        console.print(f"{to.with_name(file.name)}: {file.rows} rows", markup=False, highlight=False)
