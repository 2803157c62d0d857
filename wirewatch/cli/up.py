"""`wirewatch up`: everything, until stopped."""

from collections.abc import Callable

import typer

from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS
from seeds import FOLDER
from wirewatch.cli.context import working
from wirewatch.cli.feeds import read_opml
from wirewatch.cli.listing import console
from wirewatch.cli.logging import log_to_terminal
from wirewatch.local.app import LocalWire
from wirewatch.local.ledger import ledger
from wirewatch.metrics import Gauges, serve
from wirewatch.sources import run_sources
from wirewatch.stopping import Stopping


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(up)


def up() -> None:
    """Watch the wire until stopped: poll the feeds, read the articles, index them, and tell what was asked for."""
    log_to_terminal()
    stopping = Stopping()
    with working() as wire:
        _first_feeds(wire)
        wire.start()
        stop_metrics = _metrics(wire)
        sources = run_sources(wire.settings, wire.publish, wire.log)
        number = sum(not feed.deleted for feed in wire.log.items(FEEDS, Feed))
        console.print(f"watching {number} feeds into {wire.settings.db}; Ctrl-C stops", markup=False, highlight=False)
        stopping.wait()
        console.print("stopping: what is at hand is finished, the rest waits on the log", markup=False)
        sources.close()
        stop_metrics()


def _metrics(wire: LocalWire) -> Callable[[], None]:
    if wire.settings.metrics_port == 0:
        return lambda: None
    gauges = Gauges(wire.waiting, lambda: wire.held, lambda: ledger(wire.database).stages)
    return serve(gauges, wire.settings.metrics_port)


def _first_feeds(wire: LocalWire) -> None:
    """An installation that knows no feeds yet starts with those of the seeds."""
    if next(wire.log.items(FEEDS, Feed), None) is not None:
        return
    feeds = read_opml("seeds/feeds.opml", (FOLDER / "feeds.opml").read_bytes())
    wire.publish([Output(FEEDS, feed) for feed in feeds])
