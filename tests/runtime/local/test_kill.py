"""Kill -9 at random moments: nothing lost, nothing stored twice, and every alert told under one key."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from alerts.subscriptions import identity
from runtime.local.ledger import ledger
from runtime.local.log import Log
from schemas.alert import Delivery, Subscription
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import DELIVERIES, SUBSCRIPTIONS
from stores.query import parse
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.store import Said
from wirewatch.pipeline import topology

KILLS = 20
ARTICLES = 200
"""To begin with; as many again whenever a run gets through before it is killed."""
TOWNS = ["Halvern", "Ellery", "Brenna", "Sarn", "Altmatt", "Leeds", "Nairobi", "Lisbon", "Gdansk", "Madrid"]

COMMON = (  # noqa: SIM905 - prose is easier to read as prose
    "water river field road house school market summer winter morning evening train harbour village garden letter"
    " bread stone window bridge forest mountain island farmer teacher doctor sailor baker miller carpenter the of and"
    " with under behind over between after before during against slowly quickly again never always once"
).split()


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A receiver on loopback: its address, and the bodies that came."""
    came: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}/hook", came
    server.shutdown()
    server.server_close()
    thread.join()


def _write(path: Path, articles: int) -> None:
    """Each article is of its own words, so that none is a copy of another; every fifth names the Tomahawk."""
    words = random.Random(7)
    with path.open("w", encoding="utf-8") as lines:
        for number in range(articles):
            town = TOWNS[number % len(TOWNS)]
            weapon = "the Tomahawk" if number % 5 == 0 else "the harvest"
            noise = " ".join(words.choices(COMMON, k=60))
            text = f"The mayor of {town} spoke of {weapon}. “We will wait {number} days,” said Edith Quayle. {noise}."
            lines.write(json.dumps({"id": str(number), "title": f"Report {number}", "text": text}) + "\n")


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from wirewatch.cli import main; main()", "import", "articles.jsonl"]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"WIREWATCH_CHANNEL_HOSTS": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _wait_for_children_to_end(group: int) -> None:
    """The children see their parent gone and end; a process that did not would hold the group."""
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


@pytest.mark.chaos
def test_killed_at_any_moment_and_started_again(tmp_path: Path, webhook: tuple[str, list[dict[str, Any]]]) -> None:
    address, came = webhook
    articles = ARTICLES
    _write(tmp_path / "articles.jsonl", articles)
    database = Database(tmp_path / "wirewatch.db")
    told = Subscription(id=identity("T"), name="T", query="tomahawk", channels=(address,), policy="every")
    Log(database).publish([Output(SUBSCRIPTIONS, told)])
    database.close()
    kills = 0
    while kills < KILLS:
        process = _start(tmp_path)
        try:
            output, _ = process.communicate(timeout=random.uniform(0.8, 4.0))
        except subprocess.TimeoutExpired:
            # of the group only the parent: its children must end by themselves
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            _wait_for_children_to_end(process.pid)
            kills += 1
            continue
        assert process.returncode == 0, output.decode()
        articles += ARTICLES
        _write(tmp_path / "articles.jsonl", articles)
    last = _start(tmp_path)
    output, _ = last.communicate()
    assert last.returncode == 0, output.decode()
    _assert_all_there(tmp_path, articles, came)


def _assert_all_there(folder: Path, articles: int, came: list[dict[str, Any]]) -> None:
    database = Database(folder / "wirewatch.db")
    try:
        account = ledger(database, topology().way)
        assert account.balanced
        assert (account.fetched, account.indexed, account.in_flight) == (articles, articles, 0)
        store = EmbeddedStore(database)
        assert store.search(parse("*", utc_now()), limit=1).total == articles
        hits = store.quotes(Said(speaker="Quayle"), limit=10_000).quotes
        assert len({hit.article.id for hit in hits}) == articles
        assert len({(hit.article.id, hit.quote.start) for hit in hits}) == len(hits)
        delivered = {one.id for one in Log(database).items(DELIVERIES, Delivery)}
        assert len(delivered) == articles / 5
        assert {row.id for row in store.alerts(limit=articles).alerts} == delivered
        assert all(json.dumps(body).count("Tomahawk") for body in came)
        assert len(came) >= len(delivered)
    finally:
        database.close()
