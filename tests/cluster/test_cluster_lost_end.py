"""A broker loses the end of its log, as when its power is cut: all goes on, and what is written then is read."""

from pathlib import Path

import pytest
from fleet.articles import generated
from fleet.fleet import Fleet
from servers.kafka import Kafka

from runtime.kafka import ledger
from schemas.article import Article
from schemas.topics import ARTICLES, WIRE
from wirewatch.pipeline import topology

pytestmark = [pytest.mark.servers, pytest.mark.chaos]

WAY = ("enrich", "story", "index", "match")
# Of each partition some of the 25 records: they stand there in portions, each of one to two kilobytes.
LOST_BYTES = 4_000
PORTION = 10


def keys(articles: list[Article]) -> list[tuple[str, str]]:
    return [(each.id, each.revision) for each in articles]


def publish(fleet: Fleet, articles: list[Article]) -> None:
    """In portions: a log is cut between them."""
    for start in range(0, len(articles), PORTION):
        fleet.publish(articles[start : start + PORTION])


def lose(kafka: Kafka, *topics: str) -> None:
    """Kill the broker, cut the ends of these topics' logs, and start it again."""
    kafka.kill()
    for topic in topics:
        for segment in Path(kafka.folder / "data").glob(f"{topic}-*/*.log"):
            with segment.open("r+b") as log:
                log.truncate(max(0, segment.stat().st_size - LOST_BYTES))
    kafka.start()


@pytest.mark.parametrize("at_work", [True, False])
def test_what_is_written_behind_a_lost_end_is_handled(fleet: Fleet, kafka_server: Kafka, at_work: bool) -> None:
    """All was handled when the end was lost, so that the groups' places lie behind it."""
    fleet.place = fleet.place.at(kafka=kafka_server.bootstrap)
    fleet.prepare()
    members = fleet.start(*WAY)
    before, after = generated(100, "before"), generated(8, "after")
    publish(fleet, before)
    fleet.settle(keys(before), within=90)
    if not at_work:
        for member in members:
            member.stop()
        fleet.members.clear()
    lose(kafka_server, *(fleet.place.cluster.name(topic) for topic in (ARTICLES, WIRE)))
    fleet.publish(after)
    if not at_work:
        fleet.start(*WAY)
    account = fleet.settle(keys(after), within=120)
    assert (account.indexed, account.dead, account.balanced) == (108, {}, True)
    assert len(fleet.indexed()) == 108


def test_the_ledger_names_what_was_lost_before_it_was_handled(fleet: Fleet, kafka_server: Kafka) -> None:
    """Published again under the same ids, as a poll does, it goes its way."""
    fleet.place = fleet.place.at(kafka=kafka_server.bootstrap)
    fleet.prepare()
    articles = generated(100, "lost")
    publish(fleet, articles)
    lose(kafka_server, fleet.place.cluster.name(ARTICLES))
    account = ledger.account(fleet.place.cluster, topology().way)
    lost = set(account.unaccounted)
    assert lost
    assert lost < set(keys(articles))
    assert account.in_flight == 100 - len(lost)
    fleet.publish([each for each in articles if (each.id, each.revision) in lost])
    fleet.start(*WAY)
    account = fleet.settle(keys(articles), within=120)
    assert (account.indexed, account.balanced) == (100, True)
