"""`wirewatch serve`: the HTTP API of an installation that others work; `wirewatch token`: who may use it."""

from typing import Annotated

import typer

from runtime.shutdown import Stopping
from schemas.clock import utc_now
from schemas.lines import TokenLine
from schemas.outcome import Output
from schemas.token import SCOPES, Scope
from schemas.topics import TOKENS
from web.tokens import made, tokens
from wirewatch.cli.context import Problem, acting, problems_told, reading, settings
from wirewatch.cli.output import AsJson, console, show
from wirewatch.logging import log_to_terminal

token = typer.Typer(help="Who may use the HTTP API from elsewhere, and for what.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.add_typer(token, name="token")


def serve() -> None:
    """Serve the HTTP API and the pages until stopped, beside whoever works the stages. `up` does so by itself."""
    # here: FastAPI takes a second to load, which no other command should pay
    from wirewatch.compose import web

    log_to_terminal()
    stopping = Stopping()
    force = settings()
    if not force.http_port:
        raise Problem("WIREWATCH_HTTP_PORT is 0: no port to serve on")
    with problems_told(), web.opened(force) as installation:
        server = web.serve(installation, force)
        line = f"pages: {server.address}; for programs: {server.address}/api/v1; Ctrl-C stops"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
        stopping.wait()
        server.close()


@token.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose it is.")],
    scope: Annotated[list[str] | None, typer.Option(help=f"May be given again: {', '.join(SCOPES)}.")] = None,
) -> None:
    """Make a token and show it, once. It may read; what else, the scopes say."""
    wanted = tuple(dict.fromkeys(["read", *(scope or ())]))
    if unknown := [one for one in wanted if one not in SCOPES]:
        raise Problem(f"there is no scope {unknown[0]!r}: it is one of {', '.join(SCOPES)}")
    chosen: tuple[Scope, ...] = wanted
    with acting() as control:
        secret, kept = made(name, chosen, utc_now())
        control.publish([Output(TOKENS, kept)])
    console.print(secret, markup=False, highlight=False, soft_wrap=True)


@token.command(name="list")
def list_tokens(as_json: AsJson = False) -> None:
    """List the tokens in force; they themselves are kept nowhere."""
    with reading() as reader:
        rows = [TokenLine(name=one.name, scopes=one.scopes, created=one.created) for one in tokens(reader)]
    show(rows, ("name", "scopes", "created"), as_json, "there are no tokens")


@token.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="Whose it was.")]) -> None:
    """Refuse a token from now on."""
    with reading() as reader:
        kept = [one for one in tokens(reader) if one.name == name]
    if not kept:
        raise Problem(f"there is no token of {name!r}: `wirewatch token list` shows them")
    with acting() as control:
        control.publish([Output(TOKENS, kept[0].model_copy(update={"deleted": True}))])
    console.print(f"the token of {name!r} is refused from now on", markup=False, highlight=False)
