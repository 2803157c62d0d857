"""What a channel may have taken comes again as the same message, whatever gathers meanwhile and whoever is killed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

import pytest
from desk import MINUTE, Desk, alert, subscription
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.channels import Away, Message
from alerts.identity import alert_id, earlier_id
from schemas.alert import Alert
from schemas.outcome import Dropped
from schemas.topics import DELIVERIES

TICK = timedelta(seconds=5)


class LostAnswers(Desk):
    """Its channel takes what it is told, and while its answers are lost says nothing of it."""

    lost = False

    def notify(self, channel: str, message: Message) -> None:
        super().notify(channel, message)
        if self.lost:
            raise Away("no answer")

    def under(self) -> dict[str, set[str]]:
        """Alert -> the keys under which it was told."""
        keys: dict[str, set[str]] = defaultdict(set)
        for _, message in self.told:
            for one in message.data["articles"]:
                keys[one["alert_id"]].add(message.key)
        return keys


def test_a_message_whose_answer_was_lost_comes_again_as_it_was_and_what_has_gathered_after_it() -> None:
    desk = LostAnswers(subscription())
    desk.lost = True
    desk.deliver(alert("a"))
    desk.deliver(alert("b"), alert("c"))
    assert desk.keys == ["a"]
    desk.lost = False
    desk.tick(6 * TICK)
    desk.tick(TICK)
    assert desk.keys[:2] == ["a", "a"]
    assert len(desk.told) == 3
    assert "2 stories" in desk.told[2][1].title
    assert {desk.delivery(id).status for id in "abc"} == {"delivered"}
    assert {desk.delivery(id).message for id in "abc"} == {None}


def test_a_digest_whose_answer_was_lost_comes_again_as_it_was() -> None:
    desk = LostAnswers(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"), alert("b"))
    desk.lost = True
    desk.tick(60 * MINUTE)
    desk.deliver(alert("c"))
    desk.restart()
    desk.lost = False
    desk.tick(60 * MINUTE)
    desk.tick(TICK)
    assert {id: len(keys) for id, keys in desk.under().items()} == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize("ticks", [0, 1])
def test_a_kill_after_a_channel_took_what_had_gathered_tells_it_again_as_it_was(ticks: int) -> None:
    desk = LostAnswers(subscription())
    desk.away = {"hook"}
    desk.deliver(alert("a"), alert("b"))
    desk.away = set()
    for _ in range(ticks):
        desk.tick(MINUTE)
    desk.step.tick(desk.now + MINUTE)  # killed before it is written down
    desk.restart()
    desk.away = {"hook"}
    desk.deliver(alert("c"), alert("d"))
    desk.away = set()
    for _ in range(3):
        desk.tick(MINUTE)
    assert {id: len(keys) for id, keys in desk.under().items()} == {"a": 1, "b": 1, "c": 1, "d": 1}


def test_what_was_closed_is_told_once_the_log_has_it() -> None:
    desk = LostAnswers(subscription())
    desk.away = {"hook"}
    desk.deliver(alert("a"), alert("b"))
    desk.away = set()
    desk.now += MINUTE
    desk.step.tick(desk.now)  # the log is away: nothing of it is written
    desk.step.tick(desk.now)
    assert desk.keys == ["a"]
    desk.tick(TICK)
    desk.tick(TICK)
    assert desk.keys == ["a", "b"]


def test_what_an_earlier_version_told_under_its_id_is_not_told_again() -> None:
    desk = Desk(subscription())
    before = alert(earlier_id("s", "story"))
    now = alert(alert_id("s", "story")).model_copy(update={"scope": "story"})
    desk.deliver(before.model_copy(update={"scope": "story"}))
    assert desk.deliver(now) == [Dropped("already told")]
    assert len(desk.told) == 1


Act = Literal["alert", "kill", "tick", "minute", "lost", "away", "back", "crash"]
ACTS: tuple[Act, ...] = ("alert", "kill", "tick", "minute", "lost", "away", "back", "crash")


@given(st.lists(st.sampled_from(ACTS), max_size=40), st.sampled_from(["story", "digest"]), st.integers(0, 3))
@settings(deadline=None)
def test_whatever_happens_an_alert_is_told_under_one_key(acts: Sequence[Act], policy: str, cooldown: int) -> None:
    desk = LostAnswers(subscription(policy=policy, digest_minutes=2, cooldown_minutes=cooldown))
    alerts: list[Alert] = []
    for act in acts:
        if act == "alert":
            alerts.append(alert(str(len(alerts))))
            desk.deliver(alerts[-1])
        elif act == "crash":  # told, and killed before it is written down; it comes again
            alerts.append(alert(str(len(alerts))))
            desk.step([alerts[-1]])
            desk.restart()
            desk.deliver(alerts[-1])
        elif act == "kill":
            desk.step.tick(desk.now)
            desk.restart()
        elif act == "back":
            desk.lost, desk.away = False, set()
        elif act == "lost":
            desk.lost = True
        elif act == "away":
            desk.away = {"hook"}
        else:
            desk.tick(TICK if act == "tick" else MINUTE)
    desk.lost, desk.away = False, set()
    for _ in range(60):
        desk.tick(10 * MINUTE)
    assert {id: len(keys) for id, keys in desk.under().items()} == {one.id: 1 for one in alerts}
    assert {one.status for one in map(desk.delivery, [one.id for one in alerts])} <= {"delivered"}
    assert len(desk.log.on(DELIVERIES)) <= 4 * len(alerts)
