"""What became of alerts is in Elasticsearch, by a stage that no telling waits for."""

import httpx
import pytest
from fleet.articles import generated
from fleet.fleet import Fleet
from fleet.waiting import until
from fleet.webhook import Webhook
from servers.proxy import Proxy

from schemas.alert import Recorded, Subscription
from schemas.outcome import Hold, Output
from schemas.topics import SUBSCRIPTIONS
from wirewatch.compose.cluster_control import ClusterPipeline
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers

# All that an alert passes: nothing has to be indexed for it.
WAY = ("enrich", "story", "match", "deliver", "record")


def alerts(fleet: Fleet, wire: ClusterPipeline) -> list[Recorded]:
    """What is found of alerts; nothing while the index is being made."""
    place = fleet.place.settings
    httpx.post(f"{place.elasticsearch}/{place.index_prefix}alerts/_refresh?ignore_unavailable=true")
    try:
        return list(wire.store.alerts().alerts)
    except Hold:
        return []


def observed(fleet: Fleet) -> set[str]:
    """The stages of which it is written down how much waits before them."""
    place = fleet.place.settings
    answer = httpx.get(f"{place.elasticsearch}/{place.index_prefix}operations/_search?q=kind:lag&size=100")
    hits = answer.json().get("hits", {}).get("hits", [])
    return {hit["_source"]["stage"] for hit in hits}


def test_an_alert_reaches_the_index_and_leaves_it_with_its_article(fleet: Fleet) -> None:
    gone, stays = generated(2, "k")
    with ClusterPipeline(fleet.place.settings) as wire:
        wire.publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="Tomahawk", query="tomahawk", policy="every"))])
        fleet.start(*WAY)
        fleet.publish([gone, stays])
        until(lambda: len(alerts(fleet, wire)) == 2, within=60)
        assert {(row.article_id, row.subscription_name, row.status) for row in alerts(fleet, wire)} == {
            (gone.id, "Tomahawk", "kept"),
            (stays.id, "Tomahawk", "kept"),
        }
        assert wire.forget(gone.id)
        until(lambda: wire.waiting()["record"] == 0, within=40)
        assert [row.article_id for row in alerts(fleet, wire)] == [stays.id]
        assert wire.ledger().unaccounted == ()
        until(lambda: observed(fleet) == set(topology().names), within=40)


def test_a_store_that_is_away_delays_no_alert(fleet: Fleet, webhook: Webhook, proxy: Proxy) -> None:
    wanted = Subscription(id="s", name="s", query="tomahawk", channels=(webhook.channel,), policy="every")
    proxy.refuse(503)
    record, *_ = fleet.start("record", *WAY[:-1])
    with ClusterPipeline(fleet.place.settings) as wire:
        wire.publish([Output(SUBSCRIPTIONS, wanted)])
        fleet.publish(generated(3, "h"))
        until(lambda: webhook.told().total() == 3, within=60)
        until(lambda: record.metric("wirewatch_held_seconds"), within=40)
        assert wire.waiting()["record"] == 3
        proxy.pass_on()
        until(lambda: len(alerts(fleet, wire)) == 3, within=40)
        rows = alerts(fleet, wire)
    assert {(row.status, row.channels) for row in rows} == {("delivered", ("json",))}
    assert all(row.told_at == row.at for row in rows)
