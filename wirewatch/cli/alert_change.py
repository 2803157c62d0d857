"""`wirewatch alert add|edit|rename|pause|resume|mute|remove`: alerts are made and changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any

import typer

from alerts import subscriptions
from alerts.channel_guard import ChannelGuard, guard_of
from alerts.channels import problem_of
from alerts.subscriptions import ChannelProblem, SubscriptionError
from runtime.ports import Reader
from schemas.alert import Subscription
from schemas.in_force import alerts_in_force
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from stores.query import QueryError
from wirewatch.cli import alert_policy as policies
from wirewatch.cli.context import Problem, acting, reading, settings
from wirewatch.cli.output import console

Name = Annotated[str, typer.Argument(metavar="NAME", help="The alert's name.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help="For example: tomahawk AND speaker:peskov")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (add, edit, rename, pause, resume, mute, remove):
        app.command()(command)


def add(
    name: Name,
    text: Query,
    to: policies.To = None,
    policy: policies.Policy = None,
    digest: policies.Digest = None,
    cooldown: policies.Cooldown = None,
    quiet: policies.Quiet = None,
    zone: policies.Zone = None,
    most_an_hour: policies.MostAnHour = None,
    growth: policies.Growth = None,
    altered: policies.Altered = None,
    must_match: policies.MustMatch = None,
    must_not_match: policies.MustNotMatch = None,
) -> None:
    """Be told when an article meets a query. A running `up` heeds it at once. A name that is there is refused."""
    given = policies.fields(
        to, policy, digest, cooldown, quiet, zone, most_an_hour,
        query=text, growth=growth, altered=altered, must_match=must_match, must_not_match=must_not_match,
    )  # fmt: skip
    with problems_told():
        wanted = subscriptions.made(name, given, channel_problem())
    with acting() as control, reading() as reader:  # an installation begins with the first that is put into it
        in_force = alerts_in_force(reader.state)
        wanted = subscriptions.placed(wanted, in_force)
        _refuse_another(next((one for one in in_force if one.name == name), None), wanted)
        control.publish([Output(SUBSCRIPTIONS, wanted)])
    _say(f"alert {name!r} is on" + ("" if wanted.channels else ", and told to nobody: `--to` names whom to tell"))


def edit(
    name: Name,
    text: Annotated[str | None, typer.Option("--query", help="Another query.")] = None,
    to: policies.To = None,
    policy: policies.Policy = None,
    digest: policies.Digest = None,
    cooldown: policies.Cooldown = None,
    quiet: policies.Quiet = None,
    zone: policies.Zone = None,
    most_an_hour: policies.MostAnHour = None,
    growth: policies.Growth = None,
    altered: policies.Altered = None,
    must_match: policies.MustMatch = None,
    must_not_match: policies.MustNotMatch = None,
) -> None:
    """Change what is given of an alert; all else stays. What was told already is not told again."""
    with reading() as reader:
        before = named(reader, name)
    given = policies.fields(
        to, policy, digest, cooldown, quiet, zone, most_an_hour, before,
        query=text, growth=growth, altered=altered, must_match=must_match, must_not_match=must_not_match,
    )  # fmt: skip
    with problems_told():
        after = subscriptions.changed(before, given, channel_problem())
    if before == after:
        raise Problem(f"that changes nothing of {name!r}: `wirewatch alert show` shows it")
    _put(after)
    for line in subscriptions.differences(after, before):
        _say(f"{after.name}: {line}")


def rename(name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]) -> None:
    """Give an alert another name. What it told, and what waits, stays its own."""
    with reading() as reader:
        before, in_force = named(reader, name), alerts_in_force(reader.state)
    with problems_told():
        _put(subscriptions.renamed(before, new, in_force))
    _say(f"alert {before.name!r} is called {new!r}")


def pause(name: Name) -> None:
    """Let an alert match nothing and send nothing until it is resumed; what waits is kept and shown."""
    _change(name, {"paused": True}, "is paused: `wirewatch alert resume` lets it go on")


def resume(name: Name) -> None:
    """Let an alert go on that was paused or muted. What passed meanwhile is not told."""
    _change(name, {"paused": False, "muted_until": None}, "goes on")


def mute(
    name: Name,
    until: Annotated[str, typer.Option(help="2h, 30m, 7d from now, or a moment: 2026-12-01T08:00+02:00.")],
) -> None:
    """Send nothing of an alert until then; what it matches is kept and shown."""
    moment = policies.until(until)
    _change(name, {"muted_until": moment}, f"is muted until {moment.isoformat(timespec='minutes')}")


def remove(name: Name) -> None:
    """Turn an alert off."""
    _change(name, {"deleted": True}, "is off")


def named(reader: Reader, name: str) -> Subscription:
    """The alert of this name or id. Raises Problem."""
    if found := subscriptions.named(alerts_in_force(reader.state), name):
        return found
    raise Problem(f"there is no alert {name!r}: `wirewatch alert list` shows them")


def guard() -> ChannelGuard:
    """What the settings let channels reach."""
    # here: it brings a client of HTTP, and who only looks at alerts asks nothing
    from producers.fetch.ssrf import forbidden

    return guard_of(forbidden, settings())


def channel_problem() -> ChannelProblem:
    """What says why an address can never be told here; the settings are read for it once."""
    return partial(problem_of, guard=guard())


@contextmanager
def problems_told() -> Iterator[None]:
    """What is wrong with a subscription is told as the command's problem."""
    try:
        yield
    except QueryError as error:
        raise Problem(f"the query does not parse: {error}") from error
    except SubscriptionError as error:
        raise Problem(str(error)) from error


def _refuse_another(before: Subscription | None, wanted: Subscription) -> None:
    if before and (differs := subscriptions.differences(before, wanted)):
        has = "; ".join(differs)
        raise Problem(f"there is an alert {before.name!r} already, with {has}: `wirewatch alert edit` changes it")


def _change(name: str, given: dict[str, Any], said: str) -> None:
    with reading() as reader:
        before = named(reader, name)
    _put(before.model_copy(update=given))
    _say(f"alert {before.name!r} {said}")


def _put(subscription: Subscription) -> None:
    with acting() as control:
        control.publish([Output(SUBSCRIPTIONS, subscription)])


def _say(line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
