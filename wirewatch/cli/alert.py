"""`wirewatch alert`: what to be told of, and whom to tell."""

import typer

from wirewatch.cli.lazy import Lazy, lazy_group

COMMANDS = {
    "add": Lazy("wirewatch.cli.alert_change", "Be told when an article meets a query."),
    "edit": Lazy("wirewatch.cli.alert_change", "Change what is given of an alert; all else stays."),
    "rename": Lazy("wirewatch.cli.alert_change", "Give an alert another name."),
    "pause": Lazy("wirewatch.cli.alert_change", "Let an alert match nothing and send nothing until it is resumed."),
    "resume": Lazy("wirewatch.cli.alert_change", "Let an alert go on that was paused or muted."),
    "mute": Lazy("wirewatch.cli.alert_change", "Send nothing of an alert until then."),
    "remove": Lazy("wirewatch.cli.alert_change", "Turn an alert off."),
    "send-test": Lazy("wirewatch.cli.alert_tell", "Send a test message to each channel of an alert now."),
    "list": Lazy("wirewatch.cli.alert_shown", "List the alerts."),
    "show": Lazy("wirewatch.cli.alert_shown", "Show all of one alert."),
    "history": Lazy(
        "wirewatch.cli.alert_shown", "List what was alerted, the latest first, and what became of telling it."
    ),
    "why": Lazy("wirewatch.cli.alert_shown", "Show one alert: what was matched, when and why."),
    "test": Lazy("wirewatch.cli.alert_shown", "Show what an alert would have told in the past days."),
    "import": Lazy("wirewatch.cli.alert_files", "Turn on all alerts of an alerts.toml."),
    "export": Lazy("wirewatch.cli.alert_files", "Write all alerts as an alerts.toml."),
    "check": Lazy("wirewatch.cli.alert_files", "Try the alerts of a file on their own examples."),
}

app = typer.Typer(cls=lazy_group(COMMANDS), help="What to be told of, and whom to tell.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="alert")
