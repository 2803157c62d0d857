"""`wirewatch index`: the store's indexes made, and built anew for a newer wirewatch, without a pause."""

import typer

from runtime.local.lock import FileInUse, Lock
from stores.sqlite.database import Database
from stores.sqlite.reindex import reindex as reindex_embedded
from wirewatch.cli.context import Problem, settings
from wirewatch.cli.output import console
from wirewatch.settings import Settings

app = typer.Typer(help="The store's indexes: make them, or build them anew.", no_args_is_help=True)


@app.command()
def init() -> None:
    """Put Elasticsearch's index templates and make this month's indexes; done again, it changes nothing."""
    force = settings()
    if not force.elasticsearch:
        raise Problem("the embedded store makes its own: set WIREWATCH_ELASTICSEARCH to make indexes there")
    # here: the client takes half a second to load, which no local command should pay
    from stores.elastic.upgrade import init as make
    from wirewatch.compose.cluster import store_of

    make(store_of(force).months)
    console.print("the index templates and this month's indexes are in place")


@app.command()
def upgrade() -> None:
    """Build anew what an older wirewatch made, while it is written and searched."""
    _build(every=False)


@app.command()
def reindex() -> None:
    """Build everything anew, while it is written and searched."""
    _build(every=True)


def _build(every: bool) -> None:
    force = settings()
    if not force.elasticsearch:
        _build_embedded(force)
        return
    from stores.elastic.upgrade import UpgradeError
    from stores.elastic.upgrade import upgrade as build
    from wirewatch.compose.cluster import store_of

    try:
        rebuilt = build(store_of(force).months, all_months=every, tell=lambda line: console.print(line, markup=False))
    except UpgradeError as error:
        raise Problem(str(error)) from error
    articles = sum(month.articles for month in rebuilt)
    console.print(f"{len(rebuilt)} months built anew, {articles} articles", markup=False, highlight=False)


def _build_embedded(force: Settings) -> None:
    if not force.db.exists():
        raise Problem(f"there is no {force.db} yet: there is nothing to build anew")
    try:
        with Lock(force.db):
            database = Database(force.db)
            reindex_embedded(database)
            database.close()
    except FileInUse as error:
        raise Problem(str(error)) from error
    console.print(f"{force.db} is built anew", markup=False, highlight=False)
