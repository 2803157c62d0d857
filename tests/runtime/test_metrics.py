"""Metrics are read off the runtime when asked for, over real HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from runtime.metrics import METRICS, Metrics, serve
from schemas.outcome import Dead, Done, Dropped
from schemas.stage import Wait

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def scraped(unused_port: int) -> Iterator[str]:
    moments = iter((NOW - timedelta(seconds=90),))
    metrics = Metrics(lambda: next(moments, NOW))
    metrics.status("index").hold("away")
    enrich = metrics.status("enrich")
    enrich.batch_done([Done(), Dropped("not news"), Dead("unlucky", "it rained"), Done()], 0.25)
    metrics.waiting = lambda: {"enrich": 3, "index": 7}
    metrics.outcomes = lambda: {"index": {"done": 5}}
    metrics.waits = lambda: [Wait("deliver to json://", NOW - timedelta(seconds=5), "away")]
    stop = serve(metrics, unused_port)
    yield httpx.get(f"http://127.0.0.1:{unused_port}/metrics").text
    stop()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_waits_what_is_held_and_what_became_of_it(scraped: str) -> None:
    assert 'wirewatch_waiting_records{stage="enrich"} 3.0' in scraped
    assert 'wirewatch_held_seconds{stage="index"} 90.0' in scraped
    assert 'wirewatch_held_seconds{stage="enrich"} 0.0' in scraped
    assert 'wirewatch_outcomes{outcome="done",stage="index"} 5.0' in scraped


def test_what_was_handled_and_how_long_it_took(scraped: str) -> None:
    assert 'wirewatch_handled_records_total{outcome="done",stage="enrich"} 2.0' in scraped
    assert 'wirewatch_handled_records_total{outcome="dead",stage="enrich"} 1.0' in scraped
    assert 'wirewatch_batch_seconds_sum{stage="enrich"} 0.25' in scraped


def test_a_channel_that_is_away_is_seen(scraped: str) -> None:
    assert 'wirewatch_held_seconds{stage="deliver to json://"} 5.0' in scraped


def test_all_metrics_are_there(scraped: str) -> None:
    assert all(f" {meaning}\n" in scraped and f"# HELP {name}" in scraped for name, meaning in METRICS.items())


def test_they_are_only_read(unused_port: int) -> None:
    stop = serve(Metrics(lambda: NOW), unused_port)
    assert httpx.post(f"http://127.0.0.1:{unused_port}/metrics", content=b"x").status_code == 405
    stop()
