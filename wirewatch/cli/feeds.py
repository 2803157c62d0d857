"""`wirewatch feeds`: which feeds are watched, and how they are."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from producers.polling.divided import is_stored_whole
from schemas.address import public
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.in_force import watched
from schemas.outcome import Output
from schemas.services import Failure, WorkerSpec
from schemas.topics import FEEDS
from wirewatch.cli.context import Problem, acting, content, reading, settings
from wirewatch.cli.lazy import Lazy, lazy_group
from wirewatch.cli.output import AsJson, console, print_json, show
from wirewatch.views import feed_line

COMMANDS = {
    "add": Lazy("wirewatch.cli.feed_check", "Watch a feed, or the first feed of a site."),
    "find": Lazy("wirewatch.cli.feed_check", "List the feeds of a site."),
    "check": Lazy("wirewatch.cli.feed_check", "Ask feeds now and say what is wrong with each."),
    "health": Lazy("wirewatch.cli.feed_check", "List how the feeds do by their own habit."),
    "try": Lazy("wirewatch.cli.feed_try", "Read files as successive documents of one feed."),
    "poll": Lazy("wirewatch.cli.feed_poll", "Have feeds polled now."),
}
"""Those of other modules; the rest is here."""

app = typer.Typer(cls=lazy_group(COMMANDS), help="Which feeds are watched, and how they are.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="feeds")


Address = Annotated[str, typer.Argument(metavar="URL", help="The feed's address.")]


@app.command(name="list")
def list_feeds(as_json: AsJson = False) -> None:
    """List the feeds with how the last poll went."""
    with reading() as reader:
        rows = [feed_line(reader, feed) for feed in watched(reader.state)]
    show(rows, ("url", "title", "tags", "succeeded_at", "next_poll", "error"), as_json, "no feeds are watched")


@app.command()
def remove(url: Address) -> None:
    """Stop watching a feed; its articles stay."""
    with reading() as reader:
        known = [feed for feed in watched(reader.state) if feed.url == public(url)]
        # an earlier version stored it under its address with the secret, and nobody has polled it since
        whole = [feed for feed in known if is_stored_whole(feed, reader.state)]
    if not known:
        raise Problem(f"{url} is not watched: `wirewatch feeds list` shows what is")
    with acting() as control:
        ended = [known[0], *(feed.model_copy(update={"url": feed.private}) for feed in whole)]
        control.publish([Output(FEEDS, feed.model_copy(update={"deleted": True, "private": None})) for feed in ended])
    console.print(f"no longer watching {public(url)}", markup=False, highlight=False)


@app.command(name="import")
def import_opml(file: Annotated[Path, typer.Argument(help="An OPML file; it need not be well-formed.")]) -> None:
    """Watch all feeds of an OPML file; folders become tags."""
    feeds = read_opml(file.name, content(file))
    with acting() as control:
        control.publish([Output(FEEDS, feed) for feed in feeds])
    console.print(f"watching {len(feeds)} feeds of {file.name}", markup=False, highlight=False)


def read_opml(name: str, data: bytes) -> list[Feed]:
    """The feeds of an OPML file, as added now. Raises Problem."""
    # here and below: what reads and writes feeds takes half a second to load, which `list` need not
    from producers import opml

    try:
        feeds = opml.read(data)
    except opml.OpmlError as error:
        raise Problem(f"{name}: {error}") from error
    return [feed.model_copy(update={"added": utc_now()}) for feed in feeds]


@app.command()
def export() -> None:
    """Print the watched feeds as OPML."""
    from producers import opml

    with reading() as reader:
        sys.stdout.buffer.write(opml.write(watched(reader.state)))


@app.command()
def parse(files: Annotated[list[Path], typer.Argument(help="Files with a feed's bytes.")]) -> None:
    """Print what feed files hold, a JSON line a file, each read in a child that can be killed."""
    from runtime.subprocess_pool import SubprocessPool

    force = settings()
    job = WorkerSpec(_reporter, (), force.parse_seconds, force.parse_memory_mb)
    children: SubprocessPool[str, dict[str, Any]] = SubprocessPool(job, 1)
    try:
        for file in files:
            answer = children.submit(str(file)).result()
            if isinstance(answer, Failure):
                answer = {"file": str(file), "error": answer.error, "entries": []}
            print_json(answer)
    finally:
        children.close()


def _reporter() -> Any:
    return _report


def _report(file: str) -> dict[str, Any]:
    from producers.parse import report

    try:
        return report(file, Path(file).read_bytes())
    except OSError as error:
        return {"file": file, "error": f"cannot be read: {error.strerror}", "entries": []}
