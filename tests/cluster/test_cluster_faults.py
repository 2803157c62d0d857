"""What the workers stand on goes away for a while: held, visibly, and nothing is lost."""

import time

import httpx
import pytest
from fleet.articles import article, generated
from fleet.fleet import STAGES, Fleet, Member
from fleet.waiting import until
from servers.elasticsearch import Elasticsearch
from servers.kafka import Kafka
from servers.proxy import Cut, Proxy

from runtime.kafka import dead_letters
from schemas.article import Article

pytestmark = [pytest.mark.servers, pytest.mark.chaos]

OUTAGE_SECONDS = 20.0


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
    assert sorted(fleet.indexed()) == sorted(each.id for each in articles)
    until(lambda: not held(index), within=10)


def test_an_answer_cut_after_the_write_is_held(fleet: Fleet, proxy: Proxy) -> None:
    """The write was done, and nobody can tell: asked again it changes nothing, and nobody is dead."""
    articles = generated(80, "c")
    fleet.publish(articles)
    proxy.cut(*Cut, *Cut)
    fleet.start("index", "enrich", "story", "match")
    account = fleet.settle(keys(articles), within=120)
    assert proxy.cuts_left == 0
    assert (account.indexed, account.dead, account.balanced) == (80, {}, True)
    assert sorted(fleet.indexed()) == sorted(each.id for each in articles)


def test_elasticsearch_is_read_only(fleet: Fleet) -> None:
    """As its disk filling up makes it: the same setting, put by hand."""
    settings = f"{fleet.place.settings.elasticsearch}/{fleet.place.settings.index_prefix}*/_settings"
    block = "index.blocks.read_only_allow_delete"
    index, *_ = fleet.start("index", "enrich", "story", "match")
    before, during = generated(1, "before"), generated(20, "during")
    fleet.publish(before)
    fleet.settle(keys(before), within=60)
    httpx.put(settings, json={block: True}).raise_for_status()
    fleet.publish(during)
    until(lambda: held(index), within=40)
    httpx.put(settings, json={block: None}).raise_for_status()
    account = fleet.settle(keys([*before, *during]), within=40)
    assert (account.indexed, account.balanced) == (21, True)
    assert len(fleet.indexed()) == 21


def test_a_document_that_the_mapping_refuses_costs_only_itself(fleet: Fleet) -> None:
    """A count that the record allows and the mapping's integer does not: nothing else of ours is refused by it."""
    good = generated(20, "m")
    absurd = article("absurd").model_copy(update={"repairs": 1 << 31})
    fleet.start("index", "enrich", "story", "match")
    fleet.publish([*good, absurd])
    account = fleet.settle(keys([*good, absurd]), within=60)
    assert account.indexed == 20
    assert account.dead == {"index: refused by Elasticsearch": 1}
    assert sorted(fleet.indexed()) == sorted(each.id for each in good)
    [letter] = dead_letters.letters(fleet.place.cluster)
    assert (letter.id, letter.record["repairs"]) == ("absurd", 1 << 31)
    assert "out of range" in letter.error


def test_elasticsearch_stops(fleet: Fleet, elasticsearch_server: Elasticsearch) -> None:
    fleet.place = fleet.place.at(elasticsearch=elasticsearch_server.url)
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
    assert len(fleet.indexed()) == 60


def test_kafka_stops(fleet: Fleet, kafka_server: Kafka) -> None:
    fleet.place = fleet.place.at(kafka=kafka_server.bootstrap)
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
    assert len(fleet.indexed()) == 230
