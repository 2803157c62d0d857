"""Records that are copies, too large, unreadable, dead and replayed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from fleet.articles import article, generated
from fleet.fleet import Fleet
from fleet.signing import POISON, signing
from fleet.waiting import until

from runtime.kafka import dead_letters, ledger, topic_reader
from runtime.kafka.codec import EncodedRecord
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.replay import Replay, Send, Stretch
from schemas.article import WireArticle
from schemas.topics import ARTICLES, OUTCOMES, WIRE
from stores.query import parse
from wirewatch.compose.cluster import store_of
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers

WAY = ("enrich", "story", "index", "match")


def test_a_thousand_copies_within_a_second_are_one_story(fleet: Fleet) -> None:
    fleet.start("enrich", *WAY)
    text = generated(1, "story")[0].text
    copies = [article(f"copy-{number}", title="One wire story", text=text) for number in range(1_000)]
    fleet.publish(copies)
    fleet.settle([(each.id, each.revision) for each in copies], within=120)
    rows = topic_reader.read(fleet.place.cluster, WIRE)
    wire = [WireArticle.model_validate_json(row.value or b"") for row in rows]
    assert {each.id for each in wire} == {each.id for each in copies}
    assert len({each.story_id for each in wire}) == 1
    assert {row.partition for row in topic_reader.read(fleet.place.cluster, ARTICLES)} == {0, 1, 2, 3}


def test_each_articles_way_is_found_in_its_own_partition(fleet: Fleet) -> None:
    """Rows are put there by a producer's client and by a worker's; both place a key alike."""
    articles = generated(8, "t")
    fleet.publish(articles)
    fleet.start("enrich")
    fleet.settle([(each.id, each.revision) for each in articles], within=60, stages=["enrich"])
    for each in articles:
        assert [row.stage for row in ledger.trace(fleet.place.cluster, each.id)] == ["fetch", "enrich"]
    assert {row.partition for row in topic_reader.read(fleet.place.cluster, OUTCOMES)} == {0, 1, 2, 3}


def test_a_record_over_the_limit_becomes_a_letter(fleet: Fleet) -> None:
    huge = article("huge", text="x" * (5 << 20))
    fleet.publish([huge, article("small")])
    [letter] = dead_letters.letters(fleet.place.cluster)
    assert (letter.id, letter.stage, letter.reason) == ("huge", "fetch", "too large")
    assert [row.key for row in topic_reader.read(fleet.place.cluster, ARTICLES)] == [b"small"]
    account = ledger.account(fleet.place.cluster, topology().way)
    assert (account.dead, account.in_flight, account.balanced) == ({"fetch: too large": 1}, 1, True)


def test_bytes_that_are_no_record_cost_only_themselves(fleet: Fleet) -> None:
    publish = KafkaPublish(fleet.place.cluster)
    publish.send([EncodedRecord(fleet.place.cluster.name(ARTICLES), b"odd", b"\xff no JSON", ())])
    publish.close()
    fleet.publish([article("good")])
    fleet.start("enrich")
    until(lambda: ("good", "1") in ledger.rows(fleet.place.cluster), within=40)
    until(lambda: dead_letters.letters(fleet.place.cluster), within=40)
    [letter] = dead_letters.letters(fleet.place.cluster)
    assert (letter.id, letter.reason, letter.record["base64"]) == ("odd", "unreadable", "/yBubyBKU09O")


def test_a_replayed_letter_goes_through_and_is_counted(fleet: Fleet) -> None:
    bad = article("bad", title=POISON)
    fleet.publish([bad])
    fleet.start(*WAY)
    assert fleet.settle([(bad.id, bad.revision)], within=60).dead == {"enrich: ValueError": 1}
    (fleet.place.folder / "cured").touch()
    publish = KafkaPublish(fleet.place.cluster)
    assert dead_letters.replay(fleet.place.cluster, publish, topology(), identity="another").sent == 0
    assert dead_letters.replay(fleet.place.cluster, publish, topology(), identity="bad", stage="enrich").sent == 1
    publish.close()
    until(lambda: not dead_letters.letters(fleet.place.cluster), within=40)
    until(lambda: ledger.account(fleet.place.cluster, topology().way).indexed == 1, within=40)
    account = ledger.account(fleet.place.cluster, topology().way)
    assert (account.dead, account.balanced) == ({}, True)


def test_a_newer_model_rereads_the_log_while_live_articles_go_on(fleet: Fleet) -> None:
    began = datetime.now(UTC) - timedelta(minutes=5)
    old, live = generated(40, "old"), generated(10, "live")
    fleet.start(*WAY)
    fleet.publish(old)
    fleet.settle([(each.id, each.revision) for each in old], within=60)

    (fleet.place.folder / "model").write_text("3")
    publish = KafkaPublish(fleet.place.cluster)
    stage = signing(fleet.place.folder)
    replay = Replay(stage, stage.open(None), fleet.place.cluster, _interrupted_once(publish))
    fleet.publish(live)
    with pytest.raises(KeyboardInterrupt):
        replay.run(Stretch(began, "newer"))
    told: list[tuple[int, int]] = []
    replayed = Replay(stage, stage.open(None), fleet.place.cluster, publish.send).run(
        Stretch(began, "newer"), lambda done, of: told.append((done, of))
    )
    publish.close()

    assert 0 < replayed <= 50
    assert told[-1] == (replayed, replayed)
    fleet.settle([(each.id, each.revision) for each in live], within=60)
    until(lambda: _generations(fleet) == {3}, within=40)
    account = ledger.account(fleet.place.cluster, topology().way)
    assert (account.indexed, account.balanced) == (50, True)


def _interrupted_once(publish: KafkaPublish) -> Send:
    """A person stops the replay at its second batch."""
    sent: list[int] = []

    def send(records: Sequence[EncodedRecord]) -> None:
        if sent:
            raise KeyboardInterrupt
        sent.append(len(records))
        publish.send(records)

    return send


def _generations(fleet: Fleet) -> set[int]:
    old = store_of(fleet.place.settings).search(parse("title:old", datetime.now(UTC)), limit=100)
    return {article.generation for article in old.articles}
