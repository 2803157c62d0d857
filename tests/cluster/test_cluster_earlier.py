"""A cluster that an earlier wirewatch left, on Kafka 4.1 and Elasticsearch 8.19, is gone on from by all stages."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from earlier.installations import EARLIER, INDEXED, LETTERS, TOLD, UNREAD
from earlier.kafka_log import restore
from fleet.place import apart, environment
from fleet.waiting import until
from servers.elasticsearch import Elasticsearch

from schemas.alert import Delivery
from schemas.clock import utc_now
from schemas.topics import DELIVERIES
from stores.query import parse
from wirewatch.compose.cluster import cluster_of, store_of
from wirewatch.compose.cluster_control import ClusterPipeline
from wirewatch.settings import Settings

pytestmark = pytest.mark.servers

# As in test_cluster_pipeline: a model is loaded, on a machine that has five workers to start as well.
ENOUGH_SECONDS = 180


@pytest.fixture
def settings(kafka_bootstrap: str, earlier_elasticsearch: Elasticsearch) -> Settings:
    """The earlier log on topics of its own, and the earlier data."""
    made = apart(kafka_bootstrap, earlier_elasticsearch.url)
    made = made.model_copy(update={"index_prefix": "", "retention_days": 0})
    restore(cluster_of(made), EARLIER)
    return made


@pytest.fixture
def working(settings: Settings, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`wirewatch work all`, after `wirewatch index upgrade`."""
    store_of(settings).upgrade()
    program = Path(sys.executable).with_name("wirewatch")
    with (tmp_path / "work.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "work", "all"], env=environment(settings), stdout=log, stderr=log, cwd=tmp_path
        )
    yield process
    process.kill()
    process.wait()


def test_it_is_gone_on_from(settings: Settings, working: "subprocess.Popen[bytes]") -> None:
    with ClusterPipeline(settings) as wire:
        told = {delivery.id: delivery for delivery in wire.state.items(DELIVERIES, Delivery)}
        assert len(told) == TOLD
        until(lambda: wire.ledger().indexed == INDEXED + 1, within=ENOUGH_SECONDS)
        until(lambda: wire.store.count() == INDEXED + 1, within=ENOUGH_SECONDS)
        (found,) = wire.store.search(parse("title:opens", utc_now())).articles
        assert found.title == UNREAD
        until(lambda: len(list(wire.state.items(DELIVERIES, Delivery))) > TOLD, within=ENOUGH_SECONDS)
        after = {delivery.id: delivery for delivery in wire.state.items(DELIVERIES, Delivery)}
        assert {id: after[id] for id in told} == told
        assert [alert.title for id in after.keys() - told.keys() if (alert := after[id].alert)] == [UNREAD]
        assert len(wire.dead_letters()) == LETTERS
        assert wire.ledger().balanced
    working.send_signal(signal.SIGTERM)
    assert working.wait(20) == 0
