"""work, produce, replay: the same stages on Kafka, with a store on a server."""

from typing import Annotated

import typer
from rich.progress import Progress

from schemas.clock import utc_now
from stores.query.moment import EXAMPLES, stretch
from wirewatch.cli.context import Problem, acting, problems_told, settings
from wirewatch.cli.output import complaints, console
from wirewatch.compose.open import check_servers
from wirewatch.logging import log_to_terminal
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

ALL = "all"
NAMES = topology().names


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(work)
    app.command()(produce)
    app.command()(replay)


def _on_servers() -> Settings:
    force = settings()
    with problems_told():
        check_servers(force)
    return force


def work(
    stage: Annotated[str, typer.Argument(metavar="STAGE", help=f"{', '.join(NAMES)}, or {ALL} of them.")],
) -> None:
    """Work one stage on Kafka until stopped, or all, each in a process of its own that is started again."""
    if stage not in (*NAMES, ALL):
        raise Problem(f"there is no stage {stage!r}: it is one of {', '.join(NAMES)}, or {ALL}")
    force = _on_servers()
    # here: Faust and Kafka's client take a second to load, which no other command should pay
    from wirewatch.compose.cluster_run import run_all, run_worker

    log_to_terminal()
    if stage == ALL:
        run_all(force)
    else:
        run_worker(stage, force)


def produce() -> None:
    """Poll the feeds and publish their articles on Kafka until stopped.

    Where no feed was ever known it begins with those of seeds/, and likewise with the example alerts, sent to nobody.
    """
    force = _on_servers()
    # here, as in work
    from wirewatch.compose.cluster_run import run_producers

    log_to_terminal()
    run_producers(force)


def replay(
    since: Annotated[str, typer.Option("--from", metavar="MOMENT", help=f"From when on: {EXAMPLES}.")],
    stage: Annotated[str, typer.Option(help="The stage to run again.")] = "enrich",
    name: Annotated[
        str | None, typer.Option(help="An interrupted replay of this name goes on where it was; else of this moment.")
    ] = None,
) -> None:
    """Run a stage again over what is on the log, under the same ids, while live articles go on; alerts nobody."""
    if stage not in NAMES:
        raise Problem(f"there is no stage {stage!r}: it is one of {', '.join(NAMES)}")
    try:
        moment, _ = stretch(since, utc_now())
    except ValueError as error:
        raise Problem(f"--from: {error}: give {EXAMPLES}") from error
    with acting() as control, Progress(console=complaints) as bar:
        task = bar.add_task(f"replaying {stage}", total=None)
        number = control.replay(stage, moment, name, lambda done, of: bar.update(task, completed=done, total=of))
        control.drain()
    console.print(f"{number} records went through {stage} again", markup=False, highlight=False)
