"""A group of commands whose modules are loaded when one of them is asked for.

Loading all of them takes a second, which `--help`, `--version` and a command that needs one module should not pay.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_group


class Lazy(NamedTuple):
    """Where a command is, and the line that `--help` has of it."""

    module: str
    """A module with `register(app)`, which adds the command."""
    line: str


class LazyCommands(MutableMapping[str, Any]):
    """Commands by name; one is loaded when it is looked up. `loaded`: those that are there already come last."""

    def __init__(self, places: Mapping[str, Lazy], loaded: Mapping[str, Any]) -> None:
        self._places = places
        self._loaded = dict(loaded)
        self._names = list(dict.fromkeys((*places, *loaded)))

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _load(self._places[name].module, name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _line(places: Mapping[str, Lazy], name: str, commands: Mapping[str, Any]) -> str:
    return places[name].line if name in places else commands[name].get_short_help_str(limit=100)


def _load(module: str, name: str) -> Any:
    part = typer.Typer(rich_markup_mode=None, add_completion=False)
    part.callback()(_nothing)
    import_module(module).register(part)
    return get_group(part).commands[name]


def _nothing() -> None:
    """Makes a group also of a part with one command."""


def lazy_group(places: Mapping[str, Lazy]) -> type[TyperGroup]:
    """The class of a group with these commands."""

    class LazyGroup(TyperGroup):
        def __init__(self, **known: Any) -> None:
            super().__init__(**known)
            self.commands = LazyCommands(places, self.commands)

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            """As TyperGroup's, of the lines that are known without loading."""
            with formatter.section("Commands"):
                formatter.write_dl([(name, _line(places, name, self.commands)) for name in self.commands])

    return LazyGroup
