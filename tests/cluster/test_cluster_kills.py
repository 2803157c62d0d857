"""Workers killed at random moments while articles flow: the ledger accounts for every one, and nobody is told twice."""

import contextlib
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from fleet.articles import article, generated, real
from fleet.fleet import STAGES, Fleet, Member
from fleet.signing import LIGHT, NOT_NEWS, POISON
from fleet.waiting import until
from fleet.webhook import Webhook

from alerts.deliver import MOST_TOLD
from alerts.match import MatchStep
from runtime.kafka import dead_letters, topic_reader
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from schemas.alert import Alert, Delivery, Subscription
from schemas.article import Article, WireArticle
from schemas.outcome import Done, Output
from schemas.topics import ALERTS, DELIVERIES, SUBSCRIPTIONS, WIRE

pytestmark = [pytest.mark.servers, pytest.mark.chaos]

ARTICLES = 2_000
KILLS = 20
PORTION = 100
SOON_SECONDS = 15.0
# Ten that kill the step, ten that are dropped.
ODD = 10
# With the program's own enrich two thousand articles take two cores three minutes, where nobody else uses them.
SETTLED_SECONDS = 240 if LIGHT else 1800
TOLD_SECONDS = 60


def test_nothing_is_lost_or_told_twice(fleet: Fleet, webhook: Webhook) -> None:
    """Says what it did on standard output, and in the file that WIREWATCH_TEST_REPORT names, if it does."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    subscriptions = _subscribe(fleet, webhook.channel)
    articles = _articles()
    fleet.start("enrich", *STAGES)

    kills: Counter[str] = Counter()
    for begin in range(0, len(articles), PORTION):
        fleet.publish(articles[begin : begin + PORTION])
        kills[_kill_one(fleet, chance)] += 1
    while kills.total() < KILLS:
        kills[_kill_one(fleet, chance)] += 1

    account = fleet.settle([(each.id, each.revision) for each in articles], within=SETTLED_SECONDS)
    _report(f"killed {dict(kills)}, seed {seed}: {account}")
    assert account.balanced
    assert account.in_flight == 0
    assert account.fetched == len(articles)
    assert account.dead == ({"enrich: ValueError": ODD} if LIGHT else {})
    assert account.dropped == ({"enrich: not news": ODD} if LIGHT else {})
    good = {each.id for each in articles if not (LIGHT and each.title in (POISON, NOT_NEWS))}
    assert account.indexed == len(good)
    assert sorted(fleet.indexed()) == sorted(good)
    assert {letter.id for letter in dead_letters.letters(fleet.place.cluster)} == _titled(articles, POISON)
    repeated = _each_is_told(fleet, webhook, _expected(_wire(fleet, good), subscriptions))
    assert repeated <= MOST_TOLD * sum(count for what, count in kills.items() if what.startswith("deliver"))


def _kill_one(fleet: Fleet, chance: random.Random) -> str:
    """Kill a worker at whatever it is doing, and start another; its stage, and whether it had been at work.

    One that has been at work, where there is one soon: a worker that has only started has nothing to lose.
    """
    with contextlib.suppress(TimeoutError):
        until(lambda: any(_has_worked(member) for member in fleet.members), within=SOON_SECONDS)
    time.sleep(chance.uniform(0.0, 1.0))
    at_work = [member for member in fleet.members if _has_worked(member)]
    victim = chance.choice(at_work or fleet.members)
    victim.kill()
    fleet.tend()
    return victim.stage + (" at work" if at_work else " starting")


def _has_worked(member: Member) -> bool:
    return bool(member.metric("wirewatch_handled_records_total"))


def _articles() -> list[Article]:
    ordinary = real(ARTICLES - 2 * ODD) or []
    ordinary = ordinary + generated(ARTICLES - 2 * ODD - len(ordinary), "a")
    bad = [article(f"bad{number}", title=POISON) for number in range(ODD)]
    ads = [article(f"ad{number}", title=NOT_NEWS) for number in range(ODD)]
    return random.sample([*ordinary, *bad, *ads], ARTICLES)


def _titled(articles: list[Article], title: str) -> set[str]:
    return {each.id for each in articles if LIGHT and each.title == title}


def _subscribe(fleet: Fleet, channel: str) -> dict[str, Subscription]:
    every, story = "police OR minister OR tomahawk", "president OR tomahawk"
    standing = [
        Subscription(id="every", name="every", query=every, channels=(channel,), policy="every"),
        Subscription(id="story", name="story", query=story, channels=(channel,), policy="story"),
    ]
    publish = KafkaPublish(fleet.place.cluster)
    publish([Output(SUBSCRIPTIONS, subscription) for subscription in standing])
    publish.close()
    return {subscription.id: subscription for subscription in standing}


def _wire(fleet: Fleet, good: set[str]) -> list[WireArticle]:
    """Every article that went on, once; a kill may have put it there again, but not into another story."""
    read = [WireArticle.model_validate_json(row.value or b"") for row in topic_reader.read(fleet.place.cluster, WIRE)]
    by_id = {each.id: each for each in read}
    assert by_id.keys() == good
    assert len({(each.id, each.story_id, each.first_seen) for each in read}) == len(good)
    return list(by_id.values())


def _expected(wire: list[WireArticle], subscriptions: dict[str, Subscription]) -> set[str]:
    """The alerts that these articles call for: what the step makes of them where nothing is killed."""
    outcomes = MatchStep(lambda: subscriptions)(wire)
    made = [output.record for one in outcomes if isinstance(one, Done) for output in one.outputs]
    return {record.id for record in made if isinstance(record, Alert)}


def _each_is_told(fleet: Fleet, webhook: Webhook, expected: set[str]) -> int:
    """Each, under its one id, and remembered; how many were told again by a kill before it was remembered."""
    assert expected
    deadline = time.monotonic() + TOLD_SECONDS
    while _remembered(fleet) != dict.fromkeys(expected, "delivered") and time.monotonic() < deadline:
        fleet.tend()
        time.sleep(0.5)
    assert _remembered(fleet) == dict.fromkeys(expected, "delivered")
    told = webhook.told()
    assert told.keys() == expected
    alerts = [Alert.model_validate_json(row.value or b"") for row in topic_reader.read(fleet.place.cluster, ALERTS)]
    # one id for each subscription and scope: a second alert for the same would have another id
    assert len({(alert.subscription, alert.scope) for alert in alerts}) == len({alert.id for alert in alerts})
    assert {alert.id for alert in alerts} == expected
    repeated = told.total() - len(expected)
    _report(f"{len(expected)} alerts, {repeated} told again by a kill between the telling and its record")
    return repeated


def _remembered(fleet: Fleet) -> dict[str, str]:
    return {one.id: one.status for one in KafkaState(fleet.place.cluster).scan(DELIVERIES, Delivery)}


def _report(line: str) -> None:
    print(line)
    if name := os.environ.get("WIREWATCH_TEST_REPORT"):
        with Path(name).open("a") as out:
            out.write(line + "\n")
