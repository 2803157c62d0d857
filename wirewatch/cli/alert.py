"""`wirewatch alert`: what to be told of, and whom to tell."""

import typer

from wirewatch.cli import alert_change, alert_files, alert_shown, alert_tell

app = typer.Typer(help="What to be told of, and whom to tell.", no_args_is_help=True)
for part in (alert_change, alert_tell, alert_shown, alert_files):
    part.register(app)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="alert")
