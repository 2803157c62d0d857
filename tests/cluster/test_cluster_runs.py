"""Many alerts that a worker reads at once, as one run: a kill in the middle of it loses none and tells few again."""

import pytest
from desk import alert
from fleet.fleet import Fleet
from fleet.waiting import until
from fleet.webhook import Webhook

from alerts.deliver import MOST_TOLD
from runtime.kafka.lag import waiting
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from schemas.alert import Delivery, Subscription
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers

ALERTS_AT_ONCE = 200
TOLD_BEFORE = 20


def test_a_kill_in_the_middle_of_many_alerts_tells_each(fleet: Fleet, webhook: Webhook) -> None:
    told = Subscription(id="s", name="s", query="x", channels=(webhook.channel,), policy="every")
    kept = Subscription(id="k", name="k", query="x", policy="every")
    wanted = [alert(f"a{number}", subscription="sk"[number % 2], at=utc_now()) for number in range(ALERTS_AT_ONCE)]
    publish = KafkaPublish(fleet.place.cluster)
    publish([Output(SUBSCRIPTIONS, one) for one in (told, kept)])
    publish([Output(ALERTS, one) for one in wanted])
    publish.close()

    [killed] = fleet.start("deliver")
    until(lambda: webhook.told().total() >= TOLD_BEFORE, within=60)
    killed.kill()
    before = webhook.told().total()
    assert before < ALERTS_AT_ONCE // 2
    fleet.tend()

    ids = {one.id: {"s": "delivered", "k": "kept"}[one.subscription] for one in wanted}
    until(lambda: _remembered(fleet) == ids, within=120)
    assert webhook.told().keys() == {id for id, status in ids.items() if status == "delivered"}
    assert webhook.told().total() - ALERTS_AT_ONCE // 2 <= MOST_TOLD
    until(lambda: waiting(fleet.place.cluster, topology())["deliver"] == 0, within=30)  # all of it is committed


def _remembered(fleet: Fleet) -> dict[str, str]:
    return {one.id: one.status for one in KafkaState(fleet.place.cluster).scan(DELIVERIES, Delivery)}
