"""`wirewatch index`: the store's indexes made, and built anew for a newer wirewatch, without a pause."""

from collections.abc import Callable

import typer

from stores.store import Maintenance, MaintenanceError
from wirewatch.cli.context import Problem, settings
from wirewatch.cli.output import console
from wirewatch.compose.maintenance import maintained

app = typer.Typer(help="The store's indexes: make them, or build them anew.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="index")


@app.command()
def init() -> None:
    """Put Elasticsearch's index templates and make this month's indexes; done again, it changes nothing."""
    _done(lambda store: store.init())


@app.command()
def upgrade() -> None:
    """Build anew what an older wirewatch made, while it is written and searched."""
    _done(lambda store: store.upgrade(_tell))


@app.command()
def reindex() -> None:
    """Build everything anew, while it is written and searched."""
    _done(lambda store: store.reindex(_tell))


def _done(work: Callable[[Maintenance], str]) -> None:
    try:
        with maintained(settings()) as store:
            _tell(work(store))
    except MaintenanceError as error:
        raise Problem(str(error)) from error


def _tell(line: str) -> None:
    console.print(line, markup=False, highlight=False)
