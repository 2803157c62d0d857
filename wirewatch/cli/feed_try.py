"""`wirewatch feeds try`: what a feed would become, without the web."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from producers.article.build import make_article
from producers.parse import FeedError
from producers.polling.new_entries import Fate, PageBudget, select_new
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.lines import TriedEntry
from wirewatch.cli.context import Problem, content, settings
from wirewatch.cli.output import AsJson, show
from wirewatch.compose.sandbox import Reading
from wirewatch.sources import poll_settings

Files = Annotated[list[Path], typer.Argument(help="Files with a feed's bytes, one poll's document after the other.")]
Address = Annotated[str, typer.Option("--url", help="The feed's address, to which its links are relative.")]
Headers = Annotated[
    list[str] | None, typer.Option("--header", help="A header of the answer, 'Name: value'; may be given again.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="try")(try_feed)


def try_feed(files: Files, url: Address, header: Headers = None, as_json: AsJson = False) -> None:
    """Read files as successive documents of one feed: what each entry would become, and why. Asks nobody."""
    headers = dict(_header(line) for line in header or ())
    rows: list[TriedEntry] = []
    with closing(Reading(settings())) as reading:
        trial = _Trial(url, reading, headers)
        for number, file in enumerate(files, 1):
            rows += trial.rows(number, content(file))
    # A document that can be read has no "error" at all: programs ask for its name.
    told = [row.model_dump(mode="json", exclude=None if row.error else {"error"}) for row in rows]
    show(told, ("document", "became", "why", "title", "url", "error"), as_json, "no entries")
    if errors := sum(row.error is not None for row in rows):
        raise Problem(f"{errors} of {len(files)} documents cannot be read")


class _Trial:
    """A feed as it is known after the documents read so far."""

    def __init__(self, url: str, reading: Reading, headers: dict[str, str]) -> None:
        self._feed = Feed(url=url)
        self._reading = reading
        self._headers = headers
        self._budget = PageBudget(poll_settings(settings()))
        self._seen: dict[str, str] = {}
        self._shared: tuple[str, ...] = ()

    def rows(self, number: int, body: bytes) -> list[TriedEntry]:
        """What becomes of the entries of the next document, the `number`th, in its order."""
        try:
            parsed = self._reading.feed(body, self._feed.url, self._headers)
        except FeedError as error:
            return [TriedEntry(document=number, error=str(error))]
        diff = select_new(self._feed, parsed.entries, self._seen, utc_now(), self._budget, shared=self._shared)
        self._seen, self._shared = diff.seen, diff.shared
        places = {id(entry): place for place, entry in enumerate(parsed.entries)}
        return [self._row(number, fate) for fate in sorted(diff.fates, key=lambda fate: places[id(fate.entry)])]

    def _row(self, number: int, fate: Fate) -> TriedEntry:
        entry = fate.entry
        article = fate.article or make_article(entry, self._feed.url, None, utc_now(), fate.id)
        said = article.model_dump(include={"id", "title", "published", "published_flag", "text"})
        return TriedEntry(document=number, became=fate.became, why=fate.why, url=entry.link, guid=entry.guid, **said)


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        raise Problem(f"--header {line!r} is no header: give it as 'Name: value'")
    return name.strip().lower(), value.strip()
