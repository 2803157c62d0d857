"""What handlers are given: the installation, a query that was read, and bounds of pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.convertors import Convertor, register_url_convertor

from stores.archive.window import WindowError
from stores.query import Query as NewsQuery
from stores.query import QueryError, parse
from stores.store import Said
from web.installation import Installation
from web.problems import ProblemError


def _installation(request: Request) -> Installation:
    installation: Installation = request.app.state.installation
    return installation


Here = Annotated[Installation, Depends(_installation)]


class _Any(Convertor[str]):
    """{id:any}: a part of a path that may hold any character, slashes and line ends among them, as ids may."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any", _Any())

Text = Annotated[str, Query(max_length=4_000, description="A query (docs/query-language.md); * is everything.")]
# A page of articles is some 500 bytes each: 200 are read at once, and whoever wants all goes on by `after`.
Limit = Annotated[int, Query(ge=1, le=200, description="Most results of a page.")]
After = Annotated[str | None, Query(max_length=2_000, description="`next` of the page before.")]
Speaker = Annotated[str | None, Query(max_length=200, description="A name, or a part of one.")]
About = Annotated[str | None, Query(max_length=4_000, description="What the words must meet: a query.")]
Where = Annotated[str | None, Query(max_length=4_000, description="What their article must be: a query.")]

When = Annotated[str, Query(max_length=100, description="A day, a moment, or now-7d.")]
Since = Annotated[str | None, Query(max_length=100, description="A day, a moment, or now-7d.")]
Until = Annotated[str | None, Query(max_length=100, description="As `since`; up to its end.")]
Day = Annotated[str, Query(max_length=10, description="A day, as 2025-10-12; without one, today.")]
Zone = Annotated[str, Query(max_length=100, description="Where a day begins: a time zone, as Europe/Kyiv.")]


def read(text: str, here: Installation, *, in_quote: bool = False) -> NewsQuery:
    """The query, read. Raises QueryError, which is answered as a problem with its position."""
    return parse(text, here.clock(), in_quote)


def said(here: Installation, speaker: str | None = None, about: str | None = None, where: str | None = None) -> Said:
    """Which quotes are meant; what is not given, or empty, narrows nothing. Raises QueryError."""
    return Said(
        speaker=speaker or None,
        about=read(about, here, in_quote=True) if about else None,
        where=read(where, here) if where else None,
    )


@contextmanager
def after_told() -> Iterator[None]:
    """An `after` that no page gave is a problem with that name."""
    try:
        yield
    except QueryError:  # which is a ValueError, too
        raise
    except ValueError as error:
        raise ProblemError(422, f"after: {error}") from error


@contextmanager
def window_told() -> Iterator[None]:
    """A day, a time or a zone that is none is a problem that says which."""
    try:
        yield
    except WindowError as error:
        raise ProblemError(422, str(error)) from error
