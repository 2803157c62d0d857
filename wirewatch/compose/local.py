"""The local installation, opened for writing: one file, its log, its store and the running stages."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Self

import structlog

from producers.fetch.ssrf import forbidden
from runtime.local import retention
from runtime.local.lock import Lock
from runtime.local.worker import Workers
from runtime.metrics import Metrics
from runtime.ports import ControlError, Held, Progress, Published, StageReport, Waiting, untold
from runtime.rounds import Rounds
from runtime.services import ProcessServices
from schemas.article import Article, WireArticle
from schemas.clock import Clock, utc_now
from schemas.outcome import Hold, Output
from schemas.stage import Wait
from schemas.topics import DELIVERIES
from stores.query import parse
from wirewatch.compose.beside import Beside
from wirewatch.compose.local_reader import LocalReader
from wirewatch.settings import Settings

if TYPE_CHECKING:
    from web.installation import Installation

logger = structlog.get_logger()

# How often the log is pruned behind the slowest stage.
ROUND_SECONDS = 5.0
# Retention is counted in days; once in so many rounds (an hour) is often enough.
RETIRE_ROUNDS = 720
# Articles read from the store and put on the log in one transaction.
REPLAYED_AT_ONCE = 200
# A replay tells how far it is at least as often as this; it looks whenever a stage has handled a batch.
LOOK_SECONDS = 1.0


def as_fetched(article: WireArticle) -> Article:
    """The article as it came, before any stage had read it."""
    return Article(**{name: getattr(article, name) for name in Article.model_fields})


class LocalPipeline(LocalReader):
    """Both ports (runtime.ports) in this process. Raises FileInUse, DatabaseError."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._lock = Lock(settings.db)
        try:
            super().__init__(settings, clock)
        except BaseException:
            self._lock.release()
            raise
        self._services = ProcessServices(settings, self.log, lambda: self.store, clock, forbids=forbidden)
        self.metrics = Metrics(clock)
        self._workers = Workers(self.topology.stages, self._services, self.log, self.metrics)
        self.metrics.waiting = self._workers.waiting
        self.metrics.waits = lambda: [wait for waits in self.held().values() for wait in waits]
        self._ending = threading.Event()
        self._keeper = Rounds("housekeeping", ROUND_SECONDS, self._keep_house, clock)
        self.beside: list[Callable[[], Sequence[Wait]]] = [lambda: self._keeper.waits]
        """Say what is waited for beside the stages: in housekeeping, and by sources where this process runs some."""
        self._starting = threading.Lock()
        self._started = False
        self._beside = Beside(settings.db, self._installation)

    def _installation(self) -> "Installation":
        # here: it loads the whole of the HTTP face, which only a command that calls needs
        from wirewatch.compose.web import of_pipeline

        return of_pipeline(self)

    # -- Control ------------------------------------------------------------------------------------------

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Control.publish."""
        return self.log.publish(outputs)

    def waiting(self) -> Waiting:
        """As Control.waiting."""
        return self._workers.waiting()

    def status(self) -> list[StageReport]:
        """As Reader.status."""
        return self.reports(self.held())

    def held(self) -> Held:
        """What the stages of this process wait for, and channels that are away: their alerts wait, others are told.

        What is waited for beside the stages stands under its own name.
        """
        beside = [wait for waits in self.beside for wait in waits()]
        return {**self._workers.held(), **{wait.what: (wait,) for wait in beside}}

    def forget(self, identity: str) -> bool:
        """As Control.forget. A telling at hand is waited for: after this nobody is told its words."""
        known = retention.forget(self.log, self.database, self.store, identity, self._clock())
        self._workers.settle(DELIVERIES)
        return known

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return self.log.replay_letters(identity, stage, self.topology)

    def replay(self, stage: str, since: datetime, name: str | None = None, progress: Progress = untold) -> int:
        """As Control.replay: every stored article first seen since then goes through all stages again.

        The local log is pruned: what is read again comes from the store, so only the first stage can be replayed. What
        an interrupted replay has put on the log goes on by itself, and `name` says nothing.
        """
        first = self.topology.stages[0]
        if stage != first.name:
            raise ControlError(
                f"in one process only {first.name} can be replayed: its log keeps no other stage's records"
            )
        number = self._put_again(since)
        end = self.log.position(first) + self.log.lag(first)
        self.start()
        while not self._ending.is_set():
            beats = self.log.pulse.beats()
            left = max(0, end - self.log.position(first))
            progress(max(0, number - left), number)
            if left == 0:
                break
            self.log.pulse.wait(LOOK_SECONDS, beats)
        return number

    def _put_again(self, since: datetime) -> int:
        wanted = parse(f"first_seen:[{since:%Y-%m-%dT%H:%M:%S} TO *]", self._clock())
        number, page = 0, self.store.search(wanted, limit=REPLAYED_AT_ONCE)
        while page.articles:
            self.log.replay([as_fetched(article) for article in page.articles])
            number += len(page.articles)
            if page.next is None:
                break
            page = self.store.search(wanted, limit=REPLAYED_AT_ONCE, after=page.next)
        return number

    # -- working ------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """As Control.start."""
        with self._starting:
            if not self._started:
                self._workers.start()
                self._keeper.start()
                self._started = True
        return self

    def drain(self, progress: Callable[[Waiting], object] = untold, most: int = 0) -> None:
        """As Control.drain."""
        if self._started:
            self._workers.drain(progress, most)

    def _keep_house(self, number: int) -> None:
        retention.prune(self.database, self.topology.stages)
        if number % RETIRE_ROUNDS == 0:
            retention.retire(self.database, self._clock(), self.settings.retention_days)

    def _tidy(self) -> None:
        try:
            retention.prune(self.database, self.topology.stages)
        except (sqlite3.Error, Hold) as error:  # the next start prunes: the file is let go of all the same
            logger.warning("the log is not pruned", why=str(error))

    def close(self) -> None:
        """Stop after the batches at hand and let go of the file."""
        self._ending.set()
        self._beside.close()
        if self._started:
            self._workers.stop()
            self._keeper.stop()
            self._tidy()
        self._services.close()
        super().close()
        self._lock.release()
