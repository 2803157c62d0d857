"""What commands share: the settings in force, the opened installation, and how a problem is told."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from runtime.ports import Control, Reader
    from stores.query import Query
    from wirewatch.compose.local import LocalPipeline
    from wirewatch.settings import Settings

# What the functions below need is loaded within them: `--help` needs none of it, and no command needs all.

options: dict[str, Any] = {}
"""Settings given on the command line; they go before environment and file."""


class Problem(Exception):  # noqa: N818 - it is told to a person, in one line
    """Why a command could not be done: what, where, and what to do."""


def settings() -> "Settings":
    """The settings in force."""
    from wirewatch.settings import SettingsError, load

    with told(SettingsError):
        return load(**options)


@contextmanager
def reading() -> "Iterator[Reader]":
    """The installation opened to read, beside whoever writes it."""
    from wirewatch.compose.open import open_reader

    force = settings()
    if force.kafka:  # in one process whoever reads says nothing
        _log_lines()
    with problems_told(), open_reader(force) as reader:
        yield reader


@contextmanager
def acting() -> "Iterator[Control]":
    """The installation opened to act on: the cluster, or a running `up`, or this process itself."""
    from wirewatch.compose.open import open_control

    _log_lines()
    with problems_told(), open_control(settings()) as control:
        yield control


@contextmanager
def working() -> "Iterator[LocalPipeline]":
    """The file opened by this process alone, to work its stages."""
    from wirewatch.compose.open import open_pipeline

    _log_lines()
    with problems_told(), open_pipeline(settings()) as pipeline:
        yield pipeline


def _log_lines() -> None:
    """What is opened may have something to say beside what the command prints."""
    from wirewatch.logging import log_to_terminal

    log_to_terminal()


@contextmanager
def problems_told() -> Iterator[None]:
    """What an installation refuses is told as a command's problem."""
    from runtime.ports import ControlError

    with told(ControlError):
        yield


def query(text: str, in_quote: bool = False) -> "Query":
    """A query of the command line, or a Problem that says where it is wrong; `in_quote`: on a quote's words."""
    from schemas.clock import utc_now
    from stores.query import QueryError, parse

    try:
        return parse(text, utc_now(), in_quote)
    except QueryError as error:
        raise Problem(f"the query does not parse: {error}") from error


def window(wanted: "Query", since: str | None, until: str | None) -> "Query":
    """A query within the times of the command line, or a Problem that says which cannot be read."""
    from schemas.clock import utc_now
    from stores.archive.window import WindowError, within

    with told(WindowError):
        return within(wanted, since, until, utc_now())


def moment(option: str, text: str | None) -> "datetime.datetime | None":
    """The beginning of a time of the command line, or a Problem that says which cannot be read."""
    from schemas.clock import utc_now
    from stores.archive.window import WindowError, beginning

    with told(WindowError):
        return beginning(option, text, utc_now()) if text is not None else None


def content(file: Path) -> bytes:
    """A file of the command line, or a Problem that says why it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}") from error


def lines(file: Path) -> list[str]:
    """The lines of a text file of the command line, or a Problem that says why they cannot be read."""
    try:
        return content(file).decode().splitlines()
    except UnicodeDecodeError as error:
        raise Problem(f"{file} cannot be read: it is not UTF-8 at byte {error.start}: save it as that") from error


@contextmanager
def told(kind: type[Exception]) -> Iterator[None]:
    """What is refused is told as a command's problem, in its own line: a place that no page gave, a wrong setting."""
    try:
        yield
    except kind as error:
        raise Problem(str(error)) from error
