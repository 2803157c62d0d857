"""`wirewatch feeds add|find|check|health`: finding feeds, and saying in words what is wrong with one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from producers.polling import health as judging
from schemas.address import public
from schemas.clock import utc_now
from schemas.feed import Feed, FeedState
from schemas.in_force import watched
from schemas.lines import Checked, FoundFeed
from schemas.outcome import Output
from schemas.topics import FEEDS, FEEDSTATE
from wirewatch.cli.context import Problem, acting, reading, settings
from wirewatch.cli.output import AsJson, complaints, console, print_json, show
from wirewatch.compose.feed_probe import FeedError, FetchError, Looking

Address = Annotated[str, typer.Argument(metavar="URL", help="The address of a feed, or of a site that has one.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(add)
    app.command()(find)
    app.command()(check)
    app.command()(health)


@contextmanager
def _looking() -> Iterator[Looking]:
    looking = Looking(settings())
    try:
        yield looking
    finally:
        looking.close()


def add(
    url: Address,
    title: Annotated[str | None, typer.Option(help="A name for it.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be given again.")] = None,
    unseen: Annotated[bool, typer.Option("--unseen", help="Watch the address as it is, without asking it.")] = False,
) -> None:
    """Watch a feed, or the first feed of a site. A running `up` begins within seconds."""
    if not url.startswith(("http://", "https://")):
        raise Problem(f"{url} is no address of a feed: give one that begins with http:// or https://")
    found = url if unseen else _found(url)
    now = utc_now()
    feed = Feed(url=found, title=title, tags=tuple(tag or ()), added=now, asked=now)
    with acting() as control:
        control.publish([Output(FEEDS, feed)])
    console.print(f"watching {public(found)}", markup=False, highlight=False)


def _found(url: str) -> str:
    """The feed that an address is, or leads to; the address itself where it cannot be asked now."""
    with _looking() as looking:
        try:
            candidates = looking.site(url)
        except FetchError as error:
            complaints.print(f"it will be tried again, but now: {error}", markup=False, highlight=False, soft_wrap=True)
            return url
    if not candidates:
        raise Problem(f"{url} has no feed that could be found: give the feed's own address, or --unseen")
    for other in candidates[1:]:
        console.print(f"it also has {public(other.url)} ({other.title})", markup=False, highlight=False)
    return candidates[0].url


def find(url: Address, as_json: AsJson = False) -> None:
    """List the feeds of a site."""
    with _looking() as looking:
        try:
            found = looking.site(url)
        except FetchError as error:
            raise Problem(str(error)) from error
    rows = [FoundFeed(url=public(one.url), title=one.title, entries=one.entries, found=one.found) for one in found]
    show(rows, ("url", "title", "entries", "found"), as_json, f"{public(url)} has no feed that could be found")


def check(
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]...", help="Feeds; all that are watched.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask feeds now and say what is wrong with each; fails where one is not well."""
    if not urls:
        with reading() as reader:
            urls = [feed.asked_at for feed in watched(reader.state)]
    wrong = 0
    with _looking() as looking:
        for url in urls:
            row = _checked(looking, url)
            wrong += not row.ok
            if as_json:
                print_json(row)
            else:
                verdict = "ok   " if row.ok else "WRONG"
                console.print(f"{verdict} {row.url}: {row.told}", markup=False, soft_wrap=True)
    if wrong:
        raise Problem(f"{wrong} of {len(urls)} feeds are not well")


def _checked(looking: Looking, url: str) -> Checked:
    try:
        feed = looking.feed(url)
    except (FetchError, FeedError) as error:
        return Checked(url=public(url), ok=False, told=str(error))
    lacks = [
        f"{number} entries without {what}"
        for what, number in (
            ("a date", sum(entry.published is None for entry in feed.entries)),
            ("a link", sum(entry.link is None for entry in feed.entries)),
            ("a title", sum(not entry.title for entry in feed.entries)),
        )
        if number
    ]
    return Checked(url=public(url), ok=True, told="; ".join([f"{len(feed.entries)} entries", *lacks]))


def health(as_json: AsJson = False) -> None:
    """List how the feeds do by their own habit, and articles a day by language. Asks nobody."""
    now = utc_now()
    with reading() as reader:
        feeds = [judging.judged(feed, reader.state, now) for feed in watched(reader.state)]
        languages = judging.by_language(reader.state.items(FEEDSTATE, FeedState), now)
    show(feeds, ("status", "url", "articles_a_day", "silence_h", "notes"), as_json, "no feeds are watched")
    if not as_json and languages:
        show(languages, ("language", "usual", "recent", "quiet"), False, "")
