"""Reading on: a listing that comes in pages, all of it, its first so many, or as one page of any length."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

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


class Page(Protocol):
    """A page of a listing."""

    @property
    def next(self) -> str | None:
        """The place that the next page stands behind; None on the last."""
        ...


P = TypeVar("P", bound=Page)


def filled(
    ask: Callable[[int, str | None], P], lines: Callable[[P], Iterable[T]], limit: int, after: str | None, at_once: int
) -> tuple[list[T], P]:
    """A page as long as is wanted, of what each page that a store gives becomes, and the last of these pages, which has
    the total and the place to go on behind. `ask`: for so many behind a place."""
    found: list[T] = []
    while True:
        page = ask(min(at_once, limit - len(found)), after)
        found += lines(page)
        after = page.next
        if after is None or len(found) >= limit:
            return found, page
