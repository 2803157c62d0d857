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
from runtime.local.ledger import ledger
from schemas.alert import Subscription
from schemas.article import EntityKind, WireArticle
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS, SUBSCRIPTIONS
from stores.query import parse, snippet
from wirewatch.cli.listing import console
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.producer import Polling
from wirewatch.demo_server import DemoServer
from wirewatch.settings import Settings

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
    with _wire() as (wire, server):
        console.print(Rule("articles, as they come"))
        _poll(wire, server)
        _show_arrivals(wire)
        _show_names(wire)
        _show_quotes(wire)
        _show_search(wire)
        _show_alerts(server)
        account = ledger(wire.database, wire.topology.way)
        console.print(Rule("nothing is lost"))
        console.print(f"{account.fetched} fetched = {account.indexed} indexed, {account.in_flight} in flight")
    console.print(Rule("what to try next"))
    for command, what in TO_TRY:
        console.print(Text.assemble((command, "bold"), f"  {what}"))


@contextmanager
def _wire() -> Iterator[tuple[LocalPipeline, DemoServer]]:
    server = DemoServer(utc_now())
    with tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as folder:
        settings = Settings(
            db=Path(folder) / "demo.db", elasticsearch="", allow_hosts="127.0.0.1", host_pause_seconds=0
        )
        with LocalPipeline(settings) as wire:
            alert = Subscription(
                id=identity("Tomahawk"), name="Tomahawk", query=WANTED, channels=(server.webhook,), policy="story"
            )
            wire.publish([Output(SUBSCRIPTIONS, alert)])
            wire.publish([Output(FEEDS, Feed(url=url, added=utc_now())) for url in server.feeds])
            yield wire.start(), server
    server.close()


def _poll(wire: LocalPipeline, server: DemoServer) -> None:
    polling = Polling(wire.settings, wire.publish, wire.log)

    async def each() -> None:
        for url in server.feeds:
            result = await polling.poller.poll_once(Feed(url=url))
            console.print(f"{url}: {result.line}", style="dim", markup=False, highlight=False)
        await polling.poller.close()

    asyncio.run(each())
    polling.close()


def _show_arrivals(wire: LocalPipeline) -> None:
    """Each article as it reaches the store, told by the ledger."""
    shown: set[str] = set()

    def look(_waiting: object = None) -> None:
        rows = wire.database.read.execute("SELECT id FROM outcomes WHERE stage='index' ORDER BY at").fetchall()
        for identity_ in [row["id"] for row in rows if row["id"] not in shown]:
            shown.add(identity_)
            article = wire.store.get(identity_)
            if article is not None:
                copy = "" if article.story_id == article.id else "  (a copy: same story as one before)"
                mended = f"  ({article.repairs} marks repaired)" if article.repairs else ""
                console.print(Text.assemble("+ ", (article.title, "bold"), (f"{copy}{mended}", "dim")))

    wire.drain(look)
    look()


def _show_names(wire: LocalPipeline) -> None:
    console.print(Rule("who and what they name"))
    found: dict[EntityKind, dict[str, int]] = {kind: {} for kind in NAMED}
    for article in _articles(wire):
        for kind, name in {(entity.kind, entity.name) for entity in article.entities if entity.kind in found}:
            found[kind][name] = found[kind].get(name, 0) + 1
    for kind, names in found.items():
        ranked = sorted(names, key=lambda name: (-names[name], name))[:12]
        if ranked:
            console.print(Text.assemble((f"{kind:>13}  ", "cyan"), ", ".join(ranked)))


def _show_quotes(wire: LocalPipeline) -> None:
    """Of each story's first article, the quotes whose speaker is named."""
    console.print(Rule("who said what"))
    for article in _articles(wire):
        said = [quote for quote in article.quotes if quote.speaker is not None and quote.speaker.name]
        if article.story_id == article.id and said:
            console.print(Text(article.title, "dim"))
            for quote in said:
                assert quote.speaker is not None
                content = article.text[quote.start : quote.end]
                console.print(Text.assemble((f"  {quote.speaker.name}", "bold cyan"), f"  {content}"))


def _articles(wire: LocalPipeline) -> tuple[WireArticle, ...]:
    return wire.store.search(parse("*", utc_now()), limit=50).articles


def _show_search(wire: LocalPipeline) -> None:
    console.print(Rule(f"wirewatch search {WANTED}"))
    wanted = parse(WANTED, utc_now())
    for article in wire.store.search(wanted).articles:
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
