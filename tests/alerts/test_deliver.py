"""The deliver stage: told once, at least once, and not before it may be."""

from datetime import datetime, timedelta
from itertools import pairwise

from desk import MINUTE, Desk, alert, subscription
from wire_articles import NOON

from alerts.channels import Away, Message
from alerts.deliver import DeliverStep
from schemas.alert import Delivery
from schemas.ledger import Forgotten
from schemas.outcome import Dead, Done, Dropped, Output
from schemas.topics import DELIVERIES, FORGOTTEN
from stores.recorded import version

TOLD = Dropped("already told")


def test_an_alert_is_told_once() -> None:
    desk = Desk(subscription())
    (outcome,) = desk.deliver(alert("a"))
    assert isinstance(outcome, Done)
    assert desk.keys == ["a"]
    assert desk.delivery("a").status == "delivered"
    assert desk.deliver(alert("a"), alert("b"), alert("b"))[::2] == [TOLD, TOLD]
    desk.restart()
    assert desk.deliver(alert("a"), alert("b")) == [TOLD, TOLD]
    assert desk.keys == ["a", "b"]


def test_a_batch_whose_commit_failed_is_not_told_again_but_recorded() -> None:
    desk = Desk(subscription())
    first = desk.step([alert("a"), alert("b"), alert("a")])
    again = desk.deliver(alert("a"), alert("b"), alert("a"))
    assert list(first) == again
    assert desk.keys == ["a", "b"]
    assert desk.delivery("b").status == "delivered"


def test_a_crash_after_the_telling_tells_again_under_the_same_key() -> None:
    desk = Desk(subscription())
    desk.step([alert("a")])
    desk.restart()
    desk.deliver(alert("a"))
    assert desk.keys == ["a", "a"]


def test_a_channel_that_is_away_gets_its_alert_later_and_holds_nobody_else() -> None:
    desk = Desk(subscription(), subscription("t", channels=("other",)))
    desk.away = {"hook"}
    desk.deliver(alert("a"), alert("b"), alert("c", "t"))
    assert desk.keys == ["c"]
    assert [one.why for one in desk.step.waits()] == ["hook does not answer"]
    desk.tick(timedelta(seconds=4))
    desk.tick(timedelta(seconds=2))
    assert desk.keys == ["c"]
    desk.away = set()
    desk.restart()
    desk.tick(20 * MINUTE)  # the one that was tried, and what has gathered since in one
    desk.tick(timedelta(seconds=5))
    assert desk.keys == ["c", "a", "b"]
    assert {desk.delivery(id).status for id in "abc"} == {"delivered"}
    assert desk.step.waits() == ()
    desk.tick(20 * MINUTE)
    assert len(desk.told) == 3


def test_the_longer_a_channel_is_away_the_rarer_it_is_asked() -> None:
    desk = Desk(subscription())
    desk.away = {"hook"}
    asked: list[datetime] = []

    def notify(channel: str, message: Message) -> None:
        asked.append(desk.now)
        raise Away("still")

    desk.step = DeliverStep(desk.log, lambda: desk.subscriptions, lambda: desk.now, notify)
    desk.deliver(alert("a"))
    for _ in range(720):
        desk.tick(timedelta(seconds=5))
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(asked)]
    assert pauses[:4] == [5, 10, 20, 40]
    assert max(pauses) == pauses[-1] == 600
    assert desk.delivery("a").status == "waiting"


def test_of_two_channels_only_the_one_that_was_away_is_told_later() -> None:
    desk = Desk(subscription(channels=("hook", "mail")))
    desk.away = {"mail"}
    desk.deliver(alert("a"))
    assert desk.delivery("a").left == ("mail",)
    desk.away = set()
    desk.restart()
    desk.tick(MINUTE)
    assert [channel for channel, _ in desk.told] == ["hook", "mail"]


def test_a_channel_that_can_never_take_it_is_a_dead_letter() -> None:
    desk = Desk(subscription())
    desk.refusing = {"hook"}
    (outcome,) = desk.deliver(alert("a"))
    refused = Delivery(id="a", subscription="s", status="refused", at=NOON, problem="hook says no", alert=alert("a"))
    assert outcome == Dead("channel refused", "hook says no", (Output(DELIVERIES, refused),))


