"""After `forget` has returned nobody is told its words, and no state has them: with the stages at work beside it."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk import alert
from fleet.waiting import until
from loopback import Asked, Reply, Site, site

from schemas.alert import Delivery, Subscription
from schemas.outcome import Output
from schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings

PATIENCE = 120.0


@pytest.fixture
def hook() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[LocalPipeline]:
    with LocalPipeline(Settings(db=tmp_path / "wire.db", channel_hosts="127.0.0.1")) as pipeline:
        yield pipeline


def test_it_waits_for_what_is_being_told_and_the_rest_is_not_told(wire: LocalPipeline, hook: Site) -> None:
    began, goes_on = threading.Event(), threading.Event()

    def slow(asked: Asked) -> Reply:
        began.set()
        goes_on.wait(PATIENCE)
        return Reply(200)

    hook.pages["/told"] = slow
    channel = f"json://127.0.0.1:{hook.port}/told?rto=60"
    wire.publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="s", query="x", channels=(channel,)))])
    now = datetime.now(UTC)
    articles = ["first", "second", "third"]
    wire.publish([Output(ALERTS, alert(name, at=now)) for name in articles])
    wire.start()
    assert began.wait(PATIENCE)  # the first is on its way; the others are in the same batch

    forgetting = [threading.Thread(target=wire.forget, args=(name,), daemon=True) for name in articles[:2]]
    for thread in forgetting:
        thread.start()
    until(lambda: _known(wire) == {"third"}, within=PATIENCE)
    assert forgetting[0].is_alive(), "the first is being told: it is not over"
    goes_on.set()
    for thread in forgetting:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    wire.drain()
    assert [json.loads(asked.body)["alert_id"] for asked in hook.asked] == ["first", "third"]
    words = [one.id for one in wire.state.items(DELIVERIES, Delivery) if one.alert is not None]
    assert words == ["third"]
    for stage, waits in wire.held().items():
        assert waits == (), stage


def _known(wire: LocalPipeline) -> set[str]:
    rows = wire.database.read.execute("SELECT json_extract(record, '$.article_id') FROM log WHERE topic='alerts'")
    return {str(row[0]) for row in rows}
