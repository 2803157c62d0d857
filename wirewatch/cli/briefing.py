"""`wirewatch briefing`: a day's stories, told with headlines and quotes."""

from typing import TYPE_CHECKING, Annotated

import typer

from schemas.counted import counted
from wirewatch.cli.context import query, reading, told
from wirewatch.cli.output import AsJson, console, print_json
from wirewatch.cli.search import Limit, date_of

if TYPE_CHECKING:
    from schemas.answers import BriefedStory


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(briefing)


def briefing(
    text: Annotated[str, typer.Argument(metavar="[QUERY]", help="Of these articles alone.")] = "*",
    day: Annotated[str | None, typer.Option(help="A day, as 2025-10-12; without one, today.")] = None,
    zone: Annotated[str, typer.Option(help="Where the day begins, as Europe/Kyiv.")] = "UTC",
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Tell a day's stories with headlines and quotes, those of the most origins first."""
    from schemas.clock import utc_now
    from stores.archive.briefing import briefing as brief
    from stores.archive.briefing import day_of
    from stores.archive.window import WindowError

    wanted = query(text)
    with told(WindowError):
        meant, start, end = day_of(day, zone, utc_now())
    with reading() as reader:
        found = brief(reader.store, wanted, start, end, limit)
    if as_json:
        print_json(found)
        return
    for story in found.stories:
        _print(story)
    more = "" if found.complete else "; the day has more than were looked at, the newest"
    line = f"{meant} ({zone}): {counted(len(found.stories), 'story', 'stories')}{more}"
    console.print(line, markup=False, highlight=False)


def _print(story: "BriefedStory") -> None:
    from rich.text import Text

    counts = f"{counted(story.origins, 'origin')}, {counted(story.articles, 'article')}"
    for number, one in enumerate(story.headlines):
        style = "" if number else "bold"
        where = f"  {one.source or ''}  {date_of(one.published, one.first_seen)}  {one.url or one.article_id}"
        console.print(Text.assemble((one.title, style), (where, "dim")))
    console.print(f"  {counts}", style="cyan", markup=False, highlight=False)
    for quote in story.quotes:
        assert quote.speaker is not None  # a briefing has no others
        console.print(Text.assemble("  ", (quote.speaker.name or "", "bold cyan"), f": “{quote.content}”"))
        where = f"  {quote.source or ''}  {date_of(quote.published, quote.first_seen)}  {quote.url or quote.article_id}"
        console.print(where, style="dim", markup=False, highlight=False)
    console.print()