def test_what_was_refused_is_told_when_its_letter_is_replayed() -> None:
    desk = Desk(subscription())
    desk.refusing = {"hook"}
    desk.deliver(alert("a"))
    desk.restart()
    desk.refusing = set()
    (outcome,) = desk.deliver(alert("a"))
    assert isinstance(outcome, Done)
    assert desk.keys == ["a"]
    assert (desk.delivery("a").status, desk.delivery("a").problem) == ("delivered", None)
    assert desk.deliver(alert("a")) == [TOLD]


def test_the_kinds_of_channels_that_took_it_are_remembered_and_no_address() -> None:
    desk = Desk(subscription(channels=("mailto://u:secret@news.example", "json://hook", "JSON://other", "slack://x")))
    desk.away = {"json://hook", "JSON://other"}
    desk.refusing = {"slack://x"}
    desk.deliver(alert("a"))
    waiting = desk.delivery("a")
    assert (waiting.told, waiting.waiting_for, waiting.problem) == (("mailto",), "channel", "slack://x says no")
    desk.away = set()
    desk.tick(MINUTE)
    assert desk.delivery("a").told == ("mailto", "json")
    assert desk.delivery("a").waiting_for is None


def test_it_is_said_what_is_waited_for() -> None:
    quiet = {"start": "11:00", "end": "13:00"}
    desk = Desk(
        subscription("d", policy="digest", digest_minutes=60),
        subscription("c", cooldown_minutes=10),
        subscription("q", quiet=quiet),
        subscription("dq", policy="digest", digest_minutes=30, quiet=quiet),
    )
    desk.deliver(alert("first", "c"), *(alert(f"of {id}", id) for id in ("d", "c", "q", "dq")))
    waits = {id: desk.delivery(f"of {id}").waiting_for for id in ("d", "c", "q", "dq")}
    assert waits == {"d": "digest", "c": "cooldown", "q": "quiet", "dq": "quiet"}
    desk.subscriptions["d"] = subscription("d", policy="digest", digest_minutes=60, quiet=quiet | {"end": "14:00"})
    desk.tick(60 * MINUTE)
    assert desk.delivery("of d").waiting_for == "quiet"
    assert all(desk.delivery(f"of {id}").waiting_for is None for id in ("c", "q", "dq"))


def test_one_channel_that_refuses_does_not_lose_the_other() -> None:
    desk = Desk(subscription(channels=("hook", "mail")))
    desk.refusing = {"hook"}
    desk.deliver(alert("a"))
    assert [channel for channel, _ in desk.told] == ["mail"]
    assert desk.delivery("a").status == "delivered"
    assert desk.delivery("a").problem == "hook says no"


def test_what_is_refused_when_it_is_due_is_kept_with_the_reason() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"))
    desk.refusing = {"hook"}
    desk.tick(60 * MINUTE)
    assert (desk.delivery("a").status, desk.delivery("a").problem) == ("kept", "hook says no")


def test_what_is_told_by_a_clock_that_is_behind_is_the_later_word_in_a_store() -> None:
    """Another machine took over, or the clock was put right."""
    desk = Desk(subscription())
    desk.away = {"hook"}
    desk.deliver(alert("a"))
    waited = desk.delivery("a")
    desk.away = set()
    desk.now -= 10 * MINUTE
    desk.restart()
    desk.tick(MINUTE)
    told = desk.delivery("a")
    assert (waited.status, told.status) == ("waiting", "delivered")
    assert version(told) >= version(waited)


def test_without_a_channel_or_while_muted_it_is_kept_and_never_told() -> None:
    desk = Desk(subscription(channels=()), subscription("m", muted_until=NOON + MINUTE))
    desk.deliver(alert("a"), alert("b", "m"))
    assert [desk.delivery(id).status for id in "ab"] == ["kept", "kept"]
    desk.tick(60 * MINUTE)
    assert desk.deliver(alert("b", "m")) == [TOLD]
    assert desk.told == []
    assert desk.delivery("a").alert == alert("a")


