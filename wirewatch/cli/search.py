"""search, quotes, article: what has been found, and who said it."""

from typing import Annotated

import typer
from rich.text import Text

from schemas.article import WireArticle
from stores.query import Query, snippet
from wirewatch.cli.context import Problem, local_time, query, reading
from wirewatch.cli.output import AsJson, console, print_json, show
from wirewatch.views import article_row, hit_row, quote_row

Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="Most results to show.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command(name="query")(show_query)
    app.command()(quotes)
    app.command()(article)


def search(
    text: Annotated[str, typer.Argument(metavar="QUERY", help="For example: tomahawk OR person:zelensky*")],
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Find articles, newest first."""
    wanted = query(text)
    with reading() as reader:
        hits = reader.store.search(wanted, limit=limit)
        if as_json:
            for hit in hits.articles:
                print_json(hit_row(hit, wanted))
            return
        for hit in hits.articles:
            _print_hit(hit, wanted)
        more = "" if hits.total_exact else "at least "
        console.print(f"{len(hits.articles)} of {more}{hits.total} articles", markup=False, highlight=False)


def show_query(
    text: Annotated[str, typer.Argument(metavar="QUERY", help="A query as for search.")],
    engine: Annotated[str, typer.Option("--show", help="Whose form of it: elastic.")] = "elastic",
) -> None:
    """Show a query in an engine's own language, to use it in Kibana or in Dev Tools."""
    if engine != "elastic":
        raise Problem(f"there is no engine {engine!r} to show a query for: it is elastic")
    # here, as in stores/open.py: a search of the file needs nothing of Elasticsearch
    from stores.elastic.dsl import query_dsl

    console.print_json(data=query_dsl(query(text)))


def _print_hit(article: WireArticle, wanted: Query) -> None:
    when = local_time(article.published) or f"(no date; seen {local_time(article.first_seen)})"
    console.print(Text.assemble((article.title or "(no title)", "bold"), f"  {article.source or ''}  {when}"))
    sentence, marks = snippet(article.text, wanted)
    line = Text(f"  {sentence}")
    for start, end in marks:
        line.stylize("bold yellow", start + 2, end + 2)
    console.print(line)
    console.print(f"  {article.id}", style="dim", markup=False, highlight=False)


def quotes(
    speaker: Annotated[str | None, typer.Option(help="Who is speaking: a name or part of one.")] = None,
    about: Annotated[str | None, typer.Option(help="What the quote must be about: a query.")] = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """List who said what, newest first."""
    wanted = query(about, in_quote=True) if about else None
    with reading() as reader:
        hits = reader.store.quotes(speaker=speaker, about=wanted, limit=limit)
        if as_json:
            for hit in hits:
                print_json(quote_row(hit))
            return
        for hit in hits:
            console.print(Text.assemble((hit.speaker or "(nobody named)", "bold cyan"), f"  {hit.quote.kind}"))
            console.print(f"  {hit.text}", markup=False, highlight=False)
            said_in = hit.article
            where = f"  {said_in.title}  {said_in.source or ''}  {local_time(said_in.published)}  {said_in.id}"
            console.print(where, style="dim", markup=False, highlight=False)
        if not hits:
            console.print("no quotes found", markup=False)


def article(identity: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one article with who and what it names and who said what."""
    with reading() as reader:
        found = reader.store.get(identity)
    if found is None:
        raise Problem(f"there is no article {identity}: `wirewatch search` shows the ids")
    if as_json:
        print_json(article_row(found))
        return
    console.print(Text(found.title, "bold"))
    told = f"{found.source or ''}  {local_time(found.published)}  {found.url or ''}"
    console.print(told, style="dim", markup=False, highlight=False)
    console.print(found.text, markup=False, highlight=False)
    names = sorted({(entity.kind, entity.name) for entity in found.entities})
    show([{"kind": kind, "name": name} for kind, name in names], ("kind", "name"), False, "nobody is named")
    for quote in found.quotes:
        who = (quote.speaker.name or quote.speaker.text) if quote.speaker else "(nobody named)"
        console.print(Text.assemble((who, "bold cyan"), f": {found.text[quote.start : quote.end]}"))
