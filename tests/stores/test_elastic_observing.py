"""How the installation does, kept in a real Elasticsearch: replaced when observed again, taken out when it is over."""

from datetime import timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from wire_articles import NOON

from schemas.outcome import Hold
from stores.elastic.store import ElasticStore
from stores.observation import Observation

pytestmark = pytest.mark.servers


@pytest.fixture
def client(elasticsearch_url: str) -> Any:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def observed(id: str, kind: Any = "outcomes", **fields: Any) -> Observation:
    return Observation.model_validate({"id": id, "kind": kind, "at": NOON, **fields})


def kept(client: Elasticsearch, store: ElasticStore) -> dict[str, dict[str, Any]]:
    hits = client.search(index=store.months.names.alias("operations"), size=100)["hits"]["hits"]
    return {hit["_id"]: hit["_source"] for hit in hits}


def test_what_is_observed_again_replaces_what_was_kept(elastic: ElasticStore, client: Elasticsearch) -> None:
    elastic.observations.write([observed("a", records=1), observed("b", stage="index", outcome="done", records=2)], 5)
    elastic.observations.write([observed("a", records=3)], 6)
    elastic.observations.write([observed("a", records=3)], 6)
    elastic.observations.write([observed("a", records=2)], 4)
    found = kept(client, elastic)
    assert {id: one["records"] for id, one in found.items()} == {"a": 3, "b": 2}
    at = "2026-03-02T12:00:00Z"
    assert found["b"] == {"kind": "outcomes", "at": at, "stage": "index", "outcome": "done", "records": 2}


def test_the_last_minute_counted_is_known_over_months(elastic: ElasticStore) -> None:
    assert elastic.observations.last_minute() is None
    elastic.observations.write([], 1)
    minutes = [NOON, NOON + timedelta(days=40), NOON + timedelta(days=40, minutes=1)]
    elastic.observations.write([observed(f"{at}", at=at) for at in minutes], 1)
    elastic.observations.write([observed("lag", "lag", at=NOON + timedelta(days=41))], 1)
    assert elastic.observations.last_minute() == minutes[2]


def test_feeds_that_were_not_looked_at_since_go_and_nothing_else(elastic: ElasticStore, client: Elasticsearch) -> None:
    elastic.observations.drop_feeds(NOON)
    later = NOON + timedelta(days=40, microseconds=123_456)
    elastic.observations.write([observed("moved", "feed"), observed("gone", "feed"), observed("count")], 1)
    elastic.observations.write([observed("moved", "feed", at=later), observed("new", "feed", at=later)], 2)
    elastic.observations.drop_feeds(later)
    assert sorted(kept(client, elastic)) == ["count", "moved", "new"]
    assert kept(client, elastic)["moved"]["at"].startswith("2026-04-11")


def test_a_dead_letter_goes_with_its_article_and_months_with_the_rest(
    elastic: ElasticStore, client: Elasticsearch
) -> None:
    elastic.observations.write([observed("a", "letter", article_id="a", title="News"), observed("b", "letter")], 1)
    elastic.observations.write([observed("old", at=NOON - timedelta(days=90))], 1)
    elastic.forget("a")
    assert sorted(kept(client, elastic)) == ["b", "old"]
    elastic.expire(NOON - timedelta(days=40))
    assert sorted(kept(client, elastic)) == ["b"]


def test_what_the_mapping_refuses_costs_only_itself(elastic: ElasticStore, client: Elasticsearch) -> None:
    elastic.observations.write([observed("absurd", records=1 << 40), observed("good", records=1)], 1)
    assert sorted(kept(client, elastic)) == ["good"]


def test_a_server_that_is_away_holds() -> None:
    with Elasticsearch("http://127.0.0.1:9", max_retries=0) as nobody:
        store = ElasticStore(nobody)
        with pytest.raises(Hold):
            store.observations.write([observed("a")], 1)
        with pytest.raises(Hold):
            store.observations.last_minute()
        with pytest.raises(Hold):
            store.observations.drop_feeds(NOON)
