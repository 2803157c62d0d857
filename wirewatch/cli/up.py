"""`wirewatch up`: everything, until stopped."""

from collections.abc import Callable

import typer

from runtime.metrics import serve
from runtime.ports import ControlError
from runtime.rounds import end_with_any_thread
from runtime.shutdown import Stopping
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.in_force import alerts_in_force
from schemas.topics import FEEDS
from wirewatch.alert_lines import AlertLines
from wirewatch.cli.context import working
from wirewatch.cli.output import console
from wirewatch.compose.local import LocalPipeline
from wirewatch.first_run import begin


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(up)


def up() -> None:
    """Watch the wire until stopped: poll the feeds, read the articles, index them, and tell what was asked for.

    Where no feed was ever known it begins with those of seeds/, and likewise with the example alerts, sent to nobody.
    """
    stopping = Stopping()
    with working() as pipeline:
        end_with_any_thread()
        for line in begin(pipeline.publish, pipeline.log, utc_now()).lines():
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        pipeline.start()
        stop_metrics = _metrics(pipeline)
        # here: what polls takes a third of a second to load, meanwhile the stages' children start
        from wirewatch.sources import run_sources

        sources = run_sources(pipeline.settings, pipeline.publish, pipeline.log)
        pipeline.beside.append(sources.waits)
        number = sum(not feed.deleted for feed in pipeline.log.items(FEEDS, Feed))
        console.print(
            f"watching {number} feeds into {pipeline.settings.db}; Ctrl-C stops", markup=False, highlight=False
        )
        _tell_of_alerts(pipeline)
        stop_http = _http(pipeline)
        lines = AlertLines(pipeline.store, lambda line: console.print(line, markup=False, highlight=False))
        lines.start()
        stopping.wait()
        console.print("stopping: what is at hand is finished, the rest waits on the log", markup=False)
        stop_http()
        sources.close()
        lines.close()
        stop_metrics()


def _tell_of_alerts(pipeline: LocalPipeline) -> None:
    every = alerts_in_force(pipeline.state)
    silent = sum(not alert.channels for alert in every)
    nobody = f"; {silent} of them tell nobody: `wirewatch alert edit NAME --to …`" if silent else ""
    console.print(f"{len(every)} alerts are on{nobody}", markup=False, highlight=False, soft_wrap=True)


def _http(pipeline: LocalPipeline) -> Callable[[], None]:
    if pipeline.settings.http_port == 0:
        return lambda: None
    # here: FastAPI takes a second to load, meanwhile the stages work
    from wirewatch.compose import web

    try:
        server = web.serve(web.of_pipeline(pipeline), pipeline.settings, or_on_a_free_port=True)
    except ControlError as error:  # the news goes on without it
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        return lambda: None
    wanted = pipeline.settings.http_port
    taken = "" if server.port == wanted else f" (port {wanted} is taken)"
    line = f"pages: {server.address}{taken}; for programs: {server.address}/api/v1"
    console.print(line, markup=False, highlight=False, soft_wrap=True)
    return server.close


def _metrics(pipeline: LocalPipeline) -> Callable[[], None]:
    if pipeline.settings.metrics_port == 0:
        return lambda: None
    pipeline.metrics.outcomes = pipeline.tally
    return serve(pipeline.metrics, pipeline.settings.metrics_port)
