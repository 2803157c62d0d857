"""What the workers stand on goes away for a while: held, visibly, and nothing is lost."""

import time
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from fleet.articles import article, generated
from fleet.fleet import STAGES, Fleet, Member
from fleet.waiting import until
from servers.elasticsearch import Elasticsearch
from servers.kafka import Kafka
from servers.proxy import Proxy

from schemas.article import Article
from wirewatch.cluster import dead

pytestmark = [pytest.mark.servers, pytest.mark.chaos]

OUTAGE_SECONDS = 20.0


@pytest.fixture
def proxy(elasticsearch_url: str, fleet: Fleet) -> Iterator[Proxy]:
    """Between the fleet's index workers and Elasticsearch."""
    made = Proxy(elasticsearch_url)
    fleet.place = replace(fleet.place, elasticsearch=made.url)
    yield made
    fleet.end()
    made.close()


def keys(articles: list[Article]) -> list[tuple[str, str]]:
    """The ledger's keys of these articles."""
    return [(each.id, each.revision) for each in articles]


def held(member: Member) -> bool:
    """Whether a worker says that it holds, and for how long."""
    return bool(member.metric("wirewatch_held_seconds"))


@pytest.mark.parametrize("status", [429, 503])
def test_elasticsearch_refuses_for_a_while(fleet: Fleet, proxy: Proxy, status: int) -> None:
    articles = generated(50, "r")
    proxy.refuse(status)
    index, *_ = fleet.start("index", "enrich", "story", "match")
    fleet.publish(articles)
    until(lambda: held(index), within=40)
    assert proxy.refused
    proxy.pass_on()
    account = fleet.settle(keys(articles), within=40)
    assert (account.indexed, account.balanced) == (50, True)
    until(lambda: not held(index), within=10)


def test_elasticsearch_is_read_only(fleet: Fleet) -> None:
    """As its disk filling up makes it: the same setting, put by hand."""
    address = f"{fleet.place.elasticsearch}/{fleet.place.index}"
    httpx.put(address).raise_for_status()
    block = "index.blocks.read_only_allow_delete"
    httpx.put(f"{address}/_settings", json={block: True}).raise_for_status()
    articles = generated(20, "f")
    index, *_ = fleet.start("index", "enrich", "story", "match")
    fleet.publish(articles)
    until(lambda: held(index), within=40)
    httpx.put(f"{address}/_settings", json={block: None}).raise_for_status()
    account = fleet.settle(keys(articles), within=40)
    assert (account.indexed, account.balanced) == (20, True)


def test_a_document_that_the_mapping_refuses_costs_only_itself(fleet: Fleet) -> None:
    keyword = {"mappings": {"properties": {"title": {"type": "keyword"}}}}
    httpx.put(f"{fleet.place.elasticsearch}/{fleet.place.index}", json=keyword).raise_for_status()
    # Lucene takes no term over 32,766 bytes.
    articles = [*generated(20, "m"), article("immense", title="x" * 40_000)]
    fleet.start("index", "enrich", "story", "match")
    fleet.publish(articles)
    account = fleet.settle(keys(articles), within=60)
    assert account.indexed == 20
    assert account.dead == {"index: refused by the mapping": 1}
    [letter] = dead.letters(fleet.place.cluster)
    assert "immense term" in letter.error


def test_elasticsearch_stops(fleet: Fleet, elasticsearch_server: Elasticsearch) -> None:
    fleet.place = replace(fleet.place, elasticsearch=elasticsearch_server.url)
    index, *_ = fleet.start("index", "enrich", "story", "match")
    before, during = generated(30, "before"), generated(30, "during")
    fleet.publish(before)
    fleet.settle(keys(before), within=60)
    elasticsearch_server.stop()
    fleet.publish(during)
    until(lambda: held(index), within=40)
    time.sleep(OUTAGE_SECONDS)
    assert held(index)
    elasticsearch_server.start()
    account = fleet.settle(keys([*before, *during]), within=60)
    assert (account.indexed, account.balanced) == (60, True)


def test_kafka_stops(fleet: Fleet, kafka_server: Kafka) -> None:
    fleet.place = replace(fleet.place, cluster=replace(fleet.place.cluster, bootstrap=kafka_server.bootstrap))
    fleet.prepare()
    fleet.start(*STAGES)
    before, after = generated(200, "before"), generated(30, "after")
    fleet.publish(before[:100])
    fleet.settle(keys(before[:10]), within=60)
    fleet.publish(before[100:])
    kafka_server.kill()
    time.sleep(OUTAGE_SECONDS)
    kafka_server.start()
    fleet.publish(after)
    account = fleet.settle(keys([*before, *after]), within=120)
    assert (account.indexed, account.balanced) == (230, True)
