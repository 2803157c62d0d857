"""Metrics are read off the runtime when asked for, over real HTTP."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from runtime.local.worker import Held
from runtime.metrics import METRICS, Gauges, serve

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def scraped(unused_port):
    held = [Held("index", NOW - timedelta(seconds=90), "away")]
    gauges = Gauges(lambda: {"enrich": 3, "index": 7}, lambda: held, lambda: {"index": {"done": 5}}, lambda: NOW)
    stop = serve(gauges, unused_port)
    yield httpx.get(f"http://127.0.0.1:{unused_port}/metrics").text
    stop()


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_what_waits_what_is_held_and_what_became_of_it(scraped):
    assert 'wirewatch_waiting_records{stage="enrich"} 3.0' in scraped
    assert 'wirewatch_held_seconds{stage="index"} 90.0' in scraped
    assert 'wirewatch_held_seconds{stage="enrich"} 0.0' in scraped
    assert 'wirewatch_outcomes{outcome="done",stage="index"} 5.0' in scraped


def test_all_metrics_are_there(scraped):
    assert all(f"# HELP {name} {meaning}" in scraped for name, meaning in METRICS.items())
