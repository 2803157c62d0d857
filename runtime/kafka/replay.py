"""Replays a stretch of the log through one stage, beside the live workers: a newer model under the same ids.

It commits to a group of its own: live articles wait for nothing, and an interrupted replay goes on where it was.
The store takes what it makes by its version; the articles are silent, so that nobody is told again.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from kafka import TopicPartition
from kafka.structs import OffsetAndMetadata

from runtime.backoff import Backoff
from runtime.kafka import offsets, topic_reader
from runtime.kafka.codec import Cluster, EncodedRecord
from runtime.kafka.recorder import KafkaRecorder, Received, receive
from runtime.kafka.run_batch import run_batch
from runtime.ports import Progress, untold
from runtime.recorder import OutcomeRecorder
from schemas.article import Article
from schemas.clock import Clock, utc_now
from schemas.ledger import Origin
from schemas.outcome import Hold
from schemas.record import Record
from schemas.stage import Stage, Step

logger = structlog.get_logger()

Send = Callable[[Sequence[EncodedRecord]], None]
"""Sends, and returns when all are confirmed; raises Hold."""


@dataclass(frozen=True)
class Stretch:
    """Which part of the log, and the name under which an interrupted replay of it goes on."""

    since: datetime
    name: str


class Replay:
    """One replay of one stage."""

    def __init__(self, stage: Stage, step: Step[Any], cluster: Cluster, send: Send, clock: Clock = utc_now) -> None:
        """`step`: the stage, opened."""
        self._stage = stage
        self._step = step
        self._cluster = cluster
        self._send = send
        self._recorder = KafkaRecorder(OutcomeRecorder(stage.name, clock), cluster)

    def run(self, stretch: Stretch, progress: Progress = untold) -> int:
        """Replay to the end of the log as it is now; how many records. Waits out what is away."""
        done = 0
        with topic_reader.opened(
            self._cluster, self._cluster.group(f"replay-{self._stage.name}-{stretch.name}")
        ) as plain:
            every = topic_reader.partitions(plain, self._cluster.name(self._stage.reads))
            plain.assign(every)
            ends = offsets.ends(plain, every)
            topic_reader.resume(plain, every, stretch.since, ends)
            total = sum(max(0, ends[each] - plain.position(each)) for each in every)
            while batch := self._batch(plain, ends):
                self._insist(batch)
                plain.commit({each: OffsetAndMetadata(plain.position(each), "", -1) for each in every})
                done += len(batch)
                progress(done, total)
        return done

    def _batch(self, plain: Any, ends: Mapping[TopicPartition, int]) -> list[Received]:
        """The next records before `ends`; none at the end."""
        while any(plain.position(each) < end for each, end in ends.items()):
            polled = plain.poll(timeout_ms=topic_reader.POLL_MS, max_records=self._stage.batch)
            rows = [m for each, messages in polled.items() for m in messages if m.offset < ends[each]]
            if rows:
                return [self._received(row) for row in rows]
        return []

    def _received(self, message: Any) -> Received:
        origin = Origin(topic=self._stage.reads.name, partition=message.partition, offset=message.offset)
        read = receive(self._stage.reads, origin, message.key, message.value, message.headers)
        return replace(read, incoming=replace(read.incoming, record=_silent(read.incoming.record)))

    def _insist(self, batch: Sequence[Received]) -> None:
        backoff = Backoff()
        while True:
            try:
                handled = run_batch(self._stage.name, self._step, self._recorder, batch)
                self._send([one.encoded for each in handled for one in each.outgoing])
                return
            except Hold as hold:
                logger.warning("held", stage=self._stage.name, why=hold.why)
            time.sleep(backoff.pause())


def _silent(record: Record | None) -> Record | None:
    return record.model_copy(update={"silent": True}) if isinstance(record, Article) else record
