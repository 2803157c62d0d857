"""Carries a schedule out: publishes, disturbs, lets all come to rest, and has it judged."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from fleet.articles import article as generated
from fleet.signing import POISON

from chaos import judge
from chaos.asked import AWAY, Desk, Record
from chaos.changes import Changes
from chaos.channel import NAMES, Channels
from chaos.disturbance import Disturbance
from chaos.expected import Passed, expected
from chaos.installation import MOVED, Fault, Installation
from chaos.news import News, news, subscriptions
from chaos.schedule import Act
from schemas.article import Article, WireArticle
from schemas.clock import utc_now
from wirewatch.compose.open import open_reader

# How late an act may be; and how often all of the installation is asked whether it rests.
LOOK_SECONDS, LOOK_AGAIN_SECONDS = 0.1, 1.0
# Articles published in one call.
PORTION = 5
# What has been held or put off is through by then: a digest and a cooldown take a minute, a channel that was away is
# tried again after as long as it was.
REST_SECONDS = 240
# Elasticsearch finds what was written within a second.
FOUND_SECONDS = 2.0
LAST = "the last article"


@dataclass(frozen=True)
class Report:
    """What was found, and how much there was."""

    findings: list[str]
    counts: dict[str, int]


def faults(installed: Installation, channels: Channels) -> dict[str, Fault]:
    """Those of the installation, and those of whom it tells."""
    return {
        **installed.faults,
        "channel refuses": lambda chance: channels.refusing(chance.choice(NAMES)),
        "channel's answers lost": lambda chance: channels.losing(chance.choice(NAMES)),
        "channel slow": lambda chance: channels.slow(chance.choice(NAMES)),
    }


class Run:
    """One of them, on a running installation."""

    def __init__(self, installed: Installation, channels: Channels, seed: int, base: Sequence[Article], subs: int):
        self._installed = installed
        self._channels = channels
        self._chance = random.Random(seed)
        self._news: News = news(self._chance, base, subs)
        self._standing = subscriptions(self._chance, subs, channels.addresses, utc_now())

    def go(self, acts: Sequence[Act], seconds: float) -> Report:
        """Carry it out, for so many seconds and until all has come to rest."""
        with closing(Desk(self._installed.opened)) as desk:
            desk.put(*self._standing)
            self._until(lambda: not desk.left)
            changes = Changes(desk, self._standing, self._channels.addresses)
            self._disturb(desk, changes, acts, seconds)
            self._until(lambda: not desk.left)
            desk.publish([generated(LAST, title="after all of it")])
            self._until(lambda: not desk.left and self._rests(desk.record))
            time.sleep(FOUND_SECONDS)
            return self._report(desk.record)

    def _disturb(self, desk: Desk, changes: Changes, acts: Sequence[Act], seconds: float) -> None:
        began = time.monotonic()
        now = 0.0
        published = 0
        with closing(Disturbance(acts, faults(self._installed, self._channels), changes.make)) as disturbance:
            while now < seconds or not disturbance.is_over:
                disturbance.look(now)
                published = self._publish_due(desk, published, min(1.0, now / seconds))
                self._installed.tend()
                time.sleep(LOOK_SECONDS)
                now = time.monotonic() - began
        self._publish_due(desk, published, 1.0)

    def _publish_due(self, desk: Desk, published: int, share: float) -> int:
        """Publish up to this share of the articles; how many are published then."""
        due = int(len(self._news.articles) * share)
        if due == published or (due - published < PORTION and share < 1.0):
            return published
        desk.publish(list(self._news.articles[published:due]))
        return due

    def _until(self, holds: Callable[[], bool]) -> None:
        """Tend until it holds, or for as long as it may take: the judge says what is not as it should be."""
        ends = time.monotonic() + REST_SECONDS
        while not holds() and time.monotonic() < ends:
            self._installed.tend()
            time.sleep(LOOK_AGAIN_SECONDS)

    def _rests(self, record: Record) -> bool:
        """Whether nothing is under way any more, and nobody is to be told soon."""
        try:
            with open_reader(self._installed.settings) as reader:
                became = judge.deliveries(reader).values()
                waits = {one.waiting_for for one in became if one.status == "waiting" and not one.is_copy}
                if waits - {"quiet", "cap"} or list(judge.alive(reader)):
                    return False
                balance = reader.ledger()
                return not balance.in_flight and reader.store.get(LAST) is not None
        except AWAY:
            return False

    def _report(self, record: Record) -> Report:
        taken = self._channels.taken
        with open_reader(self._installed.settings) as reader:
            found = judge.stored(reader.store, utc_now())
            wanted = expected(record, self._passed(record, found))
            became = judge.deliveries(reader)
            standing = {id: versions[-1][0] for id, versions in record.standing.items()}
            findings = [
                *judge.ledger(reader, record),
                *judge.store(found, record, self._news),
                *judge.told(taken, wanted, became, record.forgotten),
                *judge.once(taken),
                *judge.again(taken, self._installed.killed),
                *judge.recorded(reader.store, became),
                *judge.held_back(wanted, became, standing),
                *judge.forgotten(taken, record, self._installed.grace),
                *judge.alive(reader),
            ]
        counts = {
            "published": len(record.articles),
            "forgotten": len(record.forgotten),
            "stored": len(found),
            "alerts that must be": len(wanted.must),
            "messages taken": len(taken),
        }
        return Report(findings, counts)

    def _passed(self, record: Record, found: Sequence[WireArticle]) -> Iterator[Passed]:
        # Of what was forgotten the store says nothing: those who were told of it do.
        told = [one for taken in self._channels.taken for one in taken.message.articles]
        stories = {one.article_id: one.story_id for one in told} | {one.id: one.story_id for one in found}
        rows = self._installed.outcomes({id for id, _ in record.articles})
        matched = {(row.id, row.revision): row.at for row in rows if row.stage == "match"}
        for key, (article, moment) in record.articles.items():
            if article.title == POISON:
                continue
            story = stories.get(article.id, article.id)
            wire = WireArticle(**dict(article), story_id=story, first_seen=moment.asked)
            # as the clock of whoever matched it said
            yield Passed(wire, moment.asked, matched.get(key, utc_now()) + MOVED)
