"""Watches the news wire. `wirewatch.open()` gives a program what was read; all else is what assembles the rooms."""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wirewatch.desk import Desk

__all__ = ["open"]

# Before anything loads the matrix library: its threads spin while they wait for each other, and an article then costs
# four times the CPU. Workers are processes; each has its core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def open(db: str | os.PathLike[str] | None = None, **settings: Any) -> "Desk":
    """An installation to read (docs/python.md): the file `db`, or the one or the servers that the settings name.

    `settings` are those of docs/settings.md by their small names, and go before environment and file. Raises
    wirewatch.settings.SettingsError, and runtime.ports.ControlError where there is no such installation.
    """
    # here: whoever imports the package to run a worker, or nothing at all, pays for none of it
    from wirewatch.desk import Desk
    from wirewatch.settings import load

    if db is not None:  # the file, whatever servers the environment names
        settings = {"kafka": "", "elasticsearch": ""} | settings | {"db": db}
    return Desk(load(**settings))
