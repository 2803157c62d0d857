"""`wirewatch alert send-test`: whether an alert's channels can be told, and what they get."""

from typing import Annotated

import typer

from alerts.channels import Away, Refused, masked, notify
from alerts.sample import sample, shown
from alerts.webhook import secret_of
from schemas.clock import utc_now
from wirewatch.cli.alert_change import Name, guard, named
from wirewatch.cli.context import Problem, reading
from wirewatch.cli.output import console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="send-test")(send_test)


def send_test(
    name: Name,
    show: Annotated[bool, typer.Option("--show", help="Print what a mail and a webhook look like; send nothing.")] = (
        False
    ),
) -> None:
    """Send a test message to each channel of an alert now, whatever its policy; fails where one does not take it."""
    with reading() as reader:
        subscription = named(reader, name)
    message = sample(subscription, utc_now())
    if show:
        secrets = (secret for one in subscription.channels if (secret := secret_of(one)))
        console.print(shown(message, next(secrets, None)), markup=False, highlight=False, soft_wrap=True)
        return
    if not subscription.channels:
        raise Problem(f"{name!r} has no channel: `wirewatch alert edit {name} --to …` names whom to tell")
    allowed, failed = guard(), 0
    for channel in subscription.channels:
        try:
            notify(channel, message, allowed)
        except (Away, Refused) as error:
            failed += 1
            console.print(f"not told: {error}", markup=False, highlight=False, soft_wrap=True)
        else:
            console.print(f"told: {masked(channel)}", markup=False, highlight=False, soft_wrap=True)
    if failed:
        raise Problem(f"{failed} of {len(subscription.channels)} channels did not take the test")
