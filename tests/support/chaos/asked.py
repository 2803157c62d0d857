"""What is asked of an installation in a run, one thing after the other, each until it is confirmed."""

import queue
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from runtime.ports import Control, ControlError
from schemas.alert import Subscription
from schemas.article import Article
from schemas.clock import utc_now
from schemas.outcome import Hold, Output
from schemas.topics import ARTICLES, SUBSCRIPTIONS

AWAY = (Hold, ControlError, OSError, sqlite3.OperationalError)
"""What a call raises while the installation is away: it is asked again."""
AGAIN_SECONDS = 0.3
Opened = Callable[[], AbstractContextManager[Control]]
"""Opens the installation's Control; raises one of AWAY."""


@dataclass(frozen=True)
class Moment:
    """From when something was asked for until it was confirmed."""

    asked: datetime
    confirmed: datetime


@dataclass
class Record:
    """All that was confirmed."""

    articles: dict[tuple[str, str], tuple[Article, Moment]] = field(default_factory=dict)
    """(id, revision) -> the article, and when it was first published."""
    standing: dict[str, list[tuple[Subscription, Moment]]] = field(default_factory=lambda: defaultdict(list))
    """Id of a subscription -> how it stood, one after the other."""
    forgotten: dict[str, Moment] = field(default_factory=dict)


class Desk:
    """A thread that asks; `record` is what was confirmed so far."""

    def __init__(self, opened: Opened) -> None:
        self.record = Record()
        self._opened = opened
        self._tasks: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    @property
    def left(self) -> int:
        """What is still to be asked."""
        return self._tasks.unfinished_tasks

    def publish(self, articles: list[Article]) -> None:
        """Publish articles, fetched now."""
        self._tasks.put(lambda: self._publish(articles))

    def put(self, *subscriptions: Subscription) -> None:
        """Have these subscriptions so from now on."""
        self._tasks.put(lambda: self._put(subscriptions))

    def forget(self, id: str) -> None:
        """Take an article out."""
        self._tasks.put(lambda: self._forget(id))

    def close(self) -> None:
        """Ask no more."""
        self._over.set()
        self._tasks.put(None)
        self._thread.join()

    def _publish(self, articles: list[Article]) -> None:
        fetched = [article.model_copy(update={"fetched_at": utc_now()}) for article in articles]
        moment = self._ask(lambda control: control.publish([Output(ARTICLES, article) for article in fetched]))
        for article in fetched:
            self.record.articles.setdefault((article.id, article.revision), (article, moment))

    def _put(self, subscriptions: tuple[Subscription, ...]) -> None:
        moment = self._ask(lambda control: control.publish([Output(SUBSCRIPTIONS, one) for one in subscriptions]))
        for one in subscriptions:
            self.record.standing[one.id].append((one, moment))

    def _forget(self, id: str) -> None:
        self.record.forgotten[id] = self._ask(lambda control: control.forget(id))

    def _ask(self, call: Callable[[Control], object]) -> Moment:
        asked = utc_now()
        while not self._over.is_set():
            try:
                with self._opened() as control:
                    call(control)
            except AWAY:
                self._over.wait(AGAIN_SECONDS)
            else:
                break
        return Moment(asked, utc_now())

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            self._tasks.task_done()
