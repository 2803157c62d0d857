"""`wirewatch briefing`: a day's stories, told in headlines and quotes."""

from typing import TYPE_CHECKING, Annotated

import typer

from wirewatch.cli.context import query, reading, told, window
from wirewatch.cli.output import AsJson, console, counted, print_json
from wirewatch.cli.search import Until, date_of

if TYPE_CHECKING:
    from schemas.answers import BriefedStory


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(briefing)


def briefing(
    text: Annotated[str, typer.Argument(metavar="[QUERY]", help="Only stories with an article that meets it.")] = "*",
    since: Annotated[str, typer.Option(help="Of articles since: a day, a moment or now-7d.")] = "now-1d",
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Most stories to tell.")] = 12,
    as_json: AsJson = False,
) -> None:
    """Tell a day's stories in headlines and quotes, those of most origins first: no sentence that nobody said."""
    from stores.archive.briefing import briefing as told_by

    wanted = window(query(text), since, until)
    with told(ValueError), reading() as reader:
        stories = told_by(reader.store, wanted, limit)
    for story in stories:
        if as_json:
            print_json(story)
        else:
            _print(story)
    if not stories and not as_json:
        console.print("no story then", markup=False)


def _print(story: "BriefedStory") -> None:
    from rich.text import Text

    told_where = f"{counted(story.origins, 'origin')}, {counted(story.articles, 'article')}, first {story.source or ''}"
    console.print(
        Text.assemble(
            (story.title or "(no title)", "bold"), f"  {told_where}  {date_of(story.published, story.first_seen)}"
        )
    )
    for quote in story.quotes:
        speaker = (quote.speaker.name or quote.speaker.text) if quote.speaker else ""
        console.print(Text.assemble("  ", (speaker, "cyan"), f": {quote.content}  {quote.source or ''}"))
    console.print(f"  {story.article_id}", style="dim", markup=False, highlight=False)
