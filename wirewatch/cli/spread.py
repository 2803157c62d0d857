"""spread: where one utterance went, over articles and outlets."""

from typing import Annotated

import typer
from rich.text import Text

from schemas.clock import utc_now
from stores.spread.spread import Spread, Variant, spread
from wirewatch.cli.context import Problem, reading
from wirewatch.cli.output import AsJson, console, print_json, to_minute
from wirewatch.views import variant_line


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="spread")(show_spread)


def show_spread(
    quote_id: Annotated[
        str, typer.Argument(metavar="QUOTE-ID", help="An article's id and the number of its quote, from 0: ID:3.")
    ],
    as_json: AsJson = False,
) -> None:
    """Show where one utterance stands, seen first first, and how it was cut or reworded."""
    with reading() as reader:
        found = spread(reader.store, quote_id, utc_now())
    if found is None:
        raise Problem(f"there is no quote {quote_id!r}: it is an article's id, a colon and the number of its quote")
    if as_json:
        for variant in found.variants:
            print_json(variant_line(variant))
        return
    for variant in found.variants:
        _print(variant)
    console.print(_summary(found), markup=False, highlight=False)


def _print(variant: Variant) -> None:
    hit = variant.hit
    where = f"{hit.article.source or ''}  {to_minute(hit.article.first_seen)}  {variant.how.value}"
    console.print(Text.assemble((where, "dim")))
    console.print(Text.assemble((hit.speaker or "?", "bold"), f": {hit.text}"))
    console.print(f"  {variant.quote_id}", style="dim", markup=False, highlight=False)


def _summary(found: Spread) -> str:
    first = found.variants[0].hit.article
    whom = first.source or "an unknown source"
    counted = f"{found.articles} articles, {found.origins} origins"
    return f"{len(found.variants)} variants in {counted}, first seen at {whom}, {to_minute(first.first_seen)}"
