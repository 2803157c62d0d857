"""quotes, person, who, contributors: who said what, and how often."""

from typing import TYPE_CHECKING, Annotated

import typer

from wirewatch.cli.context import Problem, query, reading, told, window
from wirewatch.cli.output import AsJson, console, go_on, print_json, show, to_minute
from wirewatch.cli.search import After, Limit, Since, Until, date_of, print_counted

if TYPE_CHECKING:
    from schemas.answers import LinesOfQuotes, QuoteLine, SpeakerLine
    from stores.store import Said

About = Annotated[str | None, typer.Option(help="What the quote must be about: a query on its words.")]
Where = Annotated[
    str | None, typer.Option(help="What its article must be: a query by source:, language:, place:, published: …")
]
COUNTS = ("name", "quotes", "articles", "words", "since", "until", "in")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(quotes)
    app.command()(person)
    app.command()(who)
    app.command()(contributors)


def quotes(
    speaker: Annotated[
        str | None, typer.Option(help="Who is speaking: a name or part of one, an alias, or an id as it is shown.")
    ] = None,
    about: About = None,
    where: Where = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    after: After = None,
    as_json: AsJson = False,
) -> None:
    """List who said what, newest first."""
    from dataclasses import replace

    from stores.archive import saying

    said = _said(about, where, since, until)
    with told(ValueError), reading() as reader:
        meant = saying.by_id(reader.store, speaker) if speaker else None
        said = replace(said, person=meant) if meant else replace(said, speaker=speaker)
        page = saying.quotes(reader.store, said, limit, after)
    _print_quotes(page, as_json)


def person(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A canonical name, an alias, part of a name, or an id.")],
    about: About = None,
    where: Where = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    after: After = None,
    as_json: AsJson = False,
) -> None:
    """Show all that somebody said, story by story, with who and what is named beside them and in which sources."""
    from stores.archive import saying

    said = _said(about, where, since, until)
    with told(ValueError), reading() as reader:
        people = saying.people_called(reader.store, name)
        if not people:
            raise Problem(f"nobody called {name!r} is quoted: `wirewatch who '*'` shows who is")
        if len(people) > 1:
            names = ", ".join(f"{one.name} ({one.quotes})" for one in people)
            raise Problem(f"{name!r} may be several people: give one of these whole names: {names}")
        found = saying.person(reader.store, people[0], said, limit, after)
    if as_json:
        print_json(found)
        return
    show([_row(found.speaker)], COUNTS, False, "")
    for field, values in found.beside.items():
        print_counted(field, values)
    _print_quotes(found.said, False, by_story=True)


def who(
    text: Annotated[str, typer.Argument(metavar="QUERY", help="What they speak of: a query on the words quoted.")],
    where: Where = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """List who speaks of something: how often, in which sources, since when."""
    from stores.archive import saying

    said = _said(text, where, since, until)
    with told(ValueError), reading() as reader:
        found = saying.who(reader.store, said, limit)
    rows = found if as_json else map(_row, found)
    show(rows, COUNTS, as_json, "nobody whose name is known speaks of it")


def contributors(
    source: Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="A host; without one, all sources.")] = None,
    since: Annotated[str, typer.Option(help="From when on: a day, a moment or now-7d.")] = "now-7d",
    until: Until = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List whom a source quoted in a time: how often, how many words, new or as always, and beside other sources."""
    from schemas.clock import utc_now
    from stores.archive.contributors import contributors as report

    with told(ValueError), reading() as reader:
        found = report(reader.store, source, since, until, utc_now(), limit)
    if as_json:
        show(found.people, (), True, "")
        return
    rows = [_row(one) | {"earlier": one.earlier or "new", "elsewhere": one.elsewhere} for one in found.people]
    columns = ("name", "quotes", "articles", "words", "earlier", *(("elsewhere",) if source else ()), "in")
    show(rows, columns, False, f"nobody whose name is known is quoted since {since}: --since takes an earlier day")
    line = f"{len(found.people)} people, {found.new} of them new, {found.quotes} quotes, {found.words} words"
    console.print(line, markup=False, highlight=False)


def _said(about: str | None, where: str | None, since: str | None, until: str | None) -> "Said":
    from stores.store import Said

    in_quote = query(about, in_quote=True) if about else None
    beside = window(query(where or "*"), since, until) if where or since or until else None
    return Said(about=in_quote, where=beside)


def _row(line: "SpeakerLine") -> dict[str, object]:
    return {
        **line.model_dump(),
        "since": to_minute(line.first_published) or f"seen {to_minute(line.first_seen)}",
        "until": to_minute(line.last_published),
        "in": [f"{one.value} {one.count}" for one in line.sources],
    }


def _print_quotes(page: "LinesOfQuotes", as_json: bool, by_story: bool = False) -> None:
    if as_json:
        show(page.quotes, (), True, "")
        return
    story = None
    for line in page.quotes:
        if by_story and line.story_id != story:
            story = line.story_id
            console.print(line.title or "(no title)", style="bold", markup=False, highlight=False)
        print_quote(line)
    more = "" if page.total_exact else "at least "
    console.print(f"{len(page.quotes)} of {more}{page.total} quotes", markup=False, highlight=False)
    go_on(page.next)


def print_quote(line: "QuoteLine") -> None:
    """A quote, who said it and where."""
    from rich.text import Text

    speaker = (line.speaker.name or line.speaker.text) if line.speaker else "(nobody named)"
    console.print(Text.assemble((speaker, "bold cyan"), f"  {line.kind}"))
    console.print(f"  {line.content}", markup=False, highlight=False)
    where = f"  {line.title}  {line.source or ''}  {date_of(line.published, line.first_seen)}  {line.article_id}"
    console.print(where, style="dim", markup=False, highlight=False)
