"""Reading on: everything of a listing that comes in pages, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

Ask = Callable[[str | None], tuple[Sequence[T], str | None]]
"""Asks for the page behind a place (None: the first): what is on it, and the place that the next stands behind."""


def paged(ask: Ask[T]) -> Iterator[T]:
    """All of it, in order; a page is asked for when the one before it has been used up."""
    found, after = ask(None)
    yield from found
    while after is not None:
        found, after = ask(after)
        yield from found
