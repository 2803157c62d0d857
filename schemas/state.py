"""What compacted topics look like to code that needs them, and the one way to send."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)

Publish = Callable[[Sequence[Output]], object]
"""Sends outputs and returns when all are confirmed: articles before the state that stands for them.

Raises Hold when the log is away. Locally it is one transaction; on Kafka, sends that are waited for.
"""


class State(Protocol):
    """The last record of each key of a compacted topic. Reads only; writing is publishing."""

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        """The last record of `key`, or None where there is none."""
        ...

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """The last record of every key, in no order that matters."""
        ...
