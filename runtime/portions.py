"""A batch in the portions that are handled and committed one by one, as its step wants it. Both runtimes do so."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from schemas.record import Record
from schemas.stage import Step

T = TypeVar("T")


def portions(step: Step[Any], batch: Sequence[T], record: Callable[[T], Record | None]) -> Iterator[Sequence[T]]:
    """`batch` in its order. The step is asked anew before each portion: meanwhile it may have learned something."""
    while batch:
        number = max(1, step.together([record(each) for each in batch]))
        yield batch[:number]
        batch = batch[number:]
