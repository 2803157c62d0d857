"""Of a story whose alert waits, its other articles stand behind it: one is told where the first is forgotten."""

from datetime import timedelta

import pytest
from desk import MINUTE, Desk, alert, subscription

from alerts.copies import MOST
from runtime.memory import MemoryServices
from schemas.alert import Alert, Delivery
from schemas.ledger import Forgotten
from schemas.outcome import Dropped, Output
from schemas.topics import DELIVERIES, FORGOTTEN
from stores.stages import COPY, RecordStep

HOUR = timedelta(hours=1)
STORY = "of the story"


def gathering() -> Desk:
    """A desk that waits for the next hour."""
    return Desk(subscription(policy="digest", digest_minutes=60))


def of_story(article: str) -> Alert:
    """The story's alert, as this article of it makes it."""
    return alert(article).model_copy(update={"id": STORY})


def forget(desk: Desk, article: str, is_kept: bool = True) -> None:
    """As the runtimes do: a cluster keeps of what waited that there was an alert, one process nothing."""
    told = [one for one in desk.log.items(DELIVERIES, Delivery) if one.alert and one.alert.article_id == article]
    desk.log.publish([Output(FORGOTTEN, Forgotten(id=article, at=desk.now))])
    for one in told:
        if is_kept:
            desk.log.publish([Output(DELIVERIES, one.without_words())])
        else:
            del desk.log._last[DELIVERIES][one.id]


def words(desk: Desk) -> list[str]:
    """The articles of which the state has words."""
    return [one.alert.article_id for one in desk.log.items(DELIVERIES, Delivery) if one.alert]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("restarts", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_a_copy_that_came_before_the_first_was_forgotten_is_told(is_kept: bool, restarts: bool, together: bool) -> None:
    desk = gathering()
    for batch in [["a", "b"]] if together else [["a"], ["b"]]:
        *_, last = desk.deliver(*map(of_story, batch))
    assert isinstance(last, Dropped)
    assert last.reason == "already told"
    desk.tick(MINUTE)
    forget(desk, "a", is_kept)
    if restarts:
        desk.restart()
    desk.tick(MINUTE)
    assert desk.delivery(STORY).status == "waiting"
    desk.tick(HOUR)
    assert desk.keys == [STORY]
    assert "Title b" in desk.told[0][1].body
    assert desk.delivery(STORY).status == "delivered"
    desk.restart()
    desk.deliver(of_story("c"))
    desk.tick(HOUR)
    assert desk.keys == [STORY]
    assert words(desk) == ["b"]


def test_where_the_copy_is_forgotten_too_the_next_is_told_and_with_the_last_nobody() -> None:
    desk = gathering()
    desk.deliver(*map(of_story, "abc"))
    for article in "ab":
        forget(desk, article)
        desk.tick(MINUTE)
    assert words(desk) == ["c", "c"]
    forget(desk, "c")
    desk.tick(HOUR)
    assert desk.told == []
    assert words(desk) == []


def test_a_copy_is_told_though_its_alert_was_wiped_again_by_who_forgets_the_first() -> None:
    """Who forgets says so first, and takes the words out when deliver may have put the copy in their place."""
    desk = gathering()
    desk.deliver(*map(of_story, "ab"))
    desk.tick(MINUTE)
    first = desk.delivery(STORY)
    desk.log.publish([Output(FORGOTTEN, Forgotten(id="a", at=desk.now))])
    desk.tick(MINUTE)
    assert desk.delivery(STORY).status == "waiting"
    desk.log.publish([Output(DELIVERIES, first.without_words())])
    desk.tick(HOUR)
    assert desk.keys == [STORY]
    desk.tick(MINUTE)
    desk.restart()
    desk.tick(HOUR)
    assert desk.keys == [STORY]
    assert desk.delivery(STORY).status == "delivered"


def test_once_the_first_is_told_nothing_is_left_of_its_copies_but_that_they_came() -> None:
    desk = gathering()
    desk.deliver(*map(of_story, "abb"))
    assert words(desk) == ["a", "b"]
    desk.tick(HOUR)
    desk.tick(MINUTE)
    assert words(desk) == ["a"]
    forget(desk, "a")
    desk.tick(HOUR)
    assert desk.keys == [STORY]


def test_an_edit_of_what_waits_is_no_copy_and_of_very_many_some_are_kept() -> None:
    desk = gathering()
    desk.deliver(of_story("a"), of_story("a"), *(of_story(f"copy {number}") for number in range(2 * MOST)))
    assert words(desk) == ["a", *(f"copy {number}" for number in range(MOST))]


def test_a_copy_whose_batch_was_not_committed_is_written_down_with_the_next() -> None:
    desk = gathering()
    desk.deliver(of_story("a"))
    desk.step([of_story("b")])
    assert words(desk) == ["a"]
    desk.deliver(of_story("b"))
    assert words(desk) == ["a", "b"]


def test_a_copy_follows_the_rules_that_stand_when_its_turn_comes() -> None:
    desk = gathering()
    desk.deliver(*map(of_story, "ab"))
    desk.tick(MINUTE)
    desk.subscriptions = {"s": subscription(paused=True)}
    forget(desk, "a")
    desk.tick(HOUR)
    assert (desk.delivery(STORY).status, desk.delivery(STORY).problem) == ("kept", "the alert was paused")
    desk.subscriptions = {}
    forget(desk, "b")
    desk.tick(HOUR)
    assert desk.told == []
    assert words(desk) == []


def test_the_copies_of_a_removed_subscription_are_let_go() -> None:
    desk = gathering()
    desk.deliver(*map(of_story, "ab"))
    desk.subscriptions = {}
    forget(desk, "a")
    desk.tick(HOUR)
    desk.tick(HOUR)
    assert desk.told == []
    assert words(desk) == []


def test_old_news_is_no_copy() -> None:
    desk = gathering()
    desk.old_after = timedelta(days=7)
    desk.restart()
    desk.deliver(of_story("a"), of_story("b").model_copy(update={"published": desk.now - timedelta(days=30)}))
    assert words(desk) == ["a"]


def test_what_was_told_to_one_channel_is_told_of_no_copy() -> None:
    desk = Desk(subscription(channels=("hook", "mail")))
    desk.away = {"mail"}
    desk.deliver(*map(of_story, "ab"))
    forget(desk, "a")
    desk.away = set()
    desk.tick(HOUR)
    assert [channel for channel, _ in desk.told] == ["hook"]


def test_copies_that_wait_for_long_are_renewed() -> None:
    desk = Desk(subscription(quiet={"start": "11:00", "end": "11:00"}, policy="digest", digest_minutes=60 * 24 * 30))
    desk.deliver(*map(of_story, "ab"))
    desk.tick(timedelta(days=8))
    assert {one.at for one in desk.log.items(DELIVERIES, Delivery)} == {desk.now}


def test_a_store_does_not_show_copies() -> None:
    desk = gathering()
    services = MemoryServices(desk.log)
    desk.deliver(*map(of_story, "ab"))
    [first, copy] = desk.log.items(DELIVERIES, Delivery)
    _, outcome = RecordStep(services)([first, copy])
    assert outcome == COPY
    assert list(services.store.deliveries) == [STORY]
