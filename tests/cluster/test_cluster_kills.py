"""Workers killed at random moments while articles flow: the ledger accounts for every one, and nobody is told twice."""

import contextlib
import json
import os
import random
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from fleet.articles import article, generated, real
from fleet.fleet import STAGES, Fleet, Member
from fleet.stages import LIGHT, NOT_NEWS, POISON
from fleet.waiting import until

from producers.publish import KafkaPublish
from schemas.alert import Alert, Subscription
from schemas.article import Article
from schemas.outcome import Output
from schemas.topics import ALERTS, SUBSCRIPTIONS
from wirewatch.cluster import reading

pytestmark = [pytest.mark.servers, pytest.mark.chaos]

ARTICLES = 2_000
KILLS = 20
PORTION = 100
SOON_SECONDS = 15.0
# Ten that kill the step, ten that are dropped.
ODD = 10
# With the program's own enrich two thousand articles take two cores a quarter of an hour.
SETTLED_SECONDS = 240 if LIGHT else 3600


def test_nothing_is_lost_or_told_twice(fleet: Fleet) -> None:
    """Says what it did on standard output, and in the file that WIREWATCH_TEST_REPORT names, if it does."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    _subscribe(fleet)
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
    assert account.indexed == len(articles) - (2 * ODD if LIGHT else 0)
    _all_are_indexed(fleet, account.indexed)
    _each_is_told_once(fleet)


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


def _subscribe(fleet: Fleet) -> None:
    publish = KafkaPublish(fleet.place.cluster, "test")
    standing = [
        Subscription(id="every", name="every", query="police OR minister OR tomahawk", policy="every"),
        Subscription(id="story", name="story", query="president OR tomahawk", policy="story"),
    ]
    publish([Output(SUBSCRIPTIONS, subscription) for subscription in standing])
    publish.close()


def _all_are_indexed(fleet: Fleet, count: int) -> None:
    address = f"{fleet.place.elasticsearch}/{fleet.place.index}"
    httpx.post(f"{address}/_refresh")
    assert httpx.get(f"{address}/_count").json()["count"] == count


def _each_is_told_once(fleet: Fleet) -> None:
    """Every alert on the log was delivered, under its one id; a delivery may be repeated only by a kill in it."""
    until = time.monotonic() + 60
    while True:
        fleet.tend()
        alerts = [Alert.model_validate_json(row.value or b"") for row in reading.read(fleet.place.cluster, ALERTS)]
        wanted = {alert.id for alert in alerts}
        delivered = Counter(_delivered(fleet.place.folder))
        if wanted <= set(delivered) or time.monotonic() > until:
            break
        time.sleep(0.5)
    assert wanted
    assert set(delivered) == wanted
    # one id for each subscription and scope: a second alert for the same would have another id
    assert len({(alert.subscription, alert.scope) for alert in alerts}) == len(wanted)
    repeated = sum(times - 1 for times in delivered.values())
    _report(f"{len(wanted)} alerts, {repeated} delivered again by a kill between the telling and its record")
    assert repeated <= KILLS


def _delivered(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / "deliveries.jsonl").read_text().splitlines()]


def _report(line: str) -> None:
    print(line)
    if name := os.environ.get("WIREWATCH_TEST_REPORT"):
        with Path(name).open("a") as out:
            out.write(line + "\n")
