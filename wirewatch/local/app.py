"""The local installation, opened for writing: one file, its log, its store and the running stages."""

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Self

import structlog

from alerts.deliver import DeliverStep
from alerts.match import MatchStep
from processors.story import StoryStep
from schemas.about import about
from schemas.alert import Subscription
from schemas.article import Article, WireArticle
from schemas.clock import Clock, utc_now
from schemas.outcome import Hold, Outcome, Output
from schemas.record import Record
from schemas.stage import Step
from schemas.story import StoryMember
from schemas.topics import STORIES, SUBSCRIPTIONS
from stores.embedded.database import Database
from stores.embedded.store import EmbeddedStore
from stores.query import parse
from wirewatch.local import housekeeping
from wirewatch.local.calls import Answering
from wirewatch.local.lock import Lock
from wirewatch.local.log import Log
from wirewatch.local.runtime import Held, Runtime
from wirewatch.pipeline import Parts, enrich_step, enriching, stages, topics_read
from wirewatch.settings import Settings
from wirewatch.wire import Published

logger = structlog.get_logger()

# How often the log is pruned and what is due is told; a digest's minute is kept well within its minute.
ROUND_SECONDS = 5.0
# Retention is counted in days; once in so many rounds (an hour) is often enough.
RETIRE_ROUNDS = 720
# Articles read from the store and put on the log in one transaction.
REPLAYED_AT_ONCE = 200


def as_fetched(article: WireArticle) -> Article:
    """The article as it came, before any stage had read it."""
    return Article(**{name: getattr(article, name) for name in Article.model_fields})


class LocalWire:
    """A Wire (wirewatch.wire) in this process. Raises FileInUse, DatabaseError."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self._clock = clock
        self._lock = Lock(settings.db)
        try:
            self.database = Database(settings.db)
        except BaseException:
            self._lock.release()
            raise
        self.log = Log(self.database, clock, topics_read())
        self.store = EmbeddedStore(self.database)
        self._children = enriching(settings)
        self._subscriptions: tuple[int, Mapping[str, Subscription]] | None = None
        self._deliver = DeliverStep(self.log, self.subscriptions, clock)
        self.stages = stages(self._parts())
        self._runtime = Runtime(self.stages, self.log, clock)
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep_house, name="housekeeping", daemon=True)
        self._answering = Answering(settings.db, self)
        self._started = False

    def _parts(self) -> Parts:
        return Parts(
            enrich=enrich_step(self._children),
            story=StoryStep(self.log.items(STORIES, StoryMember), hours=self.settings.story_hours),
            index=self._written(self.store.write),
            match=MatchStep(self.subscriptions, self._clock),
            deliver=self._deliver,
            record=self._written(self.store.record),
        )

    def _written(self, write: Step) -> Step:
        """A step that writes the store: what is forgotten while its batch is on its way goes out again."""

        def step(batch: Sequence[Record]) -> Sequence[Outcome]:
            outcomes = write(batch)
            for article in dict.fromkeys(about(record) for record in batch):
                if self.log.is_forgotten(article):
                    self.store.forget(article)
            return outcomes

        return step

    def subscriptions(self) -> Mapping[str, Subscription]:
        """The subscriptions in force, by id; the same object until one changes."""
        changes = self.log.changes(SUBSCRIPTIONS)
        if self._subscriptions is None or self._subscriptions[0] != changes:
            every = self.log.items(SUBSCRIPTIONS, Subscription)
            in_force = {subscription.id: subscription for subscription in every if not subscription.deleted}
            self._subscriptions = (changes, in_force)
        return self._subscriptions[1]

    # -- Wire ---------------------------------------------------------------------------------------------

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Wire.publish."""
        return self.log.publish(outputs)

    def waiting(self) -> dict[str, int]:
        """As Wire.waiting."""
        return self._runtime.waiting()

    def forget(self, identity: str) -> bool:
        """As Wire.forget."""
        return housekeeping.forget(self.database, self.store, identity, self._clock())

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Wire.replay_letter."""
        return self.log.replay_letters(identity, stage)

    def replay(self, since: datetime) -> int:
        """Send every stored article first seen since then through all stages again, alerting nobody; how many."""
        wanted = parse(f"first_seen:[{since:%Y-%m-%dT%H:%M:%S} TO *]", self._clock())
        number, page = 0, self.store.search(wanted, limit=REPLAYED_AT_ONCE)
        while page.articles:
            self.log.replay([as_fetched(article) for article in page.articles])
            number += len(page.articles)
            if page.next is None:
                break
            page = self.store.search(wanted, limit=REPLAYED_AT_ONCE, after=page.next)
        return number

    # -- running ------------------------------------------------------------------------------------------

    @property
    def held(self) -> list[Held]:
        """Stages that wait for something that is away, and channels that are: their alerts wait, others are told."""
        channels = [Held(f"deliver to {one.channel}", one.since, one.why) for one in self._deliver.away]
        return self._runtime.held + channels

    def start(self) -> Self:
        """Start the stages."""
        self._runtime.start()
        self._keeper.start()
        self._started = True
        return self

    def drain(self, progress: Callable[[dict[str, int]], None] | None = None) -> None:
        """Return when every stage has handled all there is."""
        self._runtime.drain(progress)

    def _keep_house(self) -> None:
        rounds = 0
        while not self._ending.wait(ROUND_SECONDS):
            try:
                self._keep_house_once(retire=rounds % RETIRE_ROUNDS == 0)
            except (Hold, sqlite3.OperationalError) as error:  # a full disk: the next round tries again
                logger.warning("housekeeping is put off", why=str(error))
            rounds += 1

    def _keep_house_once(self, retire: bool) -> None:
        self.log.publish(self._deliver.release(self._clock()))
        housekeeping.prune(self.database, self.stages)
        if retire:
            housekeeping.retire(self.database, self.store, self._clock(), self.settings.retention_days)

    def close(self) -> None:
        """Stop after the batches at hand and let go of the file."""
        self._ending.set()
        self._answering.close()
        if self._started:
            self._runtime.stop()
            self._keeper.join()
            housekeeping.prune(self.database, self.stages)
        self._children.close()
        self.database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
