"""What a stage waits for is told when it changes, by the owner of each partition, and read as one thing."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from runtime.kafka.held import HeldTeller, held
from runtime.memory import MemoryLog
from schemas.outcome import Output
from schemas.stage import Wait

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
AWAY = Wait("index", NOW, "the store is away")


class Worker:
    """A worker whose waits and whose broker are the test's."""

    def __init__(self, log: MemoryLog) -> None:
        self.waits: list[Wait] = []
        self.broker_is_away = False
        self._log = log
        self.teller = HeldTeller("index", lambda: self.waits, self._send)

    async def _send(self, outputs: Sequence[Output]) -> None:
        if self.broker_is_away:
            raise ConnectionError("Kafka is away")
        self._log.publish(outputs)

    def tell(self, *partitions: int) -> None:
        asyncio.run(self.teller.tell(partitions))


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def test_a_hold_is_told_and_its_end_too(log: MemoryLog) -> None:
    worker = Worker(log)
    worker.tell(0, 1)
    assert held(log) == {"index": ()}
    worker.waits = [AWAY]
    worker.tell(0, 1)
    assert held(log) == {"index": (AWAY,)}
    worker.waits = []
    worker.tell(0, 1)
    assert held(log) == {"index": ()}


def test_what_has_not_changed_is_not_told_again(log: MemoryLog) -> None:
    worker = Worker(log)
    for _ in range(3):
        worker.tell(0)
    assert len(log.sent) == 1
    worker.tell(0, 1)
    assert len(log.sent) == 2


def test_two_workers_that_wait_for_one_thing_wait_since_the_first(log: MemoryLog) -> None:
    first, second = Worker(log), Worker(log)
    first.waits = [AWAY]
    second.waits = [Wait("index", NOW + timedelta(minutes=1), AWAY.why)]
    second.tell(1)
    first.tell(0)
    assert held(log) == {"index": (AWAY,)}


def test_the_next_owner_takes_back_what_a_killed_one_has_told(log: MemoryLog) -> None:
    killed, next_owner = Worker(log), Worker(log)
    next_owner.tell(0)
    killed.waits = [AWAY]
    killed.tell(0)
    next_owner.teller.begin_anew()
    next_owner.tell(0)
    assert held(log) == {"index": ()}


def test_what_could_not_be_told_is_told_the_next_time(log: MemoryLog) -> None:
    worker = Worker(log)
    worker.waits, worker.broker_is_away = [AWAY], True
    with pytest.raises(ConnectionError):
        worker.tell(0)
    worker.broker_is_away = False
    worker.tell(0)
    assert held(log) == {"index": (AWAY,)}
