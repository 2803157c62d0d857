"""A deliver that was stopped and wakes tells nothing again under another key."""

import json
import os
import signal
import time
from collections import defaultdict
from datetime import UTC, datetime

import pytest
from desk import alert
from fleet.fleet import Fleet, Member
from fleet.waiting import until
from fleet.webhook import Webhook
from loopback import Site

from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from schemas.alert import Delivery, Subscription
from schemas.outcome import Output
from schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS

pytestmark = pytest.mark.servers

# The shortest that there is. Begun this early in a minute, a stopped worker is expelled (8 s) and another has its
# partitions (20 s at most) before the digest falls due.
DIGEST_MINUTES = 1
EARLY_SECONDS = 15


def test_one_that_was_stopped_while_a_digest_waited_does_not_tell_it_again(
    fleet: Fleet, webhook: Webhook, hook: Site
) -> None:
    wanted = Subscription(
        id="s", name="s", query="x", channels=(webhook.channel,), policy="digest", digest_minutes=DIGEST_MINUTES
    )
    publish = KafkaPublish(fleet.place.cluster)
    publish([Output(SUBSCRIPTIONS, wanted)])
    [stopped] = fleet.start("deliver")
    until(lambda: _assigned(stopped), within=60)
    until(lambda: time.time() % (60 * DIGEST_MINUTES) < EARLY_SECONDS, within=60 * DIGEST_MINUTES)
    publish([Output(ALERTS, alert(f"early-{number}", at=datetime.now(UTC))) for number in range(10)])
    until(lambda: len(_waiting(fleet)) == 10, within=60)
    os.kill(stopped.pid, signal.SIGSTOP)
    assert hook.asked == []
    [other] = fleet.start("deliver")
    until(lambda: _assigned(other), within=60)
    publish([Output(ALERTS, alert(f"late-{number}", at=datetime.now(UTC))) for number in range(2)])
    publish.close()
    until(lambda: hook.asked and not _waiting(fleet), within=60 * DIGEST_MINUTES + 60)

    os.kill(stopped.pid, signal.SIGCONT)
    until(lambda: stopped.status is not None or _assigned(stopped) > 1, within=60)
    # it leaves, or is given nothing: what it would tell it would have told at its first look
    other.stop()
    until(lambda: stopped.status is not None or _assigned(stopped) > 1, within=60)
    keys = _keys(hook)
    assert keys.keys() == {f"early-{number}" for number in range(10)} | {f"late-{number}" for number in range(2)}
    assert {name: len(found) for name, found in keys.items() if len(found) > 1} == {}


@pytest.fixture
def hook(webhook: Webhook) -> Site:
    """Where the webhook listens."""
    return webhook.site


def _assigned(member: Member) -> int:
    return sum("assigned" in line for line in member.log.splitlines())


def _waiting(fleet: Fleet) -> set[str]:
    state = KafkaState(fleet.place.cluster)
    return {one.id for one in state.scan(DELIVERIES, Delivery) if one.status == "waiting"}


def _keys(hook: Site) -> dict[str, set[str]]:
    """Under which keys each alert was told, by the titles in what came."""
    found: dict[str, set[str]] = defaultdict(set)
    for asked in list(hook.asked):
        said = json.loads(asked.body)
        for line in said["message"].splitlines():
            if line.startswith("Title "):
                found[line.removeprefix("Title ")].add(said["alert_id"])
    return dict(found)
