"""The account of the ledger on the real Kafka: kept as it goes, the same as counted anew, and mended where it is wrong;
and what only Kafka has, in a file and back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fleet.place import Place, apart

from runtime.kafka import account, dead_letters, ledger
from runtime.kafka.codec import Cluster, TraceContext, encode
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from runtime.ports import ControlError
from schemas.account import AccountPart
from schemas.alert import Delivery, Subscription
from schemas.article import Article
from schemas.feed import Feed
from schemas.ledger import Ending, Letter, Origin, OutcomeRow
from schemas.outcome import Output
from schemas.story import StoryMember
from schemas.topics import ACCOUNT, ARTICLES, DEAD, DELIVERIES, FEEDS, OUTCOMES, STORIES, SUBSCRIPTIONS
from wirewatch.compose.cluster_control import ClusterPipeline
from wirewatch.compose.open import restore
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers

NOW = datetime(2026, 1, 2, tzinfo=UTC)
WAY = topology().way


@pytest.fixture
def wire(place: Place) -> Iterator[ClusterPipeline]:
    with ClusterPipeline(place.settings) as opened:
        yield opened


@pytest.fixture
def publish(place: Place, wire: ClusterPipeline) -> Iterator[KafkaPublish]:
    made = KafkaPublish(place.cluster)
    yield made
    made.close()


def said(id: str, stage: str, outcome: Ending = "done", reason: str | None = None) -> Output:
    return Output(OUTCOMES, OutcomeRow(id=id, revision="1", stage=stage, outcome=outcome, reason=reason, at=NOW))


def send(publish: KafkaPublish, cluster: Cluster, *outputs: Output) -> None:
    """As a worker does: an outcome as it is."""
    publish.send(encode(cluster, output, TraceContext()) for output in outputs)


def whole_way(id: str) -> list[Output]:
    return [said(id, stage) for stage in ("fetch", *(stage.name for stage in WAY), "match")]


def test_what_is_kept_is_what_is_counted_and_read_on_from(
    publish: KafkaPublish, place: Place, wire: ClusterPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "ENOUGH", 20)
    cluster = place.cluster
    keep = account.Keeper(cluster, publish)
    send(publish, cluster, *(output for number in range(30) for output in whole_way(f"old {number}")))
    send(publish, cluster, said("lost", "fetch"), said("bad", "fetch"), said("bad", "enrich", "dead", "too long"))
    letter = Letter(
        id="bad",
        revision="1",
        stage="enrich",
        reason="too long",
        error="it rained",
        origin=Origin(topic="articles", offset=1),
        code_version="1",
        record={},
        at=NOW,
    )
    publish([Output(DEAD, letter)])
    keep()
    read = account.now(cluster, until={})  # nothing of `outcomes` beyond what was kept
    assert sum(read.table.counted(read.gone).values()) == 32
    assert [one.id for one in dead_letters.letters(cluster)] == ["bad"]

    send(publish, cluster, *whole_way("new"), said("bad", "enrich", "dropped", "not news"))
    balance = wire.ledger()
    assert (balance.fetched, balance.indexed, balance.dropped) == (33, 31, {"enrich: not news": 1})
    assert balance.unaccounted == (("lost", "1"),)
    assert balance.stages["match"] == {"done": 31}
    assert wire.ledger(prove=True) == balance
    assert dead_letters.letters(cluster) == []
    assert [row.stage for row in wire.trace("old 7")] == ["fetch", *(stage.name for stage in WAY), "match"]
    assert wire.trace("nobody") == []


def test_a_wrong_account_is_told_and_mended(publish: KafkaPublish, place: Place, wire: ClusterPipeline) -> None:
    cluster = place.cluster
    send(publish, cluster, *(output for number in range(5) for output in whole_way(str(number))))
    account.keep(publish, account.now(cluster))
    publish([Output(ACCOUNT, AccountPart(id="0"))])
    assert wire.ledger().fetched == 0
    with pytest.raises(ControlError, match="the account that was kept on Kafka was wrong"):
        wire.ledger(prove=True)
    assert wire.ledger().fetched == 5
    assert wire.ledger(prove=True).indexed == 5
    assert ledger.account(cluster, WAY).balanced


def test_large_state_is_asked_for_by_key_and_by_its_last_days(publish: KafkaPublish, place: Place) -> None:
    """What this process sent, and what another did, before and after the keys were read."""
    state = KafkaState(place.cluster)
    told = [Delivery(id=str(number), subscription="s", status="delivered", at=NOW) for number in range(3)]
    publish([Output(DELIVERIES, one) for one in told[:2]])
    assert state.get(DELIVERIES, "1", Delivery) == told[1]
    assert state.get(DELIVERIES, "2", Delivery) is None
    changed = told[0].model_copy(update={"status": "kept"})
    publish([Output(DELIVERIES, told[2]), Output(DELIVERIES, changed)])
    state.catch_up(DELIVERIES)
    assert [state.get(DELIVERIES, id, Delivery) for id in "012"] == [changed, told[1], told[2]]
    assert sorted(one.id for one in state.items(DELIVERIES, Delivery)) == ["0", "1", "2"]

    old = Article(id="a", revision="1", title="T", text="T", fetched_at=NOW)
    assert state.get(STORIES, old.id, StoryMember) is None
    publish([Output(STORIES, StoryMember(id="a", story_id="a", first_seen=NOW, signature=""))])
    assert [member.id for member in state.scan(STORIES, StoryMember, last=timedelta(days=1))] == ["a"]
    state.close()


def test_what_only_kafka_has_goes_into_a_file_and_back(
    publish: KafkaPublish, place: Place, wire: ClusterPipeline, tmp_path: Path
) -> None:
    """State, letters, and what no stage has handled yet; onto an empty Kafka alone."""
    waiting = Article(id="w", revision="1", title="T", text="On its way.", fetched_at=NOW)
    kept = [
        Output(SUBSCRIPTIONS, Subscription(id="s", name="S", query="rain", channels=("json://user:secret@host",))),
        Output(FEEDS, Feed(url="https://news.example/feed")),
        Output(DELIVERIES, Delivery(id="d", subscription="s", status="delivered", at=NOW)),
        Output(STORIES, StoryMember(id="a", story_id="a", first_seen=NOW, signature="")),
        Output(ARTICLES, waiting),
    ]
    publish(kept)
    publish([Output(FEEDS, Feed(url="https://news.example/feed", deleted=True))])
    line = wire.backup(tmp_path / "backup")
    assert "1 subscriptions" in line
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600

    elsewhere = apart(place.settings.kafka, place.settings.elasticsearch)
    assert "1 articles" in restore(elsewhere, tmp_path / "backup")
    with ClusterPipeline(elsewhere) as other:
        for topic, kind in (
            (SUBSCRIPTIONS, Subscription),
            (FEEDS, Feed),
            (DELIVERIES, Delivery),
            (STORIES, StoryMember),
        ):
            assert list(other.state.items(topic, kind)) == list(wire.state.items(topic, kind))
        assert other.waiting()["enrich"] == 1
        assert other.ledger().in_flight == 1
    with pytest.raises(ControlError, match="has records on"):
        restore(elsewhere, tmp_path / "backup")
    (tmp_path / "letter").write_text("Dear Sir")
    with pytest.raises(ControlError, match="letter cannot be read as a backup"):
        restore(apart(place.settings.kafka, place.settings.elasticsearch), tmp_path / "letter")
