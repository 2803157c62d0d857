"""A network that is parted between Kafka and some workers: others take over, and who comes back tells nothing anew."""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from fleet.articles import generated
from fleet.fleet import STAGES, Fleet
from fleet.place import Place, apart
from fleet.waiting import until
from fleet.webhook import Webhook
from servers.kafka import Kafka
from servers.line import Line

from runtime.kafka.publisher import KafkaPublish
from schemas.alert import Subscription
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS

pytestmark = [pytest.mark.servers, pytest.mark.chaos]

# A worker is expelled after 8 s, and another has its partitions within 20.
PARTED_SECONDS = 30.0


@pytest.fixture
def lines() -> Iterator[list[Line]]:
    """Two ways to Kafka."""
    made = [Line(), Line()]
    yield made
    for line in made:
        line.close()


@pytest.fixture
def parted(lines: list[Line], elasticsearch_url: str, servers_at_hand: None, tmp_path: Path) -> Iterator[Fleet]:
    """Workers that come to a Kafka of their own by one line or the other, in turn."""
    (tmp_path / "kafka").mkdir()
    kafka = Kafka(tmp_path / "kafka", lines=lines)
    kafka.start()
    fleet = Fleet(
        Place(apart(kafka.bootstrap, elasticsearch_url), tmp_path),
        sides=[f"127.0.0.1:{line.port}" for line in lines],
    )
    yield fleet
    fleet.end()
    kafka.stop()


def test_workers_of_one_side_are_parted_and_come_back(parted: Fleet, lines: list[Line], webhook: Webhook) -> None:
    wanted = Subscription(id="s", name="s", query="tomahawk", channels=(webhook.channel,), policy="every")
    publish = KafkaPublish(parted.place.cluster)
    publish([Output(SUBSCRIPTIONS, wanted)])
    publish.close()
    for stage in STAGES:
        parted.start(stage, stage)  # one by each line
    before, during, after = (generated(20, name) for name in ("before", "during", "after"))
    parted.publish(before)
    until(lambda: len(_keys(webhook)) == 20, within=120)
    lines[0].part()
    parted.publish(during)
    began = time.monotonic()
    until(lambda: len(_keys(webhook)) == 40, within=120)  # by the workers of the other
    until(lambda: time.monotonic() - began > PARTED_SECONDS, within=2 * PARTED_SECONDS)
    lines[0].mend()
    parted.publish(after)
    account = parted.settle([(one.id, "1") for one in (*before, *during, *after)], within=120)
    assert (account.indexed, account.balanced) == (60, True)
    until(lambda: len(_keys(webhook)) == 60, within=60)
    assert len(parted.indexed()) == 60
    assert {alert: keys for alert, keys in _keys(webhook).items() if len(keys) > 1} == {}


def _keys(webhook: Webhook) -> dict[str, set[str]]:
    """Under which keys each alert was told."""
    found: dict[str, set[str]] = defaultdict(set)
    for asked in list(webhook.site.asked):
        said = json.loads(asked.body)
        for one in said["articles"]:
            found[one["alert_id"]].add(said["alert_id"])
    return dict(found)
