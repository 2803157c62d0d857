"""`wirewatch demo`: the main job from end to end, on this machine, with articles from seeds/."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.rule import Rule
from rich.text import Text

from alerts.subscriptions import identity
from producers.polling.poller import Poller
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
from wirewatch.settings import Settings
from wirewatch.sources import poll_settings

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
    with _pipeline() as (pipeline, server):
        console.print(Rule("articles, as they come"))
        _poll(pipeline, server)
        _show_arrivals(pipeline)
        _show_names(pipeline)
        _show_quotes(pipeline)
        _show_search(pipeline)
        _show_alerts(server)
        account = pipeline.ledger()
        console.print(Rule("nothing is lost"))
        console.print(f"{account.fetched} fetched = {account.indexed} indexed, {account.in_flight} in flight")
    console.print(Rule("what to try next"))
    for command, what in TO_TRY:
        console.print(Text.assemble((command, "bold"), f"  {what}"))


@contextmanager
def _pipeline() -> Iterator[tuple[LocalPipeline, DemoServer]]:
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


def _poll(pipeline: LocalPipeline, server: DemoServer) -> None:
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
    console.print(Rule("who and what they name"))
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
    console.print(Rule("who said what"))
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
    console.print(Rule(f"wirewatch search {WANTED}"))
    wanted = parse(WANTED, utc_now())
    for article in pipeline.store.search(wanted).articles:
        sentence, marks = snippet(article.text, wanted)
        line = Text(f"  {sentence}")
        for start, end in marks:
            line.stylize("bold yellow", start + 2, end + 2)
        console.print(Text(article.title, "bold"), line, sep="\n")


def _show_alerts(server: DemoServer) -> None:
    console.print(Rule('the alert on "Tomahawk" that fired, as its webhook got it'))
    while not server.told.empty():
        told = server.told.get()
        console.print(Text.assemble((str(told.get("title", "")), "bold yellow"), f"\n{told.get('message', '')}"))
