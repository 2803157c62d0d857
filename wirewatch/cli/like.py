"""`wirewatch like`: what is like an article or a text."""

from typing import Annotated

import typer

from schemas.counted import counted
from wirewatch.cli.context import reading
from wirewatch.cli.output import AsJson, console, print_json
from wirewatch.cli.quotes import print_quote
from wirewatch.cli.search import Limit, print_article


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(like)


def like(
    wanted: Annotated[str, typer.Argument(metavar="ID|TEXT", help="An article's id, or any text.")],
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Show articles and quotes like an article or a text, by the rare words and names they share, and by story."""
    from stores.archive.alike import like_article, like_text

    with reading() as reader:
        article = reader.store.get(wanted)
        found = like_article(reader.store, article, limit) if article else like_text(reader.store, wanted, limit)
    if as_json:
        print_json(found)
        return
    for line in found.story:
        print_article(line, "  same story")
    for one in found.articles:
        print_article(one.article, "")
        _shares(one.shares)
    for said in found.quotes:
        print_quote(said.quote)
        _shares(said.shares)
    articles = counted(len(found.story) + len(found.articles), "article")
    console.print(f"{articles}, {counted(len(found.quotes), 'quote')}", markup=False, highlight=False)


def _shares(words: tuple[str, ...]) -> None:
    console.print(f"  shares: {', '.join(words)}", style="cyan", markup=False, highlight=False)
