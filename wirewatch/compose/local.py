"""The local installation, opened for writing: one file, its log, its store and the running stages."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Self

import structlog

from runtime.local import retention
from runtime.local.lock import Lock
from runtime.local.log import Log
from runtime.local.rpc import Server
from runtime.local.worker import Workers
from runtime.metrics import Metrics
from runtime.ports import Published
from runtime.services import ProcessServices
from schemas.article import Article, WireArticle
from schemas.clock import Clock, utc_now
from schemas.outcome import Hold, Output
from schemas.stage import Wait
from stores.open import open_store
from stores.query import parse
from stores.sqlite.database import Database
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

logger = structlog.get_logger()

# How often the log is pruned behind the slowest stage.
ROUND_SECONDS = 5.0
# Retention is counted in days; once in so many rounds (an hour) is often enough.
RETIRE_ROUNDS = 720
# Articles read from the store and put on the log in one transaction.
REPLAYED_AT_ONCE = 200


def as_fetched(article: WireArticle) -> Article:
    """The article as it came, before any stage had read it."""
    return Article(**{name: getattr(article, name) for name in Article.model_fields})


class LocalPipeline:
    """The Control port (runtime.ports) of this process. Raises FileInUse, DatabaseError."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self._clock = clock
        self._lock = Lock(settings.db)
        try:
            self.database = Database(settings.db)
        except BaseException:
            self._lock.release()
            raise
        self.topology = topology()
        self.log = Log(self.database, clock, self.topology.read)
        self.store = open_store(settings, self.database)
        self._services = ProcessServices(settings, self.log, lambda: self.store, clock)
        self.metrics = Metrics(clock)
        self._workers = Workers(self.topology.stages, self._services, self.log, self.metrics)
        self.metrics.waiting = self._workers.waiting
        self.metrics.waits = lambda: self._workers.waits
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep_house, name="housekeeping", daemon=True)
        self._server = Server(settings.db, self, self.topology)
        self._started = False

    # -- Control ------------------------------------------------------------------------------------------

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Control.publish."""
        return self.log.publish(outputs)

    def waiting(self) -> dict[str, int]:
        """As Control.waiting."""
        return self._workers.waiting()

    def forget(self, identity: str) -> bool:
        """As Control.forget."""
        return retention.forget(self.log, self.database, self.store, identity, self._clock())

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return self.log.replay_letters(identity, stage, self.topology)

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
    def held(self) -> list[Wait]:
        """Stages that wait for something that is away, and channels that are: their alerts wait, others are told."""
        return self._workers.waits

    def start(self) -> Self:
        """Start the stages."""
        self._workers.start()
        self._keeper.start()
        self._started = True
        return self

    def drain(self, progress: Callable[[dict[str, int]], None] | None = None) -> None:
        """Return when every stage has handled all there is."""
        self._workers.drain(progress)

    def _keep_house(self) -> None:
        rounds = 0
        while not self._ending.wait(ROUND_SECONDS):
            try:
                self._keep_house_once(retire=rounds % RETIRE_ROUNDS == 0)
            except (Hold, sqlite3.OperationalError) as error:  # a full disk: the next round tries again
                logger.warning("housekeeping is put off", why=str(error))
            rounds += 1

    def _keep_house_once(self, retire: bool) -> None:
        retention.prune(self.database, self.topology.stages)
        if retire:
            retention.retire(self.database, self._clock(), self.settings.retention_days)

    def close(self) -> None:
        """Stop after the batches at hand and let go of the file."""
        self._ending.set()
        self._server.close()
        if self._started:
            self._workers.stop()
            self._keeper.join()
            retention.prune(self.database, self.topology.stages)
        self._services.close()
        self.store.close()
        self.database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
