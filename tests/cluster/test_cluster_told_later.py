"""On the cluster: a quote that was withdrawn, and growth, are told once, through a kill."""

import pytest
from fleet.fleet import Fleet
from fleet.webhook import Webhook
from told_later import play

from wirewatch.compose.open import open_control, open_reader

pytestmark = pytest.mark.servers


def test_what_is_told_later_is_told_once_through_a_kill(fleet: Fleet, webhook: Webhook) -> None:
    fleet.prepare()
    working = fleet.start("match", "deliver")

    def kill() -> None:
        for member in working:
            member.kill()
        fleet.start("match", "deliver")

    with open_control(fleet.place.settings) as control, open_reader(fleet.place.settings) as reader:
        play(control.publish, reader, webhook, kill)
