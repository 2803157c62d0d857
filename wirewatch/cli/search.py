"""search, query, article: what has been found."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.counted import counted
from wirewatch.cli.context import Problem, query, reading, told, window
from wirewatch.cli.output import AsJson, console, go_on, print_json, show, to_minute

if TYPE_CHECKING:
    from schemas.answers import ArticleLine, Counted, StoryLine, Summary
    from schemas.article import Quote, WireArticle
    from stores.store import Store

Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="Most results to show.")]
After = Annotated[str | None, typer.Option(help="Go on behind this place: what the page before ended with.")]
Since = Annotated[str | None, typer.Option(help="Published since: a day, a moment or now-7d; else first seen since.")]
Until = Annotated[str | None, typer.Option(help="Published until the end of that day, hour or minute.")]
# A bar of a histogram in a terminal of 80 columns, beside its date and number.
BAR = 50


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command(name="query")(show_query)
    app.command()(article)


def search(
    text: Annotated[str, typer.Argument(metavar="QUERY", help="For example: tomahawk OR person:zelensky*")],
    limit: Limit = 10,
    sort: Annotated[str, typer.Option(help="newest (first seen last), published or relevance.")] = "newest",
    since: Since = None,
    until: Until = None,
    stories: Annotated[bool, typer.Option("--stories", help="One line a story, with its copies and origins.")] = False,
    count: Annotated[bool, typer.Option("--count", help="Only how many there are, exactly.")] = False,
    facets: Annotated[bool, typer.Option("--facets", help="Who, what and where is named most.")] = False,
    histogram: Annotated[bool, typer.Option("--histogram", help="How they lie in time, by their dates.")] = False,
    after: After = None,
    as_json: AsJson = False,
) -> None:
    """Find articles."""
    from stores.archive import finding
    from stores.store import FACETS

    if sum((stories, count, facets, histogram)) > 1:
        raise Problem("--stories, --count, --facets and --histogram are four answers: ask for one of them")
    if sort not in ("newest", "published", "relevance"):
        raise Problem(f"there is no order {sort!r}: it is newest, published or relevance")
    if stories and sort != "newest":
        raise Problem("stories come newest first: leave out --sort, or --stories")
    wanted = window(query(text), since, until)
    with told(ValueError), reading() as reader:
        if count:
            _print_summary(finding.count(reader.store, wanted), as_json)
        elif facets:
            _print_summary(finding.facets(reader.store, wanted, FACETS), as_json)
        elif histogram:
            _print_summary(finding.histogram(reader.store, wanted), as_json)
        elif stories:
            page = finding.find_stories(reader.store, wanted, limit, after)
            _print_page(page.stories, page.next, counted(len(page.stories), "story", "stories"), as_json)
        else:
            found = finding.find(reader.store, wanted, limit, after, sort)  # type: ignore[arg-type]  # checked above
            more = "" if found.total_exact else "at least "
            _print_page(found.articles, found.next, f"{len(found.articles)} of {more}{found.total} articles", as_json)


def _print_page(lines: "tuple[ArticleLine | StoryLine, ...]", following: str | None, end: str, as_json: bool) -> None:
    for line in lines:
        if as_json:
            print_json(line)
        else:
            _print_line(line)
    if not as_json:
        console.print(end, markup=False, highlight=False)
        go_on(following)


def _print_line(line: "ArticleLine | StoryLine") -> None:
    from schemas.answers import StoryLine

    if isinstance(line, StoryLine):
        copies = (
            f"  +{counted(line.copies, 'copy', 'copies')}, {counted(line.origins, 'origin')}" if line.copies else ""
        )
        print_article(line.lead, copies)
    else:
        print_article(line, "")


def print_article(found: "ArticleLine", beside: str) -> None:
    """An article with the sentence that was asked for; `beside` stands after its date."""
    from rich.text import Text

    head = (found.title or "(no title)", "bold")
    console.print(Text.assemble(head, f"  {found.source or ''}  {date_of(found.published, found.first_seen)}{beside}"))
    line = Text(f"  {found.snippet}")
    for start, end in found.marks:
        line.stylize("bold yellow", start + 2, end + 2)
    console.print(line)
    console.print(f"  {found.id}", style="dim", markup=False, highlight=False)


def date_of(published: datetime | None, first_seen: datetime) -> str:
    """The article's date; without one, that it has none, and when it was first seen."""
    return to_minute(published) or f"no date (seen {to_minute(first_seen)})"


def _print_summary(summary: "Summary", as_json: bool) -> None:
    if as_json:
        print_json(summary)
        return
    for field, values in summary.facets.items():
        print_counted(field, values)
    most = max((bar.count for bar in summary.histogram), default=0)
    form = {"hour": "%Y-%m-%d %H:00", "day": "%Y-%m-%d", "month": "%Y-%m"}.get(summary.interval or "", "")
    for bar in summary.histogram:
        width = -(-bar.count * BAR // most)  # rounded up: one article is seen
        console.print(f"{bar.start:{form}}  {bar.count:>6}  {'█' * width}", markup=False, highlight=False)
    if summary.undated:
        console.print(f"no date: {summary.undated}", markup=False, highlight=False)
    more = "" if summary.total_exact else "at least "
    console.print(f"{more}{counted(summary.total, 'article')}", markup=False, highlight=False)


def print_counted(name: str, values: "tuple[Counted, ...]") -> None:
    """One line of values with their numbers."""
    from rich.text import Text

    if values:
        shown = ", ".join(f"{one.value} {one.count}" for one in values)
        console.print(Text.assemble((f"{name:>13}  ", "cyan"), shown))


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


def article(identity: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one article with who and what it names and who said what."""
    from rich.text import Text

    with reading() as reader:
        found = _known(reader.store, identity)
    if as_json:
        print_json(found)
        return
    console.print(Text(found.title, "bold"))
    line = f"{found.source or ''}  {date_of(found.published, found.first_seen)}  {found.url or ''}"
    console.print(line, style="dim", markup=False, highlight=False)
    console.print(found.text, markup=False, highlight=False)
    names = sorted({(entity.kind, entity.name) for entity in found.entities})
    show([{"kind": kind, "name": name} for kind, name in names], ("kind", "name"), False, "nobody is named")
    for quote in (*found.quotes, *found.unsaid):
        who = (quote.speaker.name or quote.speaker.text) if quote.speaker else "(nobody named)"
        said = f"{_marked(quote)}: {found.text[quote.start : quote.end]}"
        console.print(Text.assemble((who, "bold cyan"), said))


def _marked(quote: "Quote") -> str:
    """What a reader must know of words that were not said: " (denied)"."""
    return "" if quote.factuality == "said" else f" ({quote.factuality})"


def _known(store: "Store", identity: str) -> "WireArticle":
    found = store.get(identity)
    if found is None:
        raise Problem(f"there is no article {identity}: `wirewatch search` shows the ids")
    return found
