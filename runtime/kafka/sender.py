"""Sends what a batch of records became: one request's worth for each partition, confirmed together.

Faust's own producer takes them one by one, each with a future of its own, and an article may become hundreds of alerts.
Knows neither stages nor outcomes.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import faust
from aiokafka.partitioner import DefaultPartitioner  # type: ignore[import-untyped]  # it ships no types

from runtime.kafka.codec import EncodedRecord

# As every client of ours chooses: a key is always in the same partition.
_BY_KEY = DefaultPartitioner()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands on its topic."""

    partition: int
    offset: int


class Sender:
    """Sends by the producer of a Faust app."""

    def __init__(self, app: faust.App) -> None:
        self._app = app

    async def __call__(self, records: Sequence[EncodedRecord]) -> list[Place]:
        """Send all, in their order in each partition; where each stands, once the broker has confirmed all of them.

        Raises KafkaError: some may stand there, and some not.
        """
        started: Any = await self._app.maybe_start_producer()
        producer = started._ensure_producer()
        partitions = {name: sorted(await producer.partitions_for(name)) for name in {one.topic for one in records}}
        at: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for number, one in enumerate(records):
            at[one.topic, _partition(one.key, partitions[one.topic])].append(number)
        sent = await asyncio.gather(
            *(_send(producer, *place, [records[number] for number in numbers]) for place, numbers in at.items())
        )
        placed = {
            number: Place(partition, offset)
            for ((_, partition), numbers), offsets in zip(at.items(), sent, strict=True)
            for number, offset in zip(numbers, offsets, strict=True)
        }
        return [placed[number] for number in range(len(records))]


def _partition(key: bytes, partitions: list[int]) -> int:
    """Where there is but one it is not asked for: its answer is worked out in Python, a byte at a time."""
    return partitions[0] if len(partitions) == 1 else int(_BY_KEY(key, partitions, partitions))


async def _send(producer: Any, topic: str, partition: int, records: Sequence[EncodedRecord]) -> list[int]:
    """Their offsets."""
    offsets: list[int] = []
    while len(offsets) < len(records):
        batch = producer.create_batch()
        number = 0
        for one in records[len(offsets) :]:
            if batch.append(timestamp=None, key=one.key, value=one.value, headers=list(one.headers)) is None:
                break  # it is full; the first is taken whatever its size
            number += 1
        first = (await (await producer.send_batch(batch, topic, partition=partition))).offset
        offsets += range(first, first + number)
    return offsets
