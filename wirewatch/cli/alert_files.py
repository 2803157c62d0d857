"""`wirewatch alert import|export|check`: alerts as a file has them, which belongs under version control."""

from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from alerts import alerts_file, subscriptions
from alerts.subscriptions import SubscriptionError
from schemas.alert import Subscription
from schemas.article import Article, WireArticle
from schemas.clock import utc_now
from schemas.in_force import alerts_in_force
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from stores.private import is_open_to_others, make_private
from wirewatch.cli.alert_change import channel_problem, guard
from wirewatch.cli.context import Problem, acting, reading
from wirewatch.cli.output import complaints, console

File = Annotated[Path, typer.Argument(metavar="FILE", help="Alerts as seeds/alerts.toml has them.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="import")(import_alerts)
    app.command()(export)
    app.command()(check)


def import_alerts(file: File) -> None:
    """Turn on all alerts of an alerts.toml; one of the same name is replaced."""
    chosen = _of_file(file)
    problem_of = channel_problem()
    for channel in (channel for one in chosen for channel in one.channels):
        if problem := problem_of(channel):
            raise Problem(problem)
    with acting() as control, reading() as reader:
        in_force = alerts_in_force(reader.state)
        control.publish([Output(SUBSCRIPTIONS, subscriptions.placed(one, in_force)) for one in chosen])
    console.print(f"{len(chosen)} alerts are on", markup=False, highlight=False)


def export(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; only you may read it.")]) -> None:
    """Write all alerts as an alerts.toml, with their channels, that `import` takes as it is."""
    if file.exists():
        raise Problem(f"{file} is there already: name a new file")
    with reading() as reader:
        every = alerts_in_force(reader.state)
    make_private(file)
    file.write_text(alerts_file.dump(every), encoding="utf-8")
    console.print(f"{len(every)} alerts are in {file}", markup=False, highlight=False, soft_wrap=True)


def check(file: File) -> None:
    """Try the alerts of a file on their own examples; fails where one is not met, or is met and must not be."""
    allowed = guard()
    wrong = [
        problem
        for subscription in _of_file(file)
        for problem in subscriptions.check(subscription, utc_now(), _reader(), allowed)
    ]
    for line in wrong:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if wrong:
        raise Problem(f"{file} has {len(wrong)} alerts or examples that are wrong")
    console.print(f"all alerts of {file} do as their examples say", markup=False, highlight=False)


def _of_file(file: Path) -> list[Subscription]:
    try:
        chosen = alerts_file.load(file)
    except SubscriptionError as error:
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