def test_what_is_kept_says_why() -> None:
    until = NOON + timedelta(hours=1)
    desk = Desk(subscription("s"), subscription("mute", muted_until=until), subscription("nobody", channels=()))
    desk.away = {"hook"}
    desk.deliver(alert("a"), alert("b", "mute"), alert("c", "nobody"))
    desk.subscriptions["s"] = subscription("s", paused=True)
    desk.tick(MINUTE)
    assert {id: desk.delivery(id).problem for id in "abc"} == {
        "a": "the alert was paused",
        "b": "the alert was muted until 2026-03-02 13:00 UTC",
        "c": "the alert has no channel",
    }


def test_old_news_is_kept_and_marked_by_the_article_s_date() -> None:
    desk = Desk(subscription())
    desk.old_after = timedelta(days=7)
    desk.restart()
    week = timedelta(days=7)
    of = {"old": NOON - week - MINUTE, "late": NOON - week, "ahead": NOON + week, "undated": None}
    desk.deliver(*(alert(id).model_copy(update={"published": date}) for id, date in of.items()))
    assert desk.keys == ["late", "ahead", "undated"]
    kept = desk.delivery("old")
    assert (kept.status, kept.problem) == (
        "kept",
        "old news: the article is of 2026-02-23, and no news after 7 days (old_news_days)",
    )
    desk.tick(60 * MINUTE)
    assert desk.deliver(alert("old")) == [TOLD]
    assert desk.keys == ["late", "ahead", "undated"]


def test_an_alert_of_a_removed_subscription_is_dropped() -> None:
    desk = Desk()
    assert desk.deliver(alert("a")) == [Dropped("subscription removed")]


def test_a_digest_is_one_message_for_many_and_comes_after_a_restart_too() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60), subscription("t"))
    desk.deliver(*(alert(id) for id in "abc"))
    assert desk.told == []
    desk.restart()
    desk.tick(59 * MINUTE)
    assert desk.told == []
    desk.tick(MINUTE)
    ((channel, message),) = desk.told
    assert channel == "hook"
    assert message.title == "Tomahawk: 3 stories"
    assert all(f"Title {id}" in message.body for id in "abc")
    assert {desk.delivery(id).status for id in "abc"} == {"delivered"}


def test_what_waits_is_not_told_once_its_article_is_forgotten() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"), alert("b"))
    desk.log.publish([Output(FORGOTTEN, Forgotten(id="a", at=NOON))])
    desk.log.publish([Output(DELIVERIES, Delivery(id="a", subscription="s", status="kept", at=NOON))])
    desk.tick(after=timedelta(hours=2))
    assert desk.keys == ["b"]
    assert desk.delivery("a").alert is None


def test_of_a_story_whose_first_article_was_forgotten_untold_another_is_told() -> None:
    """And none where it was told: the story's alert has one id, whichever article it tells of."""
    desk = Desk(subscription(policy="digest", digest_minutes=60), subscription("t"))
    of_both = {"s": "waits", "t": "told"}
    desk.deliver(*(alert("a", id).model_copy(update={"id": of_both[id]}) for id in of_both))
    known = [desk.delivery(id) for id in of_both.values()]
    out = Output(FORGOTTEN, Forgotten(id="a", at=NOON))
    desk.log.publish([out, *(Output(DELIVERIES, one.without_words()) for one in known)])
    assert desk.keys == ["told"]
    outcomes = desk.deliver(*(alert("b", id).model_copy(update={"id": of_both[id]}) for id in of_both))
    assert outcomes[1] == TOLD
    assert desk.delivery("waits").status == "waiting"
    desk.tick(60 * MINUTE)
    assert desk.keys == ["told", "waits"]
    assert "Title b" in desk.told[1][1].body


def test_after_a_message_comes_a_cooldown_and_then_one_for_all() -> None:
    desk = Desk(subscription(cooldown_minutes=10))
    desk.deliver(alert("a"), alert("b"), alert("c"))
    assert desk.keys == ["a"]
    desk.restart()
    desk.tick(9 * MINUTE)
    assert desk.keys == ["a"]
    desk.tick(MINUTE)
    assert len(desk.told) == 2
    assert desk.told[1][1].title == "Tomahawk: 2 stories"


