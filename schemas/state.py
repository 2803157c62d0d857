"""What compacted topics look like to code that needs them, and the one way to send."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol, TypeVar

from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)

Publish = Callable[[Sequence[Output]], object]
"""Sends outputs and returns when all are confirmed: articles before the state that stands for them.

Raises Hold when the log is away. Locally it is one transaction; on Kafka, sends that are waited for.
"""


@dataclass(frozen=True)
class Without:
    """Records that are left out: those whose field has one of these values."""

    field: str
    values: tuple[str, ...]

    def holds(self, record: Record) -> bool:
        """Whether a record is left out."""
        return getattr(record, self.field) in self.values

    def holds_written(self, record: bytes) -> bool:
        """Whether the JSON of a record says so, without reading it, which takes ten times as long: it is certain where
        the field is mentioned once. False where it is not, and for a value of which nobody knows here."""
        for piece in self._pieces:  # no `any`: called for a million records
            if piece in record:
                return record.count(self._mention) == 1
        return False

    @cached_property
    def _mention(self) -> bytes:
        return f"{json.dumps(self.field)}:".encode()

    @cached_property
    def _pieces(self) -> tuple[bytes, ...]:
        return tuple(self._mention + json.dumps(value).encode() for value in self.values)


class State(Protocol):
    """The last record of each key of a compacted topic. Reads only; writing is publishing. Calls may raise Hold."""

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        """The last record of `key`, or None where there is none."""
        ...

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """The last record of every key, in no order that matters."""
        ...

    def mapping(self, topic: Topic, kind: type[R]) -> Mapping[str, R]:
        """The last record of every key, by key: kept in memory, and the same object as long as nothing changes."""
        ...

    def scan(
        self,
        topic: Topic,
        kind: type[R],
        last: timedelta | None = None,
        without: Without | None = None,
        since: datetime | None = None,
    ) -> Iterator[R]:
        """As `items`, of all that is on the topic now, keeping nothing of it in memory afterwards.

        Of a topic that has a moment, only those of the `last` days before its newest, and of these those `since` a
        moment; some older may be among them.
        """
        ...

    def catch_up(self, *topics: Topic) -> None:
        """Return when all that is on these topics now is known here."""
        ...
