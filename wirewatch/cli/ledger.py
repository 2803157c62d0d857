"""ledger, trace, dead, forget: what became of every article, and taking one out."""

from datetime import datetime
from typing import Annotated

import typer

from runtime.ledger import Balance
from schemas.clock import utc_now
from wirewatch.against_store import missing
from wirewatch.cli.context import Problem, acting, reading, settings
from wirewatch.cli.entry_ledger import entry_account, print_entries
from wirewatch.cli.output import AsJson, console, print_json, show
from wirewatch.views import ledger_line, telling_line, whole_letter

# An article that many follow: beyond, `alert history` pages through them.
TELLINGS = 100
Identity = Annotated[str, typer.Argument(metavar="ID", help="An article's id.")]
Prove = Annotated[
    bool, typer.Option("--prove", help="Count every outcome anew, and compare with the account that is kept.")
]

dead = typer.Typer(help="What could not be processed: list it, look at it, send it on its way again.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(ledger)
    app.command()(trace)
    app.command()(forget)
    app.add_typer(dead, name="dead")


def ledger(
    prove: Prove = False,
    as_json: AsJson = False,
    against_store: Annotated[
        bool, typer.Option("--against-store", help="Ask the store, too, for every article that is said to be in it.")
    ] = False,
) -> None:
    """Show that nothing is lost: fetched = indexed + dropped + dead + in flight. Fails where something is.

    And before that: entries read in feeds = published + known + dropped.
    """
    with reading() as reader:
        account, entries = reader.ledger(prove), entry_account(reader)
        absent = missing(reader, settings().retention_days, utc_now()) if against_store else None
    if as_json:
        print_json(ledger_line(account, entries, absent))
    else:
        print_entries(entries)
        _print_account(account)
        for identity in absent or ():
            console.print(f"not in the store: {identity}", markup=False, highlight=False)
    if not account.balanced:
        raise Problem(f"{len(account.unaccounted)} revisions are unaccounted for")
    if absent:
        raise Problem(
            f"{len(absent)} articles that are entered as indexed are not in the store: "
            "`wirewatch replay --stage index --from MOMENT` brings back those that the log still holds"
        )
    if entries.unaccounted:
        raise Problem(f"entries of {len(entries.unaccounted)} feeds are unaccounted for")


def _print_account(account: Balance) -> None:
    rows = [("fetched", account.fetched), ("indexed", account.indexed)]
    rows += [(f"dropped, {reason}", number) for reason, number in sorted(account.dropped.items())]
    rows += [(f"dead, {reason}", number) for reason, number in sorted(account.dead.items())]
    rows += [("in flight", account.in_flight), ("unaccounted for", len(account.unaccounted))]
    show([{"what": what, "articles": number} for what, number in rows], ("what", "articles"), False, "")
    for identity, revision in account.unaccounted:
        console.print(f"unaccounted for: {identity} revision {revision}", markup=False, highlight=False)
    console.print("the ledger is balanced" if account.balanced else "the ledger is NOT balanced", markup=False)


def trace(identity: Identity, as_json: AsJson = False) -> None:
    """Show one article's way, stage by stage, with times, to the telling of each alert that it made."""
    with reading() as reader:
        rows = list(reader.trace(identity))
        rows += [telling_line(one) for one in reader.store.alerts(article=identity, limit=TELLINGS).alerts]
    if not rows:
        raise Problem(f"nothing is known of {identity}: `wirewatch search` shows the ids")
    shown = rows if as_json else [{**row.model_dump(), "at": _to_the_millisecond(row.at)} for row in rows]
    show(shown, ("at", "stage", "outcome", "reason", "revision"), as_json, "")


def _to_the_millisecond(moment: datetime) -> str:
    """Two stages of one article are often less than a second apart."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def forget(identity: Identity) -> None:
    """Take one article out everywhere, for good."""
    with acting() as control:
        if not control.forget(identity):
            raise Problem(f"nothing was known of {identity}; it will not be let in either")
    console.print(f"{identity} is forgotten", markup=False, highlight=False)


@dead.command(name="list")
def dead_list(as_json: AsJson = False) -> None:
    """List the dead letters."""
    with reading() as reader:
        rows = [letter.line for letter in reader.dead_letters()]
    show(rows, ("at", "id", "stage", "reason", "error"), as_json, "no dead letters")


@dead.command(name="show")
def dead_show(identity: Identity) -> None:
    """Show an article's dead letters whole."""
    with reading() as reader:
        letters = [letter for letter in reader.dead_letters() if letter.id == identity]
    if not letters:
        raise Problem(f"there is no dead letter of {identity}: `wirewatch dead list` shows them")
    for letter in letters:
        print_json(whole_letter(letter))


@dead.command(name="replay")
def dead_replay(
    identity: Identity, stage: Annotated[str | None, typer.Option(help="Only the letter of this stage.")] = None
) -> None:
    """Send an article's dead letters on their way again."""
    with acting() as control:
        number = control.replay_letter(identity, stage)
        control.start()
        control.drain()
    if not number:
        raise Problem(f"there is no dead letter of {identity}: `wirewatch dead list` shows them")
    console.print(f"{number} sent on their way again", markup=False, highlight=False)
