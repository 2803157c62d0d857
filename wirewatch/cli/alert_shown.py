"""`wirewatch alert list|show|history|why|test`: what is on, what was told, and what would be."""

import sys
from collections.abc import Container, Iterator
from math import ceil
from typing import Annotated

import typer

from alerts import in_words, subscriptions
from alerts.backtest import Backtest, backtest, grown
from alerts.by_the_clock import is_by_the_clock, stretch
from alerts.cost import messages
from alerts.digest_text import text
from schemas.alert import Subscription
from schemas.clock import utc_now
from schemas.in_force import alerts_in_force
from schemas.record import Record
from wirewatch.cli.alert_change import Name, named
from wirewatch.cli.alert_policy import Growth
from wirewatch.cli.context import Problem, query, reading
from wirewatch.cli.output import AsJson, console, print_json, show
from wirewatch.views import alert_line, counted_of, grown_line, told_line, why_line

# What `when` says of an alert.
SAID_IN_WORDS = frozenset(
    {
        "policy",
        "digest_minutes",
        "digest_time",
        "cooldown_minutes",
        "most_an_hour",
        "growth",
        "altered",
        "quiet",
    }
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="list")(list_alerts)
    app.command(name="show")(show_alert)
    app.command()(history)
    app.command()(why)
    app.command(name="test")(try_out)


def list_alerts(as_json: AsJson = False) -> None:
    """List the alerts."""
    with reading() as reader:
        rows = [alert_line(subscription) for subscription in alerts_in_force(reader.state)]
    show(rows, ("name", "query", "when", "channels", "state"), as_json, "no alerts are on")


def show_alert(
    name: Name,
    reveal: Annotated[bool, typer.Option("--reveal", help="With what is secret in its channels; terminals only.")] = (
        False
    ),
    as_json: AsJson = False,
) -> None:
    """Show all of one alert. Of its channels only the kind, and the host where that is one."""
    if reveal and not sys.stdout.isatty():
        raise Problem("--reveal shows secrets on a terminal only; `wirewatch alert export` writes them into a file")
    with reading() as reader:
        subscription = named(reader, name)
    _show_fields(alert_line(subscription, reveal), as_json, SAID_IN_WORDS)


def history(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only what this alert found.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what was alerted, the latest first, and what became of telling it."""
    with reading() as desk:
        rows = desk.store.alerts(name, limit=limit).alerts
    columns = ("matched_at", "subscription_name", "status", "channels", "title", "id")
    show(rows, columns, as_json, "nothing was alerted")


def why(
    identity: Annotated[str, typer.Argument(metavar="ID", help="An alert's id: `alert history` shows them.")],
    as_json: AsJson = False,
) -> None:
    """Show one alert: what was matched, when and why, whom it was told, what it waits for, or what refused it."""
    with reading() as desk:
        found = desk.store.alerts(id=identity, limit=1).alerts
        counted = counted_of(desk, found[0]) if found else ()
    if not found:
        raise Problem(f"there is no alert {identity}: `wirewatch alert history` shows their ids")
    _show_fields(why_line(found[0], counted), as_json)


def _show_fields(line: Record, as_json: bool, left_out: Container[str] = ()) -> None:
    if as_json:
        print_json(line)
        return
    shown = ((field, value) for field, value in line.model_dump().items() if field not in left_out)
    told = [{"field": field, "value": _lines(value)} for field, value in shown if value not in (None, [], (), False)]
    show(told, ("field", "value"), False, "")


def _lines(value: object) -> object:
    """Of several values a line each: sentences have commas of their own."""
    return "\n".join(str(one) for one in value) if isinstance(value, (list, tuple)) else value


def try_out(
    name: Annotated[str, typer.Argument(metavar="NAME|QUERY", help="An alert's name, or a query to try.")],
    days: Annotated[int, typer.Option(min=1, max=36_500, help="How many days to look back.")] = 30,
    growth: Growth = None,
    as_json: AsJson = False,
) -> None:
    """Show what an alert would have told in the past days, from what is stored, before it goes live."""
    with reading() as reader:
        known = subscriptions.named(alerts_in_force(reader.state), name)
        tried = known or Subscription(id=subscriptions.identity(name), name=name, query=name)
        query(tried.query)
        if is_by_the_clock(tried):
            # here: no other command makes one, and it brings what writes logs
            from alerts.digests import digested

            told = digested(reader.store, tried, *stretch(tried, utc_now()))
            if as_json:
                print_json(told)
            else:
                console.print(text(told), markup=False, highlight=False, soft_wrap=True)
            return
        if times := tried.growth if growth is None else growth:
            found = grown(tried.query, reader.store, utc_now(), days, times)
            grew = [grown_line(one) for one in reversed(found)]
            show(grew, ("date", "origins", "usual"), as_json, "nothing would have been told")
            return
        result = backtest(tried.query, reader.store, utc_now(), days=days, policy=tried.policy)
    rows = [told_line(told) for told in result.told]
    show(rows, ("date", "title", "why"), as_json, "nothing would have been told")
    if not as_json:
        for line in _often(result, tried):
            console.print(line, markup=False, highlight=False)


# Of the busiest day: what a terminal of 80 columns has room for beside the date and the number.
LONGEST_BAR = 50


def _often(result: Backtest, tried: Subscription) -> Iterator[str]:
    most = max((number for _, number in result.by_day()), default=0)
    for day, number in result.by_day():
        yield f"{day} {number:>5} {'#' * ceil(number * LONGEST_BAR / most)}".rstrip()
    sent = messages(tried, result.moments)
    yield f"{result}, out of {result.articles} articles that meet it; {sent} messages as “{in_words.policy(tried)}”"
