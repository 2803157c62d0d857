"""`wirewatch alert`: what to be told of, and whom to tell."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from alerts import subscriptions
from alerts.backtest import backtest
from alerts.channel_guard import ChannelGuard
from alerts.channels import problem_of
from alerts.subscriptions import identity
from producers.fetch.ssrf import forbidden
from runtime.ports import Reader
from schemas.alert import Policy, Subscription
from schemas.article import Article, WireArticle
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from stores.private import is_open_to_others
from wirewatch.cli.context import Problem, acting, query, reading, settings
from wirewatch.cli.output import AsJson, complaints, console, show
from wirewatch.views import alert_row, alerts_in_force, told_row

app = typer.Typer(help="What to be told of, and whom to tell.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="alert")


File = Annotated[Path, typer.Argument(metavar="FILE", help="Alerts as seeds/alerts.toml has them.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The alert's name.")]


@app.command()
def add(
    name: Name,
    text: Annotated[str, typer.Argument(metavar="QUERY", help="For example: tomahawk AND speaker:peskov")],
    to: Annotated[list[str] | None, typer.Option(help="An Apprise address; may be given again.")] = None,
    policy: Annotated[str, typer.Option(help="every article, once a story, or digest.")] = "story",
) -> None:
    """Be told when an article meets a query. A running `up` heeds it at once."""
    query(text)
    if policy not in ("every", "story", "digest"):
        raise Problem(f"there is no policy {policy!r}: it is every, story or digest")
    chosen: Policy = policy  # type: ignore[assignment]  # checked above
    _refuse(problem_of(channel, _guard()) for channel in to or ())
    subscription = Subscription(id=identity(name), name=name, query=text, channels=tuple(to or ()), policy=chosen)
    with acting() as control:
        control.publish([Output(SUBSCRIPTIONS, subscription)])
    console.print(f"alert {name!r} is on", markup=False, highlight=False)


@app.command(name="list")
def list_alerts(as_json: AsJson = False) -> None:
    """List the alerts."""
    with reading() as reader:
        rows = [alert_row(subscription) for subscription in alerts_in_force(reader)]
    show(rows, ("name", "query", "policy", "channels"), as_json, "no alerts are on")


def _guard() -> ChannelGuard:
    """What the settings let channels reach."""
    force = settings()
    return ChannelGuard.of(forbidden, force.channel_hosts, force.channel_kinds)


def _refuse(problems: Iterable[str | None]) -> None:
    for problem in problems:
        if problem:
            raise Problem(problem)


def _named(reader: Reader, name: str) -> Subscription:
    for subscription in alerts_in_force(reader):
        if name in (subscription.name, subscription.id):
            return subscription
    raise Problem(f"there is no alert {name!r}: `wirewatch alert list` shows them")


@app.command()
def history(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only what this alert found.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what was alerted, the latest first, and what became of telling it."""
    with reading() as desk:
        rows = [one.model_dump(mode="json") for one in desk.store.alerts(name, limit=limit).alerts]
    show(rows, ("matched_at", "subscription_name", "status", "channels", "title"), as_json, "nothing was alerted")


@app.command()
def remove(name: Name) -> None:
    """Turn an alert off."""
    with reading() as reader:
        subscription = _named(reader, name)
    with acting() as control:
        control.publish([Output(SUBSCRIPTIONS, subscription.model_copy(update={"deleted": True}))])
    console.print(f"alert {name!r} is off", markup=False, highlight=False)


@app.command(name="import")
def import_alerts(file: File) -> None:
    """Turn on all alerts of an alerts.toml; one of the same name is replaced."""
    chosen = _of_file(file)
    _refuse(problem_of(channel, _guard()) for one in chosen for channel in one.channels)
    with acting() as control:
        control.publish([Output(SUBSCRIPTIONS, subscription) for subscription in chosen])
    console.print(f"{len(chosen)} alerts are on", markup=False, highlight=False)


@app.command()
def check(file: File) -> None:
    """Try the alerts of a file on their own examples; fails where one is not met, or is met and must not be."""
    wrong = [
        problem
        for subscription in _of_file(file)
        for problem in subscriptions.check(subscription, utc_now(), _reader(), _guard())
    ]
    for line in wrong:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if wrong:
        raise Problem(f"{file} has {len(wrong)} alerts or examples that are wrong")
    console.print(f"all alerts of {file} do as their examples say", markup=False, highlight=False)


def _of_file(file: Path) -> list[Subscription]:
    try:
        chosen = subscriptions.load(file)
    except subscriptions.SubscriptionError as error:
        raise Problem(str(error)) from error
    if any(one.channels for one in chosen) and is_open_to_others(file):
        complaints.print(
            f"{file}: others may read its channels and what is secret in them: chmod 600 {file}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    return chosen


@cache
def _reader() -> subscriptions.Reader:
    """Reads an example as the wire would, so that a query for a speaker finds one."""
    # here: the model takes a second to load, which only this command needs
    from processors.enrich import Enricher

    enricher = Enricher()

    def read(text: str) -> WireArticle:
        now = utc_now()
        article = Article(id="example", revision="", text=text, language="en", fetched_at=now)
        return WireArticle(**dict(enricher.read(article)), story_id="example", first_seen=now)

    return read


@app.command(name="test")
def try_out(
    name: Annotated[str, typer.Argument(metavar="NAME|QUERY", help="An alert's name, or a query to try.")],
    days: Annotated[int, typer.Option(min=1, help="How many days to look back.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show what an alert would have told in the past days, from what is stored, before it goes live."""
    with reading() as reader:
        known = [one for one in alerts_in_force(reader) if name in (one.name, one.id)]
        text, policy = (known[0].query, known[0].policy) if known else (name, "story")
        query(text)
        result = backtest(text, reader.store, utc_now(), days=days, policy=policy)
    rows = [told_row(told) for told in result.told]
    show(rows, ("first_seen", "title", "why"), as_json, "nothing would have been told")
    if not as_json:
        console.print(str(result), markup=False, highlight=False)
