"""Faust's consumer, which sees that the log lost its end: Faust itself passes over all that is written there then."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import structlog
from faust.transport.drivers import aiokafka

from runtime.exit import leave
from runtime.kafka import lost_end
from runtime.kafka.codec import Cluster
from schemas.outcome import Hold

logger = structlog.get_logger()


class Consumer(aiokafka.Consumer):
    """Leaves, to begin again at the place where the log goes on; what is at hand is then read again."""

    cluster: Cluster

    async def getmany(self, timeout: float) -> AsyncIterator[Any]:
        """As Consumer.getmany. A place behind the end is refused by the broker, and reading begins at the start."""
        async for partition, message in super().getmany(timeout):
            read = self._read_offset.get(partition)
            if read is not None and message.offset < read:
                await self._begin_again(partition, read)
            yield partition, message

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


def watching(cluster: Cluster) -> type[Consumer]:
    """The class for the workers of one Kafka: Faust makes the consumer itself."""
    return type("Consumer", (Consumer,), {"cluster": cluster})
