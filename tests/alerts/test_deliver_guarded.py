"""What concerns one subscription, one article or one owner of the stage concerns no other."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest
from desk import MINUTE, Desk, alert, subscription
from wire_articles import NOON

from alerts import deliver, remembered, schedule
from alerts.channels import Message
from alerts.deliver import DeliverStep
from alerts.schedule import Due
from alerts.telling import Telling, Told, told_by
from schemas.alert import Subscription
from schemas.ledger import Forgotten
from schemas.outcome import Done, Dropped, Hold, Output
from schemas.services import NOT_STARTED, Failure
from schemas.topics import DELIVERIES, FORGOTTEN

HOUR = timedelta(hours=1)
FORGOT = Dropped("forgotten")


def forget(desk: Desk, article: str) -> None:
    desk.log.publish([Output(FORGOTTEN, Forgotten(id=article, at=desk.now))])


def stepping(desk: Desk, notify: Callable[[str, Message], None], confirm: Callable[[], None] = lambda: None) -> None:
    desk.step = DeliverStep(desk.log, lambda: desk.subscriptions, lambda: desk.now, notify, confirm)


@pytest.mark.parametrize("error", [ValueError("Invalid IPv6 URL"), KeyError("x"), OSError("no"), RecursionError()])
def test_a_channel_that_raises_anything_keeps_only_its_own_waiting(error: Exception) -> None:
    desk = Desk(
        subscription("bad", channels=("json://[::1", "good://b"), policy="digest", digest_minutes=60),
        subscription("good", channels=("good://g",), policy="digest", digest_minutes=60),
    )

    def notify(channel: str, message: Message) -> None:
        if channel == "json://[::1":
            raise error
        desk.told.append((channel, message))

    stepping(desk, notify)
    desk.deliver(alert("a", "bad"), alert("b", "good"))
    desk.tick(HOUR)
    assert sorted(channel for channel, _ in desk.told) == ["good://b", "good://g"]
    assert desk.delivery("b").status == "delivered"
    assert (desk.delivery("a").status, desk.delivery("a").left) == ("waiting", ("json://[::1",))
    assert [wait.what for wait in desk.step.waits()] == ["deliver to json://…"]


def test_a_subscription_whose_rules_cannot_be_kept_waits_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(*(subscription(id, policy="digest", digest_minutes=60) for id in ("bad", "good")))
    desk.deliver(alert("a", "bad"), alert("b", "good"))
    real = schedule.due

    def due(subscription: Subscription, now: datetime, last: datetime | None) -> Due:
        if subscription.id == "bad":
            raise LookupError("no such time zone any more")
        return real(subscription, now, last)

    monkeypatch.setattr(remembered, "due", due)
    desk.tick(HOUR)
    assert desk.keys == ["b"]
    assert "no such time zone" in (desk.delivery("a").problem or "")
    monkeypatch.undo()
    desk.tick(HOUR)
    assert desk.keys == ["b", "a"]


def test_what_is_forgotten_while_others_are_told_is_not_told_and_leaves_no_words() -> None:
    desk = Desk(subscription())

    def notify(channel: str, message: Message) -> None:
        desk.told.append((channel, message))
        forget(desk, message.key)  # the one at hand: it is being told
        forget(desk, "b")

    stepping(desk, notify)
    first, second = desk.deliver(alert("a"), alert("b"))
    assert isinstance(first, Done)
    assert second == FORGOT
    assert desk.keys == ["a"]
    assert (desk.delivery("a").status, desk.delivery("a").alert) == ("delivered", None)
    assert desk.log.get(DELIVERIES, "b", type(desk.delivery("a"))) is None


def test_what_waits_is_left_out_of_its_digest_once_its_article_is_forgotten() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60, channels=("one", "two")))
    desk.deliver(alert("a"), alert("b"), alert("c"))

    def notify(channel: str, message: Message) -> None:
        desk.told.append((channel, message))
        forget(desk, "b")  # between the first channel and the second

    stepping(desk, notify)
    forget(desk, "a")
    desk.tick(HOUR)
    first, second = (message.body for _, message in desk.told)
    assert ["Title " + id in first for id in "abc"] == [False, True, True]
    assert ["Title " + id in second for id in "abc"] == [False, False, True]
    assert desk.delivery("b").alert is None
    assert desk.delivery("c").status == "delivered"


def test_what_was_recorded_just_before_it_was_forgotten_loses_its_words() -> None:
    desk = Desk(subscription())
    desk.deliver(alert("a"))
    forget(desk, "a")
    assert desk.delivery("a").alert is not None
    desk.tick(MINUTE)
    assert desk.delivery("a").alert is None
    assert desk.deliver(alert("a")) == [Dropped("already told")]


def test_a_digest_has_the_key_of_what_fell_due_together_whoever_tells_it() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"), alert("b"))
    told: list[str] = []
    zombie = DeliverStep(
        desk.log, lambda: desk.subscriptions, lambda: desk.now, lambda _, message: told.append(message.key)
    )
    desk.now = NOON + HOUR + MINUTE  # the moment has passed: what comes now is of the next digest
    desk.deliver(alert("c"))
    desk.tick(HOUR)
    zombie.tick(desk.now)
    assert desk.keys == [*told, "c"]


def test_one_whose_stage_is_anothers_tells_nothing_that_waited() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"), alert("b"))

    def another_s() -> None:
        raise Hold("given out anew")

    stepping(desk, desk.notify, another_s)
    with pytest.raises(Hold):
        desk.tick(2 * HOUR)
    assert desk.told == []


def test_channels_that_take_long_do_not_keep_the_rest_of_their_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(subscription("slow", channels=("slow",)), subscription("quick", channels=("quick",)))
    seconds = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: seconds[0])

    def notify(channel: str, message: Message) -> None:
        seconds[0] += 2 * deliver.PATIENCE_SECONDS
        desk.notify(channel, message)

    stepping(desk, notify)
    desk.deliver(alert("a", "slow"), alert("b", "quick"))
    assert desk.keys == ["a"]
    assert desk.delivery("b").status == "waiting"
    desk.tick(timedelta(0))  # the message is closed
    desk.tick(timedelta(0))
    assert desk.keys == ["a", "b"]


def test_of_many_channels_that_hang_the_rest_is_told_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(subscription(channels=("one", "two")))
    seconds = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: seconds[0])

    def notify(channel: str, message: Message) -> None:
        seconds[0] += 2 * deliver.PATIENCE_SECONDS
        desk.notify(channel, message)

    stepping(desk, notify)
    desk.deliver(alert("a"))
    assert (desk.delivery("a").status, desk.delivery("a").left) == ("waiting", ("two",))
    desk.tick(timedelta(0))
    assert [channel for channel, _ in desk.told] == ["one", "two"]
    assert desk.delivery("a").status == "delivered"


def test_where_nobody_can_be_told_the_stage_holds_and_later_tells_all() -> None:
    class Unstarted:
        """A pool on a machine without memory for a child."""

        def start(self) -> None: ...

        def map(self, items: Iterable[Telling]) -> list[Told | Failure]:
            return [Failure(NOT_STARTED, "out of memory") for _ in items]

    desk = Desk(subscription("now"), subscription("later", policy="digest", digest_minutes=60))
    desk.deliver(alert("a", "later"))
    stepping(desk, told_by(Unstarted()))
    with pytest.raises(Hold, match="channels cannot be told: out of memory"):
        desk.deliver(alert("b", "now"))
    with pytest.raises(Hold):
        desk.tick(2 * HOUR)
    assert desk.keys == []
    stepping(desk, desk.notify)
    desk.deliver(alert("b", "now"))
    desk.tick(MINUTE)
    assert sorted(desk.keys) == ["a", "b"]