def test_over_a_cap_what_is_left_comes_in_one_message_when_it_may_after_a_restart_too() -> None:
    desk = Desk(subscription(most_an_hour=2))
    desk.deliver(alert("a"))
    desk.tick(10 * MINUTE)
    desk.deliver(alert("b"), alert("c"), alert("d"))
    assert desk.keys == ["a", "b"]
    assert desk.delivery("c").waiting_for == "cap"
    desk.restart()
    desk.deliver(alert("e"))
    desk.tick(49 * MINUTE)
    assert desk.keys == ["a", "b"]
    desk.tick(MINUTE)
    assert len(desk.told) == 3
    assert desk.told[2][1].title == "Tomahawk: 3 stories"


def test_while_paused_it_is_kept_and_never_told() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"))
    desk.subscriptions = {"s": subscription(paused=True)}
    desk.tick(60 * MINUTE)
    desk.deliver(alert("b"))
    desk.subscriptions = {"s": subscription()}
    desk.tick(60 * MINUTE)
    assert [desk.delivery(id).status for id in "ab"] == ["kept", "kept"]
    assert desk.told == []


def test_quiet_hours_end_with_one_message() -> None:
    desk = Desk(subscription(quiet={"start": "11:00", "end": "13:00"}))
    desk.deliver(alert("a"), alert("b"))
    assert desk.told == []
    desk.tick(61 * MINUTE)
    assert len(desk.told) == 1


def test_what_falls_due_in_quiet_hours_set_since_waits_for_their_end() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"))
    desk.subscriptions = {
        "s": subscription(policy="digest", digest_minutes=60, quiet={"start": "13:00", "end": "14:00"})
    }
    desk.tick(60 * MINUTE)
    assert desk.told == []
    desk.tick(60 * MINUTE)
    assert len(desk.told) == 1


def test_a_subscription_removed_while_alerts_wait_is_told_nothing() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"))
    desk.subscriptions = {}
    desk.tick(60 * MINUTE)
    assert desk.told == []
    assert (desk.delivery("a").status, desk.delivery("a").problem) == ("kept", "the alert was removed")


def test_what_was_told_when_due_is_published_until_the_log_has_it() -> None:
    desk = Desk(subscription(policy="digest", digest_minutes=60))
    desk.deliver(alert("a"))
    desk.now += 60 * MINUTE
    unpublished = desk.step.tick(desk.now)
    assert desk.step.tick(desk.now) == unpublished
    assert len(desk.told) == 1
    desk.log.publish(unpublished)
    assert desk.step.tick(desk.now) == ()


def test_a_dead_channel_writes_nothing_of_what_waits_for_it() -> None:
    """However often it is tried; what waits is written again once in a week, and told once the channel is back."""
    desk = Desk(subscription())
    desk.away = {"hook"}
    desk.deliver(*(alert(str(number)) for number in range(50)))
    written = len(desk.log.on(DELIVERIES))
    for _ in range(100):
        desk.tick(after=10 * MINUTE)
    assert len(desk.log.on(DELIVERIES)) == written == 50
    desk.tick(after=timedelta(days=8))
    assert len(desk.log.on(DELIVERIES)) == 100
    desk.restart()
    desk.away = set()
    desk.tick(after=MINUTE)
    desk.tick(after=MINUTE)
    assert [message.data["total"] for _, message in desk.told] == [1, 49]
    assert {desk.delivery(str(number)).status for number in range(50)} == {"delivered"}
    desk.tick(after=MINUTE)
    assert len(desk.told) == 2


def test_what_was_told_before_the_last_days_is_known_by_its_id() -> None:
    desk = Desk(subscription())
    desk.deliver(alert("a"))
    desk.now += timedelta(days=100)
    desk.restart()
    assert desk.deliver(alert("a"), alert("b"))[0] == TOLD
    assert desk.keys == ["a", "b"]
