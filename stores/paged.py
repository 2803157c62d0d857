"""Reading on: a listing that comes in pages, all of it or its first so many."""

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


def first_pages(ask: Ask[T], most: int) -> tuple[list[T], bool]:
    """The first pages, until they hold so many; and whether these are all."""
    found: list[T] = []
    after = None
    while len(found) < most:
        page, after = ask(after)
        found += page
        if after is None:
            return found, True
    return found, False
