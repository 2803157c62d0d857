"""`wirewatch changes`: what was changed after publication."""

from typing import TYPE_CHECKING, Annotated

import typer

from schemas.counted import counted
from wirewatch.cli.context import Problem, moment, reading, told
from wirewatch.cli.output import AsJson, console, go_on, print_json, to_minute
from wirewatch.cli.search import After, Limit

if TYPE_CHECKING:
    from schemas.answers import Change


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(changes)


def changes(
    identity: Annotated[str | None, typer.Argument(metavar="[ID]", help="An article's id; without one, all.")] = None,
    since: Annotated[str | None, typer.Option(help="Changed since: a day, a moment or now-7d.")] = None,
    quotes: Annotated[bool, typer.Option("--quotes", help="Only where a quote was changed.")] = False,
    limit: Limit = 20,
    after: After = None,
    as_json: AsJson = False,
) -> None:
    """Show what was changed in articles after they were published: headline, text, and quotes altered or withdrawn."""
    from stores.archive.changes import changes_of, recent

    following = None
    with told(ValueError), reading() as reader:
        if identity is None:
            page = recent(reader.store, moment("since", since), limit, after, quotes)
            found, following = page.changes, page.next
        elif reader.store.get(identity) is None:
            raise Problem(f"there is no article {identity}: `wirewatch search` shows the ids")
        else:
            found = tuple(one for one in changes_of(reader.store, identity) if one.quotes or not quotes)
    for change in found:
        if as_json:
            print_json(change)
        else:
            _print(change)
    if not as_json:
        line = counted(len(found), "change") if found else "nothing was changed"
        console.print(line, markup=False, highlight=False)
        go_on(following)


def _print(change: "Change") -> None:
    from rich.text import Text

    head = Text.assemble((change.title_after or "(no title)", "bold"), f"  {change.source or ''}")
    console.print(head.append(f"  changed {to_minute(change.at)}"))
    if change.title_before != change.title_after:
        _pair("headline", change.title_before, change.title_after)
    for quote in change.quotes:
        speaker = quote.speaker_after or quote.speaker_before or "(nobody named)"
        if quote.kind == "reattributed":
            speaker = f"{quote.speaker_before} → {quote.speaker_after}"
        _pair(f"{speaker}: quote {quote.kind}", quote.before, quote.after)
    for sentence in change.sentences:
        _pair("text", sentence.before, sentence.after)
    console.print(f"  {change.article_id}", style="dim", markup=False, highlight=False)


def _pair(what: str, before: str, after: str) -> None:
    console.print(f"  {what}", style="cyan", markup=False, highlight=False)
    if before:
        console.print(f"  - {before}", style="red", markup=False, highlight=False)
    if after and after != before:
        console.print(f"  + {after}", style="green", markup=False, highlight=False)
