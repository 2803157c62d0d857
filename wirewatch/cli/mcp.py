"""`wirewatch mcp`: what was read, for an assistant that speaks the Model Context Protocol."""

import typer

from wirewatch.cli.context import Problem, reading
from wirewatch.logging import log_to_terminal

MISSING = "this needs the SDK of the Model Context Protocol: pip install 'wirewatch[mcp]'"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mcp)


def mcp() -> None:
    """Answer an assistant's questions over standard input and output, reading only. The assistant starts it."""
    log_to_terminal()  # standard output is the protocol's
    try:
        # here: an extra, and it takes a second to load
        from web.mcp import server
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "mcp":
            raise Problem(MISSING) from error
        raise
    with reading() as reader:
        server(reader).run()
