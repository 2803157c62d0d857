"""`wirewatch alert`: what to be told of, and whom to tell."""

from typing import Annotated, Any

import typer

from alerts.subscriptions import identity
from schemas.alert import Policy, Subscription
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from wirewatch.cli.context import Desk, Problem, query, reading, writing
from wirewatch.cli.listing import AsJson, console, show

app = typer.Typer(help="What to be told of, and whom to tell.", no_args_is_help=True)

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
    subscription = Subscription(id=identity(name), name=name, query=text, channels=tuple(to or ()), policy=chosen)
    with writing() as wire:
        wire.publish([Output(SUBSCRIPTIONS, subscription)])
    console.print(f"alert {name!r} is on", markup=False, highlight=False)


@app.command(name="list")
def list_alerts(as_json: AsJson = False) -> None:
    """List the alerts."""
    with reading() as desk:
        rows = [_row(subscription) for subscription in _in_force(desk)]
    show(rows, ("name", "query", "policy", "channels"), as_json, "no alerts are on")


def _row(subscription: Subscription) -> dict[str, Any]:
    return subscription.model_dump(mode="json", exclude={"deleted"})


def _in_force(desk: Desk) -> list[Subscription]:
    every = (one for one in desk.state.items(SUBSCRIPTIONS, Subscription) if not one.deleted)
    return sorted(every, key=lambda one: one.name)


def _named(desk: Desk, name: str) -> Subscription:
    for subscription in _in_force(desk):
        if name in (subscription.name, subscription.id):
            return subscription
    raise Problem(f"there is no alert {name!r}: `wirewatch alert list` shows them")


@app.command()
def remove(name: Name) -> None:
    """Turn an alert off."""
    with reading() as desk:
        subscription = _named(desk, name)
    with writing() as wire:
        wire.publish([Output(SUBSCRIPTIONS, subscription.model_copy(update={"deleted": True}))])
    console.print(f"alert {name!r} is off", markup=False, highlight=False)
