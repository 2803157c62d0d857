"""Many records of a partition pass Faust as one message; the place behind those that were handled is committed."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.structs import ConsumerRecord  # type: ignore[import-untyped]  # it ships no types
from faust.transport import consumer as faust_consumer
from faust.types import TP

from runtime.kafka.codec import Cluster
from runtime.kafka.faust_agent import batches
from runtime.kafka.faust_app import make_app

ONE, TWO = TP("wire", 0), TP("wire", 1)


def record(at: TP, offset: int) -> Any:
    """A record as the client has it."""
    return ConsumerRecord(at.topic, at.partition, offset, 0, 0, b"key", b"value", None, 3, 5, ())


@pytest.fixture
def consumer() -> Any:
    """A worker's consumer, which nobody runs."""

    async def nothing(*_: object) -> None:
        return

    async def make() -> Any:
        app = make_app("match", Cluster("127.0.0.1:9"), 64)
        made: Any = app.transport.create_consumer(
            callback=nothing, on_partitions_revoked=nothing, on_partitions_assigned=nothing
        )
        made._thread.thread_loop.close()
        topics: Any = app.topics
        topics._acking_topics.add("wire")
        return made

    return asyncio.run(make())


def handed_on(consumer: Any, monkeypatch: pytest.MonkeyPatch, fetched: dict[TP, list[Any]]) -> list[Any]:
    """The messages that Faust is given of what one look brought."""

    async def look(*_: object) -> dict[TP, list[Any]]:
        return fetched

    async def go() -> list[Any]:
        consumer._active_partitions = set(fetched)
        return [message async for _, message in consumer.getmany(1.0)]

    monkeypatch.setattr(faust_consumer.ThreadDelegateConsumer, "_getmany", look)
    monkeypatch.setattr(type(consumer), "highwater", lambda *_: 0)
    return asyncio.run(go())


class Client:
    """Notes which places are sought."""

    def __init__(self, sought: list[tuple[TP, int]]) -> None:
        self._sought = sought

    def assignment(self) -> set[TP]:
        return {ONE}

    async def call_thread(self, do: Any, *arguments: Any) -> None:
        await do(*arguments)

    def seek(self, partition: TP, place: int) -> None:
        self._sought.append((partition, place))


def committed(consumer: Any) -> dict[TP, int]:
    """What would be committed now; it is, as far as the consumer knows."""
    places: dict[TP, int] = consumer._filter_committable_offsets([ONE])
    consumer._committed_offset.update(places)
    return places


def test_what_one_look_brought_of_a_partition_is_one_message(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = {ONE: [record(ONE, 7), record(ONE, 8), record(ONE, 11)], TWO: [record(TWO, 3)]}
    messages = handed_on(consumer, monkeypatch, fetched)
    assert {(one.tp, one.offset): [each.offset for each in one.value] for one in messages} == {
        (ONE, 11): [7, 8, 11],
        (TWO, 3): [3],
    }


def test_the_place_behind_the_runs_that_were_handled_is_committed(
    consumer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 7), record(ONE, 8)]})
    second = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 9), record(ONE, 30)]})
    # where a run begins behind a gap, as compaction leaves it, Faust says so before the run is handled
    asyncio.run(consumer._add_gap(ONE, 9, 30))
    assert committed(consumer) == {}
    consumer.ack(first[0])
    assert committed(consumer) == {ONE: 9}
    assert committed(consumer) == {}
    consumer.ack(second[0])
    assert committed(consumer) == {ONE: 31}


def test_what_was_passed_over_is_asked_for_again_once(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was fetched before a place was sought comes behind it; where the log itself has a gap, it comes again."""
    sought: list[tuple[TP, int]] = []

    async def committed_at() -> dict[TP, int]:
        return {ONE: 10}

    monkeypatch.setattr(consumer, "seek_to_committed", committed_at)
    consumer._thread = Client(sought)
    asyncio.run(consumer.perform_seek())
    assert handed_on(consumer, monkeypatch, {ONE: [record(ONE, 26), record(ONE, 40)]}) == []
    assert sought == [(ONE, 10)]
    (handed,) = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 10), record(ONE, 25)]})
    assert handed.offset == 25
    for behind_a_gap in (False, True):
        came = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 30), record(ONE, 31)]})
        assert [one.offset for one in came] == ([31] if behind_a_gap else [])
    assert sought == [(ONE, 10), (ONE, 26)]


def test_a_run_that_was_let_go_of_is_asked_for_again(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[tuple[TP, int]] = []
    consumer._thread = Client(sought)
    assert [one.offset for one in handed_on(consumer, monkeypatch, {ONE: [record(ONE, 7), record(ONE, 8)]})] == [8]

    async def stopped(*_: object) -> dict[TP, list[Any]]:
        return {ONE: [record(ONE, 9)]}

    async def cut_off() -> None:
        async for _ in consumer.getmany(1.0):
            consumer.stop_flow()

    monkeypatch.setattr(faust_consumer.ThreadDelegateConsumer, "_getmany", stopped)
    asyncio.run(cut_off())
    consumer.resume_flow()
    assert handed_on(consumer, monkeypatch, {ONE: [record(ONE, 10)]}) == []
    assert sought == [(ONE, 9)]


def test_batches_are_whole_runs_and_no_larger_than_the_stage_takes() -> None:
    sizes = [30, 30, 4, 1, 64, 10]
    runs = [SimpleNamespace(message=SimpleNamespace(value=[None] * size)) for size in sizes]
    taken = [[len(one.message.value) for one in batch] for batch in batches(runs, 64)]
    assert taken == [[30, 30, 4], [1], [64], [10]]
