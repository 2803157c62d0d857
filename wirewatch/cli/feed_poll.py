"""`wirewatch feeds poll`: have feeds polled now, without waiting for their turn."""

from typing import Annotated

import typer

from schemas.address import public
from schemas.clock import utc_now
from schemas.in_force import watched
from schemas.outcome import Output
from schemas.topics import FEEDS
from wirewatch.cli.context import Problem, acting, reading
from wirewatch.cli.output import console

Addresses = Annotated[list[str] | None, typer.Argument(metavar="[URL]...", help="Feeds; all that are watched.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(poll)


def poll(urls: Addresses = None) -> None:
    """Have feeds polled now. A running `up` does so within seconds, each host's at its pace; else the next one."""
    with reading() as reader:
        feeds = {feed.url: feed for feed in watched(reader.state)}
    urls = [public(url) for url in urls or ()]
    if unknown := [url for url in urls if url not in feeds]:
        raise Problem(f"{unknown[0]} is not watched: `wirewatch feeds list` shows what is")
    now = utc_now()
    wanted = [feeds[url] for url in dict.fromkeys(urls or feeds)]
    with acting() as control:
        control.publish([Output(FEEDS, feed.model_copy(update={"asked": now})) for feed in wanted])
    console.print(f"asked for {len(wanted)} feeds", markup=False, highlight=False)
