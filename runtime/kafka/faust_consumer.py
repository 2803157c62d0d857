"""Faust's consumer, which hands on many records as one message, and sees that the log lost its end.

Faust passes on each message by a dozen calls and two tasks, which took longer than all else that is done with an alert.
So what one look brought of a partition, a run, is one message to it, whose value are the client's own records and whose
offset is the last one's. Of a log that lost its end Faust itself passes over all that is written there then.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import structlog
from aiokafka.structs import ConsumerRecord  # type: ignore[import-untyped]  # it ships no types
from faust.transport.drivers import aiokafka

from runtime.exit import leave
from runtime.kafka import lost_end
from runtime.kafka.codec import Cluster
from runtime.kafka.progress import Progress
from schemas.outcome import Hold

logger = structlog.get_logger()


class Run(list[ConsumerRecord]):
    """The client's records of a partition that one look brought, at least one."""

    begins: int
    """The place from which they were read: of the records from here to the last none is missing."""


class Consumer(aiokafka.Consumer):
    """Commits behind what was handled without a gap. Where the log lost its end it leaves, to begin again at the place
    where the log goes on; what is at hand is then read again."""

    cluster: Cluster

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._expected: dict[Any, int] = {}
        """For each partition the first record that was not handed on, since its place was last sought."""
        self._asked_again: dict[Any, int] = {}
        """The same, where what was passed over was asked for once more."""
        self._progress: dict[Any, Progress] = {}
        """How far each partition was handled, since its place was last sought."""
        self._client = asyncio.Lock()
        """Held by a look and by a seek: what a look brings that began before a seek would be taken for what was
        sought, and what stands between for read."""

    async def perform_seek(self) -> None:
        """As Consumer.perform_seek: go to what is committed, and where nothing is, to the start."""
        async with self._client:
            await super().perform_seek()
        self._expected = {partition: place or 0 for partition, place in self._read_offset.items()}
        self._asked_again.clear()
        self._progress = {partition: Progress(place) for partition, place in self._expected.items()}

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """As Consumer.on_partitions_revoked: what was handled is committed, and is another's from then on."""
        await super().on_partitions_revoked(revoked)
        for partition in revoked:
            self._progress.pop(partition, None)

    async def _getmany(self, active_partitions: Any, timeout: float) -> Any:
        """As Consumer._getmany: of each partition its run."""
        async with self._client:
            fetched = await super()._getmany(active_partitions, timeout)
        return {partition: [_run(records)] for partition, records in fetched.items() if records}

    def on_buffer_full(self, tp: Any) -> None:
        """Nothing: whoever hands on waits until there is room. Faust would rest for a second."""

    async def _add_gap(self, tp: Any, offset_from: int, offset_to: int) -> None:
        """Nothing: a run has the offset of its last record, and those before are no gap."""

    def ack(self, message: Any) -> bool:
        """As Consumer.ack, of a run."""
        progress = self._progress.get(message.tp)
        if progress is not None:
            progress.handled(message.value.begins, message.offset + 1)
        return bool(super().ack(message))

    def _new_offset(self, tp: Any) -> int | None:
        """Behind what was handled without a gap: a run behind one that was let go of waits for it."""
        acked = self._acked[tp]
        if not acked or tp not in self._progress:
            return None
        acked.clear()
        self._acked_index[tp].clear()
        return self._progress[tp].place

    async def getmany(self, timeout: float) -> AsyncIterator[Any]:
        """As Consumer.getmany. A place behind the end is refused by the broker, and reading begins at the start."""
        async for partition, message in super().getmany(timeout):
            read = self._read_offset.get(partition)
            run: Any = message.value  # a Run, which Faust believes bytes
            if read is not None and run[0].offset < read:
                await self._begin_again(partition, read)
            if await self._asks_again(partition, run[0].offset):
                continue
            run.begins = self._expected.get(partition, run[0].offset)
            yield partition, message
            if self.flow_active:  # where it was stopped meanwhile, the run was let go of
                self._expected[partition] = message.offset + 1

    async def _asks_again(self, partition: Any, first: int) -> bool:
        """Whether records before `first` were passed over, and are asked for again, once: a log may have gaps."""
        expected = self._expected.get(partition)
        if expected is None or first <= expected or self._asked_again.get(partition) == expected:
            return False
        self._asked_again[partition] = expected
        logger.info("asks again for what was passed over", partition=str(partition), place=expected, came=first)
        if partition in self.assignment():
            await self._thread.call_thread(self._go_back, partition, expected)
        return True

    async def _go_back(self, partition: Any, place: int) -> None:
        """In the client's own thread: who waits for records there is woken."""
        self._thread.seek(partition, place)

    async def _begin_again(self, partition: Any, read: int) -> None:
        topic, number = partition.topic, partition.partition
        why = f"{topic} lost its end (partition {number} was read to {read})"
        try:
            place = await asyncio.to_thread(lost_end.place, self.cluster, topic, number)
        except Hold as hold:
            leave(f"{why}: {hold.why}")
        logger.error("the log lost its end", topic=topic, partition=number, read=read, goes_on_at=place)
        await self._thread.commit({partition: place})
        leave(why)


def _run(records: list[ConsumerRecord]) -> ConsumerRecord:
    """One record in the place of all: the last's offset, and as its value a Run."""
    last = records[-1]
    return ConsumerRecord(
        last.topic,
        last.partition,
        last.offset,
        last.timestamp,
        last.timestamp_type,
        key=None,
        value=Run(records),
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=(),
    )


def watching(cluster: Cluster) -> type[Consumer]:
    """The class for the workers of one Kafka: Faust makes the consumer itself."""
    return type("Consumer", (Consumer,), {"cluster": cluster})
