"""`wirewatch up`, as it is run: polls real HTTP, hears other commands, tells a webhook, and stops when asked."""

import os
import queue
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.clock import utc_now
from web.client import Client
from wirewatch.demo_server import DemoServer

# its end, when it is asked to stop, is counted with the rest
pytestmark = pytest.mark.usefixtures("counted_children")

# How long anything here may take on a busy machine before the test calls it stuck.
PATIENCE = 120


@pytest.fixture
def publisher() -> Iterator[DemoServer]:
    server = DemoServer(utc_now())
    yield server
    server.close()


@pytest.fixture
def running(wirewatch: Callable[..., Any], publisher: DemoServer, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A running `up` that watches the first of the publisher's feeds."""
    assert wirewatch("feeds", "add", publisher.feeds[0], "--unseen").status == 0
    environment = os.environ | {"WIREWATCH_ALLOW_HOSTS": "127.0.0.1", "WIREWATCH_HOST_PAUSE_SECONDS": "0"}
    environment |= {"WIREWATCH_CHANNEL_HOSTS": "127.0.0.1"}
    environment |= {"PYTHONFAULTHANDLER": "1", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "from wirewatch.cli import main; main()", "up"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    # it knows a feed, and no alert yet
    assert "no alert was known: begins with" in process.stdout.readline()
    assert "watching 1 feeds" in process.stdout.readline()
    assert "6 alerts are on; 6 of them tell nobody" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
        process.communicate()


def test_a_feed_and_an_alert_added_from_outside_reach_it(
    running: subprocess.Popen[str],
    wirewatch: Callable[..., Any],
    publisher: DemoServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREWATCH_CHANNEL_HOSTS", "127.0.0.1")
    assert wirewatch("alert", "add", "Bridge", "halvern", "--to", publisher.webhook).status == 0
    assert wirewatch("feeds", "add", publisher.feeds[1], "--unseen").status == 0
    try:
        told = publisher.told.get(timeout=PATIENCE)
    except queue.Empty:
        running.kill()
        pytest.fail(f"no alert came; it said: {running.communicate()[0]}")
    assert "Halvern" in told["message"]
    assert running.stdout is not None
    assert any("Bridge: " in line and "(told to json)" in line for line in iter(running.stdout.readline, ""))
    assert wirewatch("search", "halvern", "--json").rows


def test_a_second_one_on_the_same_file_is_told_in_one_line(
    running: subprocess.Popen[str], wirewatch: Callable[..., Any]
) -> None:
    ran = wirewatch("up")
    assert ran.status == 1
    assert f"in use by another wirewatch (process {running.pid})" in ran.err
    assert ran.err.count("\n") == 1


def test_an_import_goes_to_the_one_that_runs(
    running: subprocess.Popen[str], wirewatch: Callable[..., Any], articles_file: Path, tmp_path: Path
) -> None:
    assert "3 articles taken in" in wirewatch("import", articles_file).out
    assert "enrich" in Client(tmp_path / "wirewatch.db", ("enrich",)).waiting()


def test_it_stops_when_asked_and_leaves_the_file_free(
    running: subprocess.Popen[str], wirewatch: Callable[..., Any], tmp_path: Path
) -> None:
    running.send_signal(signal.SIGTERM)
    try:
        output, _ = running.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGABRT)  # it says where each thread is
        pytest.fail(f"it did not stop: {running.communicate()[0]}")
    assert running.returncode == 0, output
    assert wirewatch("ledger").status == 0
    assert not (tmp_path / "wirewatch.db.http.sock").exists()
