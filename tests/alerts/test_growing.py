"""An alert that asks for growth: counted, told once when it is three times as usual, through crashes and edits."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from desk import MINUTE, Desk, alert, subscription
from wire_articles import NOON, wire_article

from alerts.growing import LATE, news_at
from alerts.growth import STEP, WEEK
from alerts.match import MatchStep
from schemas.alert import Alert, Counting
from schemas.outcome import Done, Dropped, Output
from schemas.topics import COUNTING, DELIVERIES

GROWS = subscription(growth=3, channels=("hook",))


def desk(**changes: Any) -> Desk:
    """A desk whose alert was counted for ten weeks, two origins an hour around this hour of the week."""
    made = Desk(GROWS.model_copy(update=changes))
    made.log.publish([Output(COUNTING, Counting(id="s", query="x", since=NOON - 10 * WEEK))])
    before = [
        alert(f"{week} {number}", at=NOON - week * WEEK - timedelta(hours=2) + number * 30 * MINUTE)
        for week in range(1, 9)
        for number in range(6)
    ]
    made.deliver(*before)
    return made


def burst(made: Desk, number: int = 12, name: str = "burst") -> list[Alert]:
    """So many origins in the past minutes, delivered."""
    alerts = [alert(f"{name} {each}", at=made.now - STEP - each * timedelta(seconds=1)) for each in range(number)]
    made.deliver(*alerts)
    return alerts


def tick_until_told(made: Desk) -> None:
    """A few seconds apart: what has grown is written down first, and told then."""
    for _ in range(3):
        made.tick(timedelta(seconds=5))


def test_what_meets_it_is_counted_and_nobody_is_told() -> None:
    made = desk()
    (outcome,) = made.deliver(alert("a"))
    assert isinstance(outcome, Done)
    assert made.delivery("a").status == "counted"
    assert made.deliver(alert("a")) == [Dropped("already told")]
    tick_until_told(made)
    assert made.told == []


def test_growth_is_told_with_its_articles_its_origins_and_the_usual_level() -> None:
    made = desk()
    burst(made)
    tick_until_told(made)
    ((channel, message),) = made.told
    assert channel == "hook"
    assert message.title == "Tomahawk: 12 origins in 60 minutes, 2 as usual"
    assert "More than usual" in message.body
    assert "Title burst 7" in message.body
    assert "12 origins" in message.html
    (growth,) = message.data["growth"]
    assert (growth["origins"], growth["usual"], growth["minutes"]) == (12, 2, 60)
    assert {one["title"] for one in message.data["articles"]} == {f"Title burst {each}" for each in range(12)}
    assert message.data["total"] == 12
    told = made.delivery(growth["alert_id"])
    assert (told.status, told.alert and told.alert.matched_part) == (
        "delivered",
        "12 origins in 60 minutes, 2 as usual",
    )


def test_it_is_told_once_a_day_however_often_the_process_ends() -> None:
    made = desk()
    burst(made)
    for number in range(40):
        made.tick(STEP)
        if number % 3 == 0:
            made.restart()
            burst(made, name=f"more {number}")
    assert len(made.told) == 1


@pytest.mark.parametrize("kill", range(3))
def test_a_kill_between_two_ticks_loses_nothing_and_tells_nothing_twice(kill: int) -> None:
    made = desk()
    burst(made)
    for number in range(6):
        if number == kill:
            made.restart()
        made.tick(timedelta(seconds=5))
    assert len(made.told) == 1


def test_a_tick_that_was_never_published_is_found_again_and_told_once() -> None:
    made = desk()
    burst(made)
    made.step.tick(made.now)
    made.restart()
    for _ in range(3):
        made.tick(STEP)
    assert len(made.told) == 1


def test_a_batch_that_comes_again_is_counted_once() -> None:
    made = desk()
    alerts = [alert(f"again {each}", at=made.now - STEP) for each in range(5)]
    for _ in range(3):
        made.step(alerts)
    made.deliver(*alerts)
    tick_until_told(made)
    assert made.told == []


def test_a_cold_start_tells_nothing_and_is_over_after_two_weeks() -> None:
    made = Desk(GROWS)
    made.tick(MINUTE)
    burst(made)
    tick_until_told(made)
    assert made.told == []
    made.tick(2 * WEEK + timedelta(hours=2))
    made.restart()
    burst(made, name="later")
    made.tick(STEP)
    tick_until_told(made)
    assert len(made.told) == 1


@pytest.mark.parametrize("change", [{"query": "y"}, {"paused": True}, {"growth": 0}])
def test_another_query_a_pause_or_another_wish_begins_anew(change: dict[str, object]) -> None:
    made = desk()
    made.subscriptions = {"s": GROWS.model_copy(update=change)}
    made.tick(STEP)
    made.subscriptions = {"s": GROWS}
    made.tick(STEP)
    burst(made)
    made.tick(STEP)
    tick_until_told(made)
    assert made.told == []


def test_it_keeps_quiet_hours_and_tells_what_was_counted_then() -> None:
    made = desk(quiet={"start": "11:00", "end": "14:00", "zone": "UTC"})
    made.subscriptions = {"s": subscription(growth=3, quiet={"start": "11:00", "end": "14:00"})}
    burst(made)
    tick_until_told(made)
    assert made.told == []
    made.tick(timedelta(hours=2))
    made.tick(timedelta(seconds=5))
    ((_, message),) = made.told
    assert message.data["total"] == 12


def test_what_was_forgotten_meanwhile_is_not_told_of() -> None:
    made = desk()
    burst(made)
    made.tick(timedelta(seconds=5))
    made.log.publish([Output(DELIVERIES, made.delivery("burst 7").without_words())])
    tick_until_told(made)
    ((_, message),) = made.told
    assert "Title burst 7" not in message.body
    assert message.data["growth"][0]["origins"] == 12


@pytest.mark.parametrize(
    ("published", "counts_at"), [(None, NOON), (NOON - LATE, NOON), (NOON - 2 * LATE, NOON - 2 * LATE)]
)
def test_what_comes_late_counts_where_it_belongs(published: datetime | None, counts_at: datetime) -> None:
    assert news_at(alert("a").model_copy(update={"published": published})) == counts_at


def test_copies_of_one_story_are_one_origin_whatever_the_policy() -> None:
    every = subscription(query="missile", growth=3, policy="every")
    step = MatchStep(lambda: {"s": every}, lambda: NOON)
    outcomes = step([wire_article(id, "A missile fell.", story_id="one") for id in ("one", "copy")])
    ids = {output.record.id for outcome in outcomes for output in outcome.outputs if isinstance(output.record, Alert)}
    assert len(ids) == 1
