"""What is told by the clock: once for each stretch of time, whatever is killed, and in no words but those published."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import archive_day
import pytest
from desk import Desk
from hypothesis import given
from hypothesis import strategies as st
from loopback import Reply, site
from wire_articles import wire_article

from alerts.by_the_clock import stretch
from alerts.digests import AGAIN, SETTLED, Digests
from alerts.match import MatchStep
from alerts.notifier import message_of
from alerts.subscriptions import SubscriptionError, made
from schemas.alert import Alert, ByTheClock, Delivery, DigestTime, Subscription
from schemas.ledger import Forgotten
from schemas.outcome import Done, Hold, Output
from schemas.topics import DELIVERIES, FORGOTTEN, SUBSCRIPTIONS
from schemas.webhook import Webhook
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings

# Of the archive's day: after its last article.
EVENING = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
OLD = timedelta(days=7)


def subscription(policy: ByTheClock = "briefing", **given: object) -> Subscription:
    time = DigestTime(at="20:00")
    fields = {"query": "*", "channels": ("hook",), "digest_time": time, "policy": policy}
    return Subscription.model_validate({"id": "s", "name": "Evening", **fields, **given})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    archive_day.write(tmp_path / "wire.db")
    database = Database(tmp_path / "wire.db")
    yield EmbeddedStore(database)
    database.close()


class Clock:
    """A desk, and beside it what tells by the clock, each with the same log."""

    def __init__(self, store: EmbeddedStore, *subscriptions: Subscription) -> None:
        self.desk = Desk(*subscriptions)
        self.store = store
        self.restart()

    def restart(self) -> None:
        self.digests = Digests(self.desk.log, lambda: self.store, lambda: self.desk.subscriptions, OLD)

    def tick(self, now: datetime) -> list[Alert]:
        self.desk.now = now
        return [one.record for one in self.digests.tick(now) if isinstance(one.record, Alert)]


def test_it_is_told_once_a_time_and_stands_in_the_history(store: EmbeddedStore) -> None:
    clock = Clock(store, subscription())
    assert clock.tick(EVENING - timedelta(minutes=5) + SETTLED - timedelta(seconds=1)) != []  # that of the day before
    (alert,) = clock.tick(EVENING)
    assert alert.title.startswith("Briefing, 2026-03-01 20:00 to 2026-03-02 20:00 UTC: ")
    assert isinstance(clock.desk.deliver(alert)[0], Done)
    assert [clock.tick(EVENING + timedelta(minutes=minutes)) for minutes in (1, 30, 1000)] == [[], [], []]
    clock.restart()
    assert clock.tick(EVENING + timedelta(minutes=2)) == []
    (next_one,) = clock.tick(EVENING + timedelta(days=1))
    assert next_one.id != alert.id
    assert "Nothing that meets it came in this time." in message_of([next_one]).body
    store.record([clock.desk.delivery(alert.id)])
    (recorded,) = store.alerts("Evening").alerts
    assert (recorded.title, recorded.status, recorded.article_id) == (alert.title, "delivered", "")


def test_at_another_time_it_tells_what_came_since_the_last_one(store: EmbeddedStore) -> None:
    clock = Clock(store, subscription())
    (first,) = clock.tick(EVENING)
    clock.desk.deliver(first)
    store.record([clock.desk.delivery(first.id)])
    clock.desk.subscriptions = {"s": subscription(digest_time=DigestTime(at="21:00"))}
    clock.restart()
    assert clock.tick(EVENING + timedelta(minutes=30)) == []  # that of 21:00 yesterday: told
    (second,) = clock.tick(EVENING + timedelta(hours=1))
    assert second.title.startswith("Briefing, 2026-03-02 20:00 to 2026-03-02 21:00 UTC")
    clock.desk.subscriptions = {"s": subscription(policy="contributors")}
    assert clock.tick(EVENING + timedelta(hours=1, minutes=1)) == []


def test_a_kill_between_the_making_and_the_telling_tells_once(store: EmbeddedStore) -> None:
    clock = Clock(store, subscription())
    (lost,) = clock.tick(EVENING)  # killed before it stood on the log
    clock.restart()
    (made_again,) = clock.tick(EVENING)
    clock.restart()  # killed after it stood on the log, before deliver read it
    (twice,) = clock.tick(EVENING + timedelta(minutes=1))
    assert lost.id == made_again.id == twice.id
    clock.desk.deliver(made_again, twice)
    clock.desk.restart()
    clock.desk.deliver(twice)
    assert clock.desk.keys == [lost.id]


def test_what_deliver_has_not_heard_of_is_made_again_after_a_while(store: EmbeddedStore) -> None:
    clock = Clock(store, subscription())
    (first,) = clock.tick(EVENING)
    assert clock.tick(EVENING + AGAIN - timedelta(seconds=1)) == []
    assert [one.id for one in clock.tick(EVENING + AGAIN)] == [first.id]


def test_one_at_a_time_and_one_that_cannot_be_made_keeps_no_other(store: EmbeddedStore) -> None:
    broken = subscription(id="a", query="(")
    clock = Clock(store, broken, subscription(id="b"), subscription(id="c"))
    assert [[one.subscription for one in clock.tick(EVENING)] for _ in range(3)] == [["b"], ["c"], []]


def test_a_store_that_is_away_is_asked_again(store: EmbeddedStore) -> None:
    clock = Clock(store, subscription())

    def away() -> EmbeddedStore:
        raise Hold("the store is away")

    digests = Digests(clock.desk.log, away, lambda: clock.desk.subscriptions, OLD)
    for _ in range(2):
        with pytest.raises(Hold):
            digests.tick(EVENING)


def test_one_that_the_store_left_half_made_is_made_as_soon_as_it_is_back(store: EmbeddedStore) -> None:
    class Leaving:
        alerts = store.alerts

        def __getattr__(self, name: str) -> Any:
            raise Hold("the store is away")

    clock = Clock(store, subscription())
    clock.store = cast(EmbeddedStore, Leaving())
    with pytest.raises(Hold):
        clock.tick(EVENING)
    clock.store = store
    assert [one.subscription for one in clock.tick(EVENING)] == ["s"]


def test_it_has_no_sentence_that_nobody_wrote_or_said(store: EmbeddedStore) -> None:
    (alert,) = Clock(store, subscription()).tick(EVENING)
    message = message_of([alert])
    assert message.title == f"Evening: {alert.title}"
    published = archive_day.articles()
    digested = alert.digested
    assert digested
    assert digested.stories
    for story in digested.stories:
        assert {one.title for one in story.headlines} <= {one.title for one in published}
        assert all(any(said.content in one.text for one in published) for said in story.quotes)
        for line in (*(one.title for one in story.headlines), *(one.content for one in story.quotes)):
            assert (line in message.body, line in message.html) == (True, True)
    hook = Webhook.model_validate(message.data)
    assert (hook.digests, hook.articles, hook.total) == ((digested,), (), 0)
    assert json.dumps(message.data)


def test_words_of_strangers_are_no_markup(store: EmbeddedStore) -> None:
    mad = '<script>alert(1)</script>"\u202e'
    store.write(
        [wire_article("mad", mad, title=mad, url="javascript:alert(2)", first_seen=EVENING - timedelta(hours=1))]
    )
    (alert,) = Clock(store, subscription(query="script")).tick(EVENING)
    html = message_of([alert]).html
    assert ("<script" in html, "javascript:alert" in html.replace("<br>javascript:", ""), "\u202e" in html) == (
        False, False, False,
    )  # fmt: skip


def test_whom_a_source_quoted(store: EmbeddedStore) -> None:
    source = archive_day.articles()[0].source
    (alert,) = Clock(store, subscription("contributors", query=f"source:{source}")).tick(EVENING)
    assert alert.digested
    assert alert.digested.people
    assert all(one.new and one.quotes for one in alert.digested.people)
    body = message_of([alert]).body
    assert f"{alert.digested.people[0].name}: {alert.digested.people[0].quotes} quote" in body
    assert alert.digested.people[0].name in message_of([alert]).html


def test_what_came_late_is_in_the_next_one_and_old_news_in_none(store: EmbeddedStore) -> None:
    late, old = EVENING - timedelta(minutes=30), EVENING - timedelta(days=8)
    seen = EVENING + timedelta(hours=1)
    store.write([
        wire_article("late", "Late.", title="Latecomer", published=late, first_seen=seen),
        wire_article("old", "Old.", title="Oldtimer", published=old, first_seen=seen),
    ])  # fmt: skip
    clock = Clock(store, subscription())
    first, second = clock.tick(EVENING), clock.tick(EVENING + timedelta(days=1))
    bodies = [message_of(alerts).body for alerts in (first, second)]
    assert ["Latecomer" in body for body in bodies] == [False, True]
    assert "Oldtimer" not in bodies[1]


def test_words_that_were_forgotten_are_not_told_and_none_are_kept(store: EmbeddedStore) -> None:
    quiet = {"start": "19:00", "end": "22:00", "zone": "UTC"}
    clock = Clock(store, subscription(quiet=quiet))
    (alert,) = clock.tick(EVENING)
    assert alert.digested
    gone = alert.digested.stories[0].headlines[0]
    clock.desk.deliver(alert)
    waiting = clock.desk.delivery(alert.id)
    assert (waiting.status, gone.title in waiting.model_dump_json()) == ("waiting", True)
    clock.desk.log.publish([Output(FORGOTTEN, Forgotten(id=gone.article_id, at=EVENING))])
    clock.desk.tick(timedelta(minutes=1))
    assert f'"{gone.article_id}"' not in clock.desk.delivery(alert.id).model_dump_json()
    clock.desk.tick(timedelta(hours=3))
    (told,) = [message for _, message in clock.desk.told]
    assert gone.title not in told.body + told.html + json.dumps(told.data)
    kept = clock.desk.delivery(alert.id)
    assert (kept.status, kept.alert and kept.alert.digested) == ("delivered", None)


@pytest.mark.parametrize("policy", ["briefing", "contributors"])
def test_no_article_meets_it(policy: ByTheClock) -> None:
    one = subscription(policy)
    (outcome,) = MatchStep(lambda: {one.id: one})([wire_article("a", "Rain.")])
    assert outcome == Done(())


def test_growth_and_the_clock_do_not_go_together() -> None:
    for wrong in ({"growth": 3}, {"altered": True}):
        with pytest.raises(SubscriptionError, match="told by the clock"):
            made("x", {"query": "*", "policy": "briefing", **wrong}, lambda _: None)


ZONES = st.sampled_from(["UTC", "Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"])
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
DAYS = st.none() | st.sampled_from(["mon", "wed", "sun"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(TIMES, ZONES, DAYS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=8)))
def test_stretches_follow_one_another_without_a_gap(
    at: str, zone: str, day: str | None, now: datetime, later: timedelta
) -> None:
    one = subscription(digest_time={"at": at, "zone": zone, "day": day})
    start, end = stretch(one, now)
    assert start < end <= now
    assert timedelta(days=6 if day else 0, hours=22) <= end - start <= timedelta(days=7 if day else 1, hours=2)
    assert stretch(one, end) == (start, end)
    assert stretch(one, end - timedelta(seconds=1))[1] == start
    local, before = (moment.astimezone(ZoneInfo(zone)) for moment in (end, end - timedelta(hours=2)))
    assert f"{local:%H:%M}" == at or local.utcoffset() != before.utcoffset()
    after = stretch(one, now + later)
    assert after == (start, end) or after[0] >= end


@given(st.integers(1, 10_000), MOMENTS)
def test_so_are_those_of_so_many_minutes(minutes: int, now: datetime) -> None:
    one = subscription(digest_time=None, digest_minutes=minutes)
    start, end = stretch(one, now)
    assert (end <= now < end + timedelta(minutes=minutes), end - start) == (True, timedelta(minutes=minutes))


def test_one_process_tells_it_through_all_its_stages_and_not_again(tmp_path: Path) -> None:
    archive_day.write(tmp_path / "wire.db")
    with site() as here:
        here.pages["/hook"] = Reply(200, b"")
        settings = Settings(db=tmp_path / "wire.db", channel_hosts=f"127.0.0.1:{here.port}")
        channels = (f"json://127.0.0.1:{here.port}/hook",)
        for id in ("first", "second"):  # that of the second start is told after the first was looked at again
            with LocalPipeline(settings, lambda: EVENING) as pipeline:
                pipeline.publish([Output(SUBSCRIPTIONS, subscription(id=id, channels=channels))])
                pipeline.start()
                _wait_for(pipeline, id)
        told = [json.loads(asked.body)["alert"]["id"] for asked in here.asked]
        assert told == ["first", "second"]


def _wait_for(pipeline: LocalPipeline, subscription: str) -> None:
    for _ in range(600):
        beats = pipeline.log.pulse.beats()
        told = pipeline.log.items(DELIVERIES, Delivery)
        if any(one.subscription == subscription and one.status == "delivered" for one in told):
            return
        pipeline.log.pulse.wait(0.1, beats)
    raise AssertionError("nobody was told")
