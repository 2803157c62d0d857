"""What a first start begins with, and that nobody gets back what they removed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from loopback import site
from moved_seeds import SEEDS, move

from runtime.local.log import Log
from schemas.alert import Subscription
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS, SUBSCRIPTIONS
from stores.sqlite.database import Database
from wirewatch.first_run import Begun, begin

ALL = Begun(
    feeds=(SEEDS / "feeds.opml").read_text(encoding="utf-8").count("xmlUrl="),
    alerts=(SEEDS / "alerts.toml").read_text(encoding="utf-8").count("[[subscription]]"),
)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    database = Database(tmp_path / "wirewatch.db")
    yield Log(database)
    database.close()


def _begin(log: Log) -> Begun:
    return begin(log.publish, log, utc_now())


def test_an_installation_that_knows_nothing_begins_with_the_seeds(log: Log) -> None:
    assert _begin(log) == ALL
    feeds = list(log.items(FEEDS, Feed))
    assert len(feeds) == ALL.feeds
    assert all(feed.added is not None and feed.tags for feed in feeds)
    assert "Tomahawk" in {alert.name for alert in log.items(SUBSCRIPTIONS, Subscription)}


def test_the_examples_are_sent_to_nobody(log: Log) -> None:
    _begin(log)
    assert not any(alert.channels for alert in log.items(SUBSCRIPTIONS, Subscription))


def test_a_second_start_puts_nothing_and_says_nothing(log: Log) -> None:
    _begin(log)
    again = _begin(log)
    assert again == Begun(feeds=0, alerts=0)
    assert list(again.lines()) == []


def test_whoever_removed_all_gets_nothing_back(log: Log) -> None:
    _begin(log)
    for topic, kind in ((FEEDS, Feed), (SUBSCRIPTIONS, Subscription)):
        log.publish([Output(topic, one.model_copy(update={"deleted": True})) for one in log.items(topic, kind)])
    assert _begin(log) == Begun(feeds=0, alerts=0)
    assert all(feed.deleted for feed in log.items(FEEDS, Feed))


def test_who_has_feeds_or_alerts_of_their_own_gets_no_others_of_that_kind(log: Log) -> None:
    log.publish([Output(FEEDS, Feed(url="https://mine.example/feed"))])
    assert _begin(log) == Begun(feeds=0, alerts=ALL.alerts)
    assert [feed.url for feed in log.items(FEEDS, Feed)] == ["https://mine.example/feed"]


def test_alerts_of_their_own_keep_the_examples_away(log: Log) -> None:
    log.publish([Output(SUBSCRIPTIONS, Subscription(id="mine", name="Mine", query="rain"))])
    assert _begin(log) == Begun(feeds=ALL.feeds, alerts=0)
    assert [alert.name for alert in log.items(SUBSCRIPTIONS, Subscription)] == ["Mine"]


@contextmanager
def _up(folder: Path, seeds: Path) -> Iterator[list[str]]:
    """A running `up` with its feeds on loopback; what it says before it watches."""
    environment = os.environ | {"PYTHONPATH": str(seeds), "PYTHONUNBUFFERED": "1"}
    environment |= {"WIREWATCH_ALLOW_HOSTS": "127.0.0.1", "WIREWATCH_HOST_PAUSE_SECONDS": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from wirewatch.cli import main; main()", "up"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "watching" in line:
                break
        yield said
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
    finally:
        process.kill()
        process.communicate()


def test_up_says_what_it_begins_with_and_the_lists_show_it(wirewatch: Callable[..., Any], tmp_path: Path) -> None:
    with site() as server:
        move(tmp_path, server, [])
        with _up(tmp_path, tmp_path) as said:
            assert f"begins with {ALL.feeds} of the seeds" in said[0]
            assert f"begins with {ALL.alerts} examples, sent to nobody" in said[1]
            assert f"watching {ALL.feeds} feeds" in said[2]
            assert len(wirewatch("feeds", "list", "--json").rows) == ALL.feeds
            alerts = wirewatch("alert", "list", "--json").rows
            assert [alert["channels"] for alert in alerts] == [[]] * ALL.alerts
            for alert in alerts:
                assert wirewatch("alert", "remove", alert["name"]).status == 0
        with _up(tmp_path, tmp_path) as said:
            assert said == [line for line in said if f"watching {ALL.feeds} feeds" in line]
            assert wirewatch("alert", "list", "--json").rows == []
