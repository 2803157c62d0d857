"""An index that somebody dropped: the ledger held against the store says so, and a replay brings it back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import httpx
import pytest
from fleet.articles import generated
from fleet.fleet import Fleet

from runtime.kafka import topic_reader
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.replay import Replay, Stretch
from runtime.kafka.state import KafkaState
from stores.elastic.connect import connect
from wirewatch.against_store import missing
from wirewatch.compose.cluster_reader import ClusterReader
from wirewatch.compose.cluster_services import services_of
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers


@pytest.fixture
def reader(fleet: Fleet) -> Iterator[ClusterReader]:
    with ClusterReader(fleet.place.settings) as reader:
        yield reader


def test_a_dropped_index_is_named_and_brought_back(
    fleet: Fleet, reader: ClusterReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime.now(UTC) - timedelta(minutes=5)
    articles = generated(10, "i")
    fleet.start("enrich", "story", "index", "match")
    fleet.publish(articles)
    fleet.settle([(each.id, each.revision) for each in articles], within=60)
    assert missing(reader, 0, datetime.now(UTC)) == []
    with monkeypatch.context() as patch:
        asked = Mock(return_value=iter(()))
        patch.setattr(topic_reader, "stretches", asked)
        assert missing(reader, 0, datetime.now(UTC)) == []
        assert [call.args[2] for call in asked.mock_calls] == [[]]  # what is there is known by the account
    for index in connect(fleet.place.settings).months.indexes("articles"):
        httpx.delete(f"{fleet.place.settings.elasticsearch}/{index}").raise_for_status()
    assert reader.ledger().indexed == 10
    assert missing(reader, 0, datetime.now(UTC)) == sorted(each.id for each in articles)
    # what is past its retention is not expected to be there
    assert missing(reader, 1, datetime.now(UTC) + timedelta(days=2)) == []

    publish, state = KafkaPublish(fleet.place.cluster), KafkaState(fleet.place.cluster)
    services = services_of(fleet.place.settings, state)
    stage = topology().stage("index")
    Replay(stage, stage.open(services), fleet.place.cluster, publish.send).run(Stretch(began, "back"))
    for each in (services, publish, state):
        each.close()
    assert missing(reader, 0, datetime.now(UTC)) == []
