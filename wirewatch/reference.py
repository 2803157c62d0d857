"""Writes docs/commands.md and docs/settings.md from the program itself; a test keeps them current."""

from collections.abc import Iterator
from pathlib import Path

import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from runtime.metrics import METRICS
from wirewatch.cli.app import app
from wirewatch.settings import PREFIX, Settings, why

FOLDER = Path(__file__).parents[1] / "docs"


def documents() -> dict[str, str]:
    """File name -> text."""
    return {"commands.md": _commands(), "settings.md": _settings()}


def _commands() -> str:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    lines = [
        "# Commands",
        "",
        "Written by `make docs` from the program. Every listing takes `--json`. Exit status: docs/search.md.",
        "",
    ]
    for name, command in _walk("wirewatch", root):
        lines += [f"## {name}", "", _help(command), ""]
        parameters = [row for parameter in command.params for row in _parameter(parameter)]
        if parameters:
            lines += ["| argument or option | meaning |", "|---|---|", *parameters, ""]
    return "\n".join(lines).rstrip() + "\n"


def _walk(name: str, command: TyperCommand | TyperGroup) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    yield name, command
    if isinstance(command, TyperGroup):
        for sub in command.commands.values():
            assert isinstance(sub, TyperCommand | TyperGroup)
            yield from _walk(f"{name} {sub.name}", sub)


def _help(command: TyperCommand | TyperGroup) -> str:
    return " ".join((command.help or "").split())


def _parameter(parameter: object) -> Iterator[str]:
    if isinstance(parameter, TyperArgument):
        name = parameter.metavar or str(parameter.name).upper()
        yield f"| `{name}` | {parameter.help or ''} |"
    elif isinstance(parameter, TyperOption) and parameter.name not in ("install_completion", "show_completion"):
        names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
        yield f"| {names} | {parameter.help or ''} |"


def _settings() -> str:
    lines = [
        "# Settings",
        "",
        "Written by `make docs` from the program. A setting is read from the command line (`--db` only), then the",
        "environment, then `wirewatch.toml` in the working folder (there without prefix, in lower case). A name that",
        "does not exist is an error. `wirewatch config` shows the values in force.",
        "",
        "| name | default | meaning | why that default |",
        "|---|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.default if str(field.default) else "(empty)"
        lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} | {why(name)} |")
    lines += [
        "",
        "# Metrics",
        "",
        "Served on loopback at `WIREWATCH_METRICS_PORT`.",
        "",
        "| name | meaning |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in METRICS.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write all of them."""
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
