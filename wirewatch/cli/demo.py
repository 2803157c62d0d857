"""`wirewatch demo`: the main job from end to end, on this machine, with articles from seeds/."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.rule import Rule
from rich.text import Text

from alerts.subscriptions import identity
from producers.polling.poller import Poller
from runtime.shutdown import Stopping
from schemas.alert import Subscription
from schemas.article import EntityKind, WireArticle
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS, SUBSCRIPTIONS
from stores.query import parse, snippet
from wirewatch.cli.output import console
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.sandbox import Reading
from wirewatch.demo_server import DemoServer
from wirewatch.logging import log_to_terminal
from wirewatch.settings import Settings
from wirewatch.sources import poll_settings

# What most terminals open with.
USUAL_WIDTH = 80
WANTED = "tomahawk"
NAMED: tuple[EntityKind, ...] = ("person", "place", "organisation", "product", "weapon")
TO_TRY = (
    ("wirewatch up", "the same with the live feeds of seeds/feeds.opml, until you stop it"),
    ("wirewatch feeds add URL", "watch a feed of your own"),
    ('wirewatch alert add NAME "speaker:peskov AND nuclear"', "be told when somebody says something"),
    ("wirewatch import FILE.jsonl", "read an archive of your own"),
    ("wirewatch search QUERY", "find articles; wirewatch quotes --speaker NAME finds what was said"),
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo() -> None:
    """Show the whole way of an article in under a minute: from a feed over HTTP to an alert."""
    log_to_terminal()
    with demo_pipeline() as (pipeline, server):
        _heading("articles, as they come")
        poll(pipeline, server)
        _show_arrivals(pipeline)
        _show_names(pipeline)
        _show_quotes(pipeline)
        _show_search(pipeline)
        _show_alerts(server)
        account = pipeline.ledger()
        _heading("nothing is lost")
        console.print(f"{account.fetched} fetched = {account.indexed} indexed, {account.in_flight} in flight")
        _heading("what to try next")
        for command, what in TO_TRY:
            console.print(Text.assemble((command, "bold"), f"  {what}"))
        if sys.stdout.isatty():  # somebody is there to look at them, and to stop it
            _serve(pipeline)


def _heading(title: str) -> None:
    """A title in a line across the terminal; across a usual one where there is none."""
    console.print(Rule(title), width=None if console.is_terminal else USUAL_WIDTH)


def _serve(pipeline: LocalPipeline) -> None:
    """The pages, until stopped."""
    # here: FastAPI takes a second to load, which nobody waits for who only reads what is printed
    from wirewatch.compose import web

    stopping = Stopping()
    server = web.serve(web.of_pipeline(pipeline), pipeline.settings, or_on_a_free_port=True)
    console.print(f"and look at it in a browser: {server.address}; Ctrl-C stops", markup=False, highlight=False)
    stopping.wait()
    server.close()


@contextmanager
def demo_pipeline() -> Iterator[tuple[LocalPipeline, DemoServer]]:
    """A running pipeline in a folder of its own, and the publisher whose feeds it knows."""
    server = DemoServer(utc_now())
    with tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as folder:
        settings = Settings(
            db=Path(folder) / "demo.db",
            elasticsearch="",
            allow_hosts="127.0.0.1",
            channel_hosts="127.0.0.1",
            host_pause_seconds=0,
        )
        with LocalPipeline(settings) as pipeline:
            alert = Subscription(
                id=identity("Tomahawk"), name="Tomahawk", query=WANTED, channels=(server.webhook,), policy="story"
            )
            pipeline.publish([Output(SUBSCRIPTIONS, alert)])
            pipeline.publish([Output(FEEDS, Feed(url=url, added=utc_now())) for url in server.feeds])
            yield pipeline.start(), server
    server.close()


def poll(pipeline: LocalPipeline, server: DemoServer) -> None:
    """Poll the publisher's feeds, each once."""
    reading = Reading(pipeline.settings)

    async def each() -> None:
        poller = Poller(
            publish=pipeline.publish,
            state=pipeline.log,
            parse=reading.parse,
            extract=reading.extract,
            settings=poll_settings(pipeline.settings),
        )
        for url in server.feeds:
            result = await poller.poll_once(Feed(url=url))
            console.print(f"{url}: {result.line}", style="dim", markup=False, highlight=False)
        await poller.close()

    asyncio.run(each())
    reading.close()


def _show_arrivals(pipeline: LocalPipeline) -> None:
    """Each article as it reaches the store."""
    shown: set[str] = set()

    def look(_waiting: object) -> None:
        new = [article for article in _articles(pipeline) if article.id not in shown]
        for article in reversed(new):  # the store gives the newest first
            shown.add(article.id)
            copy = "" if article.story_id == article.id else "  (a copy: same story as one before)"
            mended = f"  ({article.repairs} marks repaired)" if article.repairs else ""
            console.print(Text.assemble("+ ", (article.title, "bold"), (f"{copy}{mended}", "dim")))

    pipeline.drain(look)


def _show_names(pipeline: LocalPipeline) -> None:
    _heading("who and what they name")
    found: dict[EntityKind, dict[str, int]] = {kind: {} for kind in NAMED}
    for article in _articles(pipeline):
        for kind, name in {(entity.kind, entity.name) for entity in article.entities if entity.kind in found}:
            found[kind][name] = found[kind].get(name, 0) + 1
    for kind, names in found.items():
        ranked = sorted(names, key=lambda name: (-names[name], name))[:12]
        if ranked:
            console.print(Text.assemble((f"{kind:>13}  ", "cyan"), ", ".join(ranked)))


def _show_quotes(pipeline: LocalPipeline) -> None:
    """Of each story's first article, the quotes whose speaker is named."""
    _heading("who said what")
    for article in _articles(pipeline):
        said = [quote for quote in article.quotes if quote.speaker is not None and quote.speaker.name]
        if article.story_id == article.id and said:
            console.print(Text(article.title, "dim"))
            for quote in said:
                assert quote.speaker is not None
                content = article.text[quote.start : quote.end]
                console.print(Text.assemble((f"  {quote.speaker.name}", "bold cyan"), f"  {content}"))


def _articles(pipeline: LocalPipeline) -> tuple[WireArticle, ...]:
    return pipeline.store.search(parse("*", utc_now()), limit=50).articles


def _show_search(pipeline: LocalPipeline) -> None:
    _heading(f"wirewatch search {WANTED}")
    wanted = parse(WANTED, utc_now())
    for article in pipeline.store.search(wanted).articles:
        sentence, marks = snippet(article.text, wanted, article.language)
        line = Text(f"  {sentence}")
        for start, end in marks:
            line.stylize("bold yellow", start + 2, end + 2)
        console.print(Text(article.title, "bold"), line, sep="\n")


def _show_alerts(server: DemoServer) -> None:
    _heading('the alert on "Tomahawk" that fired, as its webhook got it')
    while not server.told.empty():
        told = server.told.get()
        console.print(Text.assemble((str(told.get("title", "")), "bold yellow"), f"\n{told.get('message', '')}"))
