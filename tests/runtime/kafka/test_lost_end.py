"""A worker that is read to a place which the log no longer has begins again where the log goes on."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from faust.transport.drivers import aiokafka
from faust.types import TP

from runtime.kafka import faust_consumer, lost_end
from runtime.kafka.codec import Cluster
from runtime.kafka.faust_app import make_app
from runtime.kafka.faust_consumer import Run

PARTITION = TP("enriched", 0)
GOES_ON_AT = 3


class Left(BaseException):
    """Stands for the process having ended."""


def read_on(monkeypatch: pytest.MonkeyPatch, read_to: int, *offsets: int) -> tuple[list[int], list[dict[TP, int]]]:
    """What a worker that has read to `read_to` hands on of records at these offsets, and what it commits."""
    handed: list[int] = []
    committed: list[dict[TP, int]] = []

    async def fetched(self: Any, timeout: float) -> AsyncIterator[Any]:
        for offset in offsets:
            yield PARTITION, SimpleNamespace(offset=offset + 1, value=Run([SimpleNamespace(offset=offset)]))

    async def commit(places: dict[TP, int]) -> None:
        committed.append(places)

    async def nothing(*_: object) -> None:
        return

    def leave(why: str) -> None:
        raise Left(why)

    monkeypatch.setattr(aiokafka.Consumer, "getmany", fetched)
    monkeypatch.setattr(lost_end, "place", lambda *_: GOES_ON_AT)
    monkeypatch.setattr(faust_consumer, "leave", leave)

    async def go() -> None:
        app = make_app("story", Cluster("127.0.0.1:9"), 64)
        made: Any = app.transport.create_consumer(
            callback=nothing, on_partitions_revoked=nothing, on_partitions_assigned=nothing
        )
        made._thread.thread_loop.close()  # it is never run here
        made._thread = SimpleNamespace(commit=commit)
        made._read_offset[PARTITION] = read_to
        async for _, message in made.getmany(1.0):
            handed.append(message.value[0].offset)

    try:
        asyncio.run(go())
    except Left:
        handed.append(-1)
    return handed, committed


def test_what_comes_in_order_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_on(monkeypatch, 10, 10, 12, 14) == ([10, 12, 14], [])


def test_what_stands_before_the_place_that_was_read_ends_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_on(monkeypatch, 10, 0, 1) == ([-1], [{PARTITION: GOES_ON_AT}])
