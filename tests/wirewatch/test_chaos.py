"""A seed of chaos, short, finds nothing; and what chaos judges by can find something."""

import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chaos import judge
from chaos.asked import Moment, Record
from chaos.channel import Taken
from chaos.expected import Expected, Passed, expected
from chaos.news import mark, news
from chaos.schedule import CHANGES, schedule
from fleet.articles import article, generated

from alerts.identity import alert_id
from schemas.alert import Alert, Delivery, Subscription
from schemas.article import WireArticle
from schemas.webhook import Webhook
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.chaos
def test_a_short_seed_in_one_process_finds_nothing() -> None:
    _finds_nothing("local")


@pytest.mark.chaos
@pytest.mark.servers
@pytest.mark.usefixtures("servers_at_hand")
def test_a_short_seed_on_the_servers_finds_nothing() -> None:
    _finds_nothing("cluster")


def _finds_nothing(runtime: str) -> None:
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "support")))
    words = ["--seed", "56", "--minutes", "0.5", "--subscriptions", "60", "--runtime", runtime]
    command = [sys.executable, "-m", "chaos", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kill" in done.stdout
    assert "nothing was found" in done.stdout


def test_a_seed_says_all_that_happens_and_every_fault_ends_in_time() -> None:
    faults = ("kill", "stop")
    acts = schedule(7, 120, faults)
    assert acts == schedule(7, 120, faults)
    assert acts != schedule(8, 120, faults)
    assert {act.what for act in acts} == {*faults, *CHANGES}
    assert all(act.at + act.seconds <= 120 for act in acts)


def test_the_same_seed_publishes_the_same() -> None:
    base = generated(60, "a")
    made = [news(random.Random(seed), base, 5) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert len(made[0].articles) > len(base)


def test_what_stood_when_an_article_passed_is_what_is_told() -> None:
    """Told before its query was edited, not after; where the two fall together, either."""
    first = Subscription(id="s", name="s", query=mark(1), policy="every")
    record = Record()
    record.standing["s"] = [(first, at(0)), (first.model_copy(update={"query": mark(2)}), at(10, 12))]
    passed = [
        Passed(wire("early", mark(1)), NOON + 2 * SECOND, NOON + 3 * SECOND),
        Passed(wire("between", mark(1)), NOON + 9 * SECOND, NOON + 11 * SECOND),
        Passed(wire("late", mark(1)), NOON + 13 * SECOND, NOON + 14 * SECOND),
    ]
    found = expected(record, passed)
    assert set(found.must) == {alert_id("s", "early")}
    assert set(found.may) == {alert_id("s", "early"), alert_id("s", "between")}


def test_of_a_story_whose_first_article_was_forgotten_another_must_be_told_whenever_it_came() -> None:
    record = Record(forgotten={"first": at(10)})
    record.standing["s"] = [(Subscription(id="s", name="s", query=mark(1), policy="story"), at(0))]
    first, copy = (wire(id, mark(1)).model_copy(update={"story_id": "first"}) for id in ("first", "copy"))

    def must(seconds: int) -> set[str]:
        moments = (NOON + seconds * SECOND, NOON + (seconds + 1) * SECOND)
        return set(expected(record, [Passed(first, NOON + SECOND, NOON + SECOND), Passed(copy, *moments)]).must)

    assert must(5) == must(11) == {alert_id("s", "first")}


def test_a_store_that_says_otherwise_than_the_log_is_found(tmp_path: Path) -> None:
    names = ("subscription", "subscription_name", "query", "matched_part", "scope", "article_id", "story_id", "title")
    same: dict[str, Any] = dict.fromkeys(names, "s")
    alert = Alert(id="x", revision="1", first_seen=NOON, matched_at=NOON, **same)
    waiting = Delivery(id="x", subscription="s", status="waiting", at=NOON, alert=alert)
    store = EmbeddedStore(Database(tmp_path / "wire.db"))
    store.record([waiting])
    assert not list(judge.recorded(store, {"x": waiting}))
    assert list(judge.recorded(store, {"x": waiting.model_copy(update={"status": "delivered"})}))
    assert list(judge.recorded(store, {}))
    store.close()


@pytest.mark.parametrize(
    ("taken", "remembered", "finding"),
    [
        ([], {}, "an alert is missing"),
        ([], {"x": "delivered"}, "remembered as told and not told"),
        (["k"], {}, "told and not remembered"),
    ],
)
def test_what_was_told_is_judged(taken: list[str], remembered: dict[str, str], finding: str) -> None:
    deliveries = {
        id: Delivery.model_validate({"id": id, "subscription": "s", "status": status, "at": NOON})
        for id, status in remembered.items()
    }
    found = list(judge.told([told(key) for key in taken], Expected({"x": "s"}, {"x": "s"}), deliveries, {}))
    assert any(line.startswith(finding) for line in found)


def test_what_nobody_asked_for_and_what_was_forgotten_is_found() -> None:
    [unasked, _] = judge.told([told("k")], Expected(), {}, {})
    assert unasked.startswith("told of what nobody asked for")
    record = Record(forgotten={"a": at(-5)})
    assert list(judge.forgotten([told("k")], record, timedelta(0)))
    assert not list(judge.forgotten([told("k")], record, timedelta(seconds=10)))
    assert list(judge.again([told("k")] * 2, kills=0))
    assert not list(judge.again([told("k", lost=True), told("k")], kills=0))


def test_an_alert_under_two_keys_is_found_also_where_an_answer_was_lost() -> None:
    assert list(judge.once([told("k"), told("l")]))
    assert not list(judge.once([told("k"), told("k")]))
    assert list(judge.once([told("k", lost=True), told("l")]))


def test_a_store_that_lacks_an_article_or_has_an_old_one_is_found() -> None:
    edited = article("a", revision="2")
    record = Record(articles={("a", "2"): (edited, at(0)), ("b", "1"): (article("b"), at(0))})
    none = news(random.Random(1), [], 1)
    found = list(judge.store([wire("a", "x"), wire("c", "x"), wire("c", "x")], record, none))
    assert [line.partition(":")[2].partition(":")[0].strip() for line in found] == [
        "twice", "missing", "not to be there", "not the last revision",
    ]  # fmt: skip


def at(asked: int, confirmed: int | None = None) -> Moment:
    """Seconds after noon."""
    return Moment(NOON + asked * SECOND, NOON + (asked if confirmed is None else confirmed) * SECOND)


def wire(id: str, title: str) -> WireArticle:
    return WireArticle(**dict(article(id, title=title)), story_id=id, first_seen=NOON)


def told(key: str, lost: bool = False) -> Taken:
    """A message under this key, of the alert x for the article a."""
    one: dict[str, object] = {
        "alert_id": "x",
        "article_id": "a",
        "story_id": "a",
        "revision": "1",
        "title": "t",
        "url": None,
    }
    one |= {"source": None, "feed": None, "speakers": [], "matched_part": "t", "why": [], "published": None}
    one |= {"first_seen": "2026-11-27T12:00:00Z", "matched_at": "2026-11-27T12:00:00Z"}
    said = {"alert_id": key, "title": "t", "message": "m", "alert": {"id": "s", "name": "s", "query": "q"}}
    return Taken(NOON, Webhook.model_validate_json(json.dumps({**said, "articles": [one], "total": 1})), lost)
