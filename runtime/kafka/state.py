"""State on Kafka (schemas.state.State): the last record of each key, by a plain consumer from the topic's start.

No group and no Faust table: everybody who asks reads all of it. What the same worker has just published is seen
at once (`confirmed`); what others had published before a batch, by that batch (`expire`), and else within a fraction
of a second. A record that a newer wirewatch wrote is a Hold; one that is none is passed over aloud.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, cast

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.compiled_records import Row
from runtime.kafka.ends import Ends
from runtime.kafka.followed import Followed
from schemas.outcome import Output
from schemas.record import Record
from schemas.state import Without
from schemas.topics import Topic

if TYPE_CHECKING:
    from runtime.kafka.key_index import KeyIndex

R = TypeVar("R", bound=Record)


# How old an answer may be where nobody says `expire`: what another process wrote is seen within this.
FRESH_SECONDS = 0.25


@dataclass(frozen=True)
class Confirmed:
    """An output that the broker has, and where."""

    output: Output
    value: bytes
    partition: int
    offset: int


class KafkaState:
    """Every compacted topic asked for is read once from its start, and then followed. Thread-safe."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._lock = threading.Lock()
        self._ends = Ends(cluster)
        self._followed: dict[Topic, Followed] = {}
        self._indexed: dict[Topic, KeyIndex] = {}
        self._expired_at = 0.0

    def expire(self) -> None:
        """What is asked for from now on is as new as this moment: a batch begins.

        It costs one question to the broker, whatever the batch asks for.
        """
        self._expired_at = time.monotonic()

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        """As State.get. Raises Hold where the log is away."""
        with self._lock:
            if topic.moment is None:
                return cast(R | None, self._fresh(topic).get(key.encode()))
            indexed = self._index(topic)
            indexed.refresh(self._since())
            return cast(R | None, indexed.get(key.encode()))

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """As State.items. Raises Hold where the log is away."""
        yield from self.scan(topic, kind) if topic.moment is not None else self.mapping(topic, kind).values()

    def mapping(self, topic: Topic, kind: type[R]) -> Mapping[str, R]:
        """The last record of every key, by key; the same object as long as nothing changed. Raises Hold."""
        with self._lock:
            return cast(Mapping[str, R], self._fresh(topic).mapping())

    def scan(
        self,
        topic: Topic,
        kind: type[R],
        last: timedelta | None = None,
        without: Without | None = None,
        since: datetime | None = None,
    ) -> Iterator[R]:
        """As State.scan, by when they were sent. Raises Hold.

        The index of the keys says which is the last record of each, so that none is kept. One that is written meanwhile
        may come twice, the later last.
        """
        with self._lock:
            indexed = self._index(topic)
            indexed.catch_up()
        newest: deque[Row] = deque(maxlen=indexed.REMEMBERED)
        rows = topic_reader.read(self._cluster, topic, last=last, since=since)
        while some := list(islice(rows, topic_reader.AT_ONCE)):
            if without is not None:
                some = [row for row in some if row.value is not None and not without.holds_written(row.value)]
            with self._lock:
                some = indexed.last_of(some)
            for row in some:
                if (record := topic_reader.record(topic, row, kind)) is not None:
                    newest.append(row)
                    if without is None or not without.holds(record):
                        yield record
        with self._lock:
            indexed.remember_all(newest)

    def catch_up(self, *topics: Topic) -> None:
        """As State.catch_up. What nobody has asked for yet is read to its end when it is first asked for; keys of a
        topic with a moment now, for that takes a while.

        Raises Hold.
        """
        with self._lock:
            for topic in topics:
                if topic.moment is not None:
                    self._index(topic).catch_up()
                if (followed := self._followed.get(topic)) is not None:
                    followed.catch_up()

    def confirmed(self, outputs: Sequence[Confirmed]) -> None:
        """Take over what this process has just published, without waiting to read it again."""
        with self._lock:
            for sent in outputs:
                if (followed := self._followed.get(sent.output.topic)) is not None:
                    key = sent.output.topic.key_of(sent.output.record).encode()
                    followed.put(key, sent.offset, sent.value)
                elif (indexed := self._indexed.get(sent.output.topic)) is not None:
                    key = sent.output.topic.key_of(sent.output.record).encode()
                    indexed.put(key, sent.partition, sent.offset, sent.value)

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            for followed in self._followed.values():
                followed.close()
            self._followed.clear()
            for indexed in self._indexed.values():
                indexed.close()
            self._indexed.clear()
            self._ends.close()

    def _since(self) -> float:
        """Since when what is answered must have been looked at."""
        return max(self._expired_at, time.monotonic() - FRESH_SECONDS)

    def _index(self, topic: Topic) -> "KeyIndex":
        """A large topic by its keys."""
        if topic not in self._indexed:
            # here: numpy takes a tenth of a second to load, and whoever only looks at the log wants no keys
            from runtime.kafka.key_index import KeyIndex

            self._indexed[topic] = KeyIndex(self._cluster, topic, self._ends)
        return self._indexed[topic]

    def _fresh(self, topic: Topic) -> Followed:
        if topic not in self._followed:
            self._followed[topic] = Followed(self._cluster, topic, self._ends)
        followed = self._followed[topic]
        followed.refresh(self._since())
        return followed
