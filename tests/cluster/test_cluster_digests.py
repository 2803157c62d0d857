"""On the cluster: what is told by the clock is told once, through a kill of whoever makes and whoever tells it."""

import json

import pytest
from fleet.fleet import Fleet
from fleet.waiting import until
from fleet.webhook import Webhook

from schemas.alert import Subscription
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from wirewatch.compose.open import open_control

pytestmark = pytest.mark.servers


def test_a_briefing_is_told_once_through_a_kill(fleet: Fleet, webhook: Webhook) -> None:
    fleet.prepare()

    def morning(name: str) -> Output:
        """That of the day that ended at midnight UTC, which is due at once."""
        channels = (webhook.channel,)
        return Output(SUBSCRIPTIONS, Subscription(id=name, name=name, query="*", policy="briefing", channels=channels))

    def told() -> list[str]:
        return [json.loads(one.body)["alert"]["name"] for one in list(webhook.site.asked)]

    with open_control(fleet.place.settings) as control:
        control.publish([morning("a")])
        working = fleet.start("record", "deliver")
        until(lambda: told() == ["a"], within=90)
        for member in working:
            member.kill()
        fleet.start("record", "deliver")
        control.publish([morning("b")])  # is looked at after the first, which is looked at again
        until(lambda: told() == ["a", "b"], within=90)
        until(lambda: control.waiting()["record"] == 0, within=60)
        assert told() == ["a", "b"]
