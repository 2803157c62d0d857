"""What a batch became is sent a partition at a time; where each record stands is said in the order of the records."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import faust
import pytest
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # it ships no types
from aiokafka.partitioner import DefaultPartitioner  # type: ignore[import-untyped]
from aiokafka.producer.message_accumulator import BatchBuilder  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from runtime.kafka.codec import EncodedRecord
from runtime.kafka.sender import Sender

PARTITIONS = {"delivery": 1, "outcomes": 4}
BATCH_BYTES = 1000


class Broker:
    """Where a producer's batches go, each partition a list of keys; the producer's own part is the client's."""

    def __init__(self) -> None:
        self.logs: dict[tuple[str, int], list[bytes]] = {}
        self.requests = 0
        self.refuses = False

    async def partitions_for(self, topic: str) -> set[int]:
        return set(range(PARTITIONS[topic]))

    def create_batch(self) -> Any:
        return Noting(BATCH_BYTES, 0)

    async def send_batch(self, batch: Any, topic: str, *, partition: int) -> Any:
        return self._take(batch, topic, partition)

    async def _take(self, batch: Any, topic: str, partition: int) -> Any:
        await asyncio.sleep(0)
        if self.refuses:
            raise KafkaError("no")
        self.requests += 1
        log = self.logs.setdefault((topic, partition), [])
        first = len(log)
        log += batch.keys
        return SimpleNamespace(offset=first)

    def send(self, records: list[EncodedRecord]) -> list[tuple[int, int]]:
        async def started() -> Any:
            return SimpleNamespace(_ensure_producer=lambda: self)

        app = cast(faust.App, SimpleNamespace(maybe_start_producer=started))
        return [(place.partition, place.offset) for place in asyncio.run(Sender(app)(records))]


class Noting(BatchBuilder):  # type: ignore[misc]  # it ships no types
    """The client's own batch, which remembers the keys that it took."""

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self.keys: list[bytes] = []

    def append(self, **one: Any) -> Any:
        taken = super().append(**one)
        if taken is not None:
            self.keys.append(one["key"])
        return taken


def encoded(topic: str, key: str, size: int = 10) -> EncodedRecord:
    return EncodedRecord(topic, key.encode(), b"x" * size, (("schema", b"Delivery/1"),))


@given(
    st.lists(
        st.builds(encoded, st.sampled_from(sorted(PARTITIONS)), st.text(max_size=9), st.integers(0, 3 * BATCH_BYTES))
    )
)
def test_each_stands_where_it_is_said_to_and_in_order(records: list[EncodedRecord]) -> None:
    broker = Broker()
    places = broker.send(records)
    for one, (partition, offset) in zip(records, places, strict=True):
        assert broker.logs[one.topic, partition][offset] == one.key
        every = list(range(PARTITIONS[one.topic]))
        assert partition == DefaultPartitioner()(one.key, every, every)  # as every client places it
    assert sum(map(len, broker.logs.values())) == len(records)
    assert all(
        [offset for (partition, offset), one in zip(places, records, strict=True) if (one.topic, partition) == at]
        == list(range(len(log)))
        for at, log in broker.logs.items()
    )


def test_what_fits_together_is_one_request() -> None:
    broker = Broker()
    broker.send([encoded("delivery", str(number)) for number in range(10)])
    assert broker.requests == 1


def test_what_is_refused_is_raised() -> None:
    broker = Broker()
    broker.refuses = True
    with pytest.raises(KafkaError):
        broker.send([encoded("delivery", "a")])
