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


def sought(consumer: Any, monkeypatch: pytest.MonkeyPatch, place: int | None) -> None:
    """The place of ONE was sought, as after each assignment; None: nothing is committed."""

    async def places() -> dict[TP, int | None]:
        return {ONE: place}

    monkeypatch.setattr(consumer, "seek_to_committed", places)
    asyncio.run(consumer.perform_seek())


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
    consumer._thread = Client([])
    sought(consumer, monkeypatch, 7)
    (first,) = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 7), record(ONE, 8)]})
    assert handed_on(consumer, monkeypatch, {ONE: [record(ONE, 29)]}) == []
    # asked for again it comes again: compaction left a gap, and Faust says so before the run is handled
    (second,) = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 29), record(ONE, 30)]})
    asyncio.run(consumer._add_gap(ONE, 9, 30))
    assert committed(consumer) == {}
    consumer.ack(first)
    assert committed(consumer) == {ONE: 9}
    assert committed(consumer) == {}
    consumer.ack(second)
    assert committed(consumer) == {ONE: 31}


def test_a_run_behind_one_that_was_let_go_of_is_not_committed(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sought(consumer, monkeypatch, None)
    (let_go,) = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 0), record(ONE, 1)]})
    (behind,) = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 2), record(ONE, 3)]})
    consumer.ack(behind)
    assert committed(consumer) == {ONE: 0}
    sought(consumer, monkeypatch, None)
    (again,) = handed_on(consumer, monkeypatch, {ONE: let_go.value[:1]})
    consumer.ack(again)
    assert committed(consumer) == {ONE: 1}


@pytest.mark.parametrize("place", [10, None])
def test_what_was_passed_over_is_asked_for_again_once(
    consumer: Any, monkeypatch: pytest.MonkeyPatch, place: int | None
) -> None:
    """It was fetched before its place was sought, or let go of; where the log itself has a gap, it comes again."""
    start = place or 0
    asked: list[tuple[TP, int]] = []
    consumer._thread = Client(asked)
    sought(consumer, monkeypatch, place)
    assert handed_on(consumer, monkeypatch, {ONE: [record(ONE, 26), record(ONE, 40)]}) == []
    assert asked == [(ONE, start)]
    (handed,) = handed_on(consumer, monkeypatch, {ONE: [record(ONE, start), record(ONE, 25)]})
    assert handed.offset == 25
    for behind_a_gap in (False, True):
        came = handed_on(consumer, monkeypatch, {ONE: [record(ONE, 30), record(ONE, 31)]})
        assert [one.offset for one in came] == ([31] if behind_a_gap else [])
    assert asked == [(ONE, start), (ONE, 26)]


def test_a_place_is_sought_when_a_look_that_began_before_has_ended(
    consumer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faust hands on what such a look brings, as if it stood behind the place."""
    order: list[str] = []
    looks, brought = asyncio.Event(), asyncio.Event()

    async def look(*_: object) -> dict[TP, list[Any]]:
        looks.set()
        await brought.wait()
        order.append("brought")
        return {ONE: [record(ONE, 20)]}

    async def places() -> dict[TP, int]:
        order.append("sought")
        return {ONE: 10}

    async def go() -> list[Any]:
        consumer._active_partitions = {ONE}
        looking = asyncio.ensure_future(drain())
        await looks.wait()
        consumer.stop_flow()
        seeking = asyncio.ensure_future(consumer.perform_seek())
        await asyncio.sleep(0)
        brought.set()
        await seeking
        consumer.resume_flow()
        return await looking

    async def drain() -> list[Any]:
        return [message async for _, message in consumer.getmany(1.0)]

    monkeypatch.setattr(faust_consumer.ThreadDelegateConsumer, "_getmany", look)
    monkeypatch.setattr(consumer, "seek_to_committed", places)
    assert asyncio.run(go()) == []
    assert order[:2] == ["brought", "sought"]


def test_a_run_that_was_let_go_of_is_asked_for_again(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[TP, int]] = []
    consumer._thread = Client(asked)
    sought(consumer, monkeypatch, 7)
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
    assert asked == [(ONE, 9)]


def test_batches_are_whole_runs_and_no_larger_than_the_stage_takes() -> None:
    sizes = [30, 30, 4, 1, 64, 10]
    runs = [SimpleNamespace(message=SimpleNamespace(value=[None] * size)) for size in sizes]
    taken = [[len(one.message.value) for one in batch] for batch in batches(runs, 64)]
    assert taken == [[30, 30, 4], [1], [64], [10]]
