"""An article that was taken out stays out, whichever way it comes again."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from fleet.articles import generated
from fleet.fleet import STAGES, Fleet
from fleet.signing import signing
from fleet.waiting import until
from fleet.webhook import Webhook
from loopback import Asked, Reply

from alerts.identity import alert_id
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.replay import Replay, Stretch
from schemas.alert import Delivery, Subscription
from schemas.outcome import Output
from schemas.topics import DELIVERIES, SUBSCRIPTIONS
from wirewatch.compose.cluster_control import ClusterPipeline

pytestmark = pytest.mark.servers


def test_a_forgotten_article_is_not_let_in_again(fleet: Fleet, webhook: Webhook) -> None:
    began = datetime.now(UTC) - timedelta(minutes=5)
    gone, kept = generated(2, "f")
    edited = gone.model_copy(update={"revision": "2", "text": f"{gone.text} Edited.", "fetched_at": datetime.now(UTC)})
    wanted = Subscription(id="s", name="s", query="tomahawk", channels=(webhook.channel,), policy="every")
    with ClusterPipeline(fleet.place.settings) as wire:
        wire.publish([Output(SUBSCRIPTIONS, wanted)])
        fleet.start(*STAGES)
        fleet.publish([gone, kept])
        fleet.settle([(gone.id, "1"), (kept.id, "1")], within=60)
        until(lambda: webhook.told().total() == 2, within=40)

        assert wire.forget(gone.id)
        assert fleet.indexed() == [kept.id]
        assert wire.ledger().dropped == {"index: forgotten": 1}
        wire.state.catch_up(DELIVERIES)
        told = {one.id: one for one in wire.state.items(DELIVERIES, Delivery)}
        assert told[alert_id("s", gone.id)].alert is None
        assert told[alert_id("s", kept.id)].alert is not None

        fleet.publish([edited])  # its feed shows it again
        fleet.settle([(gone.id, "2")], within=60)
        assert _enrich_again(fleet, began) == 3
        until(lambda: wire.ledger().dropped == {"story: forgotten": 2}, within=60)
        assert wire.replay("index", began, "index again") >= 2
        until(lambda: wire.ledger().in_flight == 0, within=60)

        assert fleet.indexed() == [kept.id]
        account = wire.ledger()
        assert (account.indexed, account.dropped, account.balanced) == (1, {"story: forgotten": 2}, True)
        assert not wire.forget("never seen")
    assert webhook.told().total() == 2


def test_of_a_story_whose_first_article_is_forgotten_while_it_waits_a_copy_that_came_before_is_told(
    fleet: Fleet, webhook: Webhook
) -> None:
    [first] = generated(1, "first")
    copy = first.model_copy(update={"id": "copy"})
    wanted = Subscription(id="s", name="s", query="tomahawk", channels=(webhook.channel,))
    webhook.site.pages["/told"] = Reply(503)
    with ClusterPipeline(fleet.place.settings) as wire:
        wire.publish([Output(SUBSCRIPTIONS, wanted)])
        fleet.start(*STAGES)
        for one in (first, copy):
            fleet.publish([one])
            # in the index too: Elasticsearch refuses whoever asks for a month while it is made
            fleet.settle([(one.id, "1")], within=60, stages=["match", "index"])
        until(lambda: [one for one in wire.state.scan(DELIVERIES, Delivery) if one.is_copy], within=40)

        assert wire.forget(first.id)
        taken: list[Asked] = []

        def take(asked: Asked) -> Reply:
            taken.append(asked)
            return Reply()

        webhook.site.pages["/told"] = take
        until(lambda: taken, within=90)
        [told] = (json.loads(asked.body) for asked in taken)
        assert [one["article_id"] for one in told["articles"]] == [copy.id]
        until(lambda: not _waiting(wire), within=40)
        became = wire.state.get(DELIVERIES, alert_id("s", first.id), Delivery)
        assert became is not None
        assert became.status == "delivered"
        assert [row.article_id for row in wire.store.alerts().alerts] == [copy.id]


def _waiting(wire: ClusterPipeline) -> list[str]:
    return [one.id for one in wire.state.scan(DELIVERIES, Delivery) if one.status == "waiting"]


def _enrich_again(fleet: Fleet, since: datetime) -> int:
    publish = KafkaPublish(fleet.place.cluster)
    try:
        stage = signing(fleet.place.folder)
        replay = Replay(stage, stage.open(None), fleet.place.cluster, publish.send)
        return replay.run(Stretch(since, "again"))
    finally:
        publish.close()
