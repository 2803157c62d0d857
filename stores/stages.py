"""The stages of this room: they write the store, idempotently by version, so that a batch may come again."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from schemas.about import about
from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.ledger import FORGOTTEN_RULE, Forgotten
from schemas.outcome import Dropped, Outcome, Output
from schemas.services import Services
from schemas.stage import MANY, Stage, Step
from schemas.state import State
from schemas.topics import DELIVERIES, FORGOTTEN, WIRE

# Retention is counted in days: once an hour is often enough.
EXPIRE_EVERY = timedelta(hours=1)
OUT = Dropped(FORGOTTEN_RULE)
COUNTED, NOTED, COPY = Dropped("only counted"), Dropped("only noted"), Dropped("behind another")


class StoreStep(Step[Any]):
    """Writes a batch; what was forgotten before, or while it wrote, is not there afterwards. Raises Hold."""

    def __init__(
        self, write: Callable[[Sequence[Any]], Sequence[Outcome]], forget: Callable[[str], object], state: State
    ) -> None:
        self._write = write
        self._forget = forget
        self._state = state

    def __call__(self, batch: Sequence[Any]) -> Sequence[Outcome]:
        """One outcome per record."""
        outcomes = self._write(batch)
        # Who forgets says so first and takes out then: what he could not find yet is seen here.
        self._state.catch_up(FORGOTTEN)
        forgotten = self._state.mapping(FORGOTTEN, Forgotten)
        articles = [about(record) for record in batch]
        self._take_out(article for article in articles if article in forgotten)
        return [OUT if article in forgotten else outcome for article, outcome in zip(articles, outcomes, strict=True)]

    def keep_out(self, batch: Sequence[Any]) -> None:
        """What an earlier call wrote of them, and did not come to take out, is taken out. Raises Hold."""
        self._take_out(about(record) for record in batch)

    def _take_out(self, articles: Iterable[str]) -> None:
        for article in dict.fromkeys(articles):
            self._forget(article)


class IndexStep(StoreStep):
    """Stores articles, and drops what is older than the retention: whoever writes the store may."""

    def __init__(self, services: Services) -> None:
        store = services.store
        super().__init__(store.write, store.forget, services.state)
        self._expire = store.expire
        self._kept = timedelta(days=services.settings.retention_days)
        self._expire_due: datetime | None = None

    def tick(self, now: datetime) -> Sequence[Output]:
        """Drop what is too old, once in a while. Raises Hold."""
        if self._kept and (self._expire_due is None or now >= self._expire_due):
            self._expire(now - self._kept)
            self._expire_due = now + EXPIRE_EVERY
        return ()


class RecordStep(StoreStep):
    """Stores what became of alerts, and has the runtime write down how the whole installation does."""

    def __init__(self, services: Services) -> None:
        store = services.store
        super().__init__(self._record, store.forget, services.state)
        self._store = store
        self._observe = services.observe

    def _record(self, batch: Sequence[Delivery]) -> Sequence[Outcome]:
        """What is only counted or noted was told to nobody, and would drown in the lists what was; a copy of what waits
        too."""
        of_nobody = {"counted": COUNTED, "noted": NOTED}
        left_out = [COPY if one.is_copy else of_nobody.get(one.status) for one in batch]
        written = iter(self._store.record([one for one, why in zip(batch, left_out, strict=True) if why is None]))
        return [why or next(written) for why in left_out]

    def tick(self, now: datetime) -> Sequence[Output]:
        """Nothing to publish, ever."""
        self._observe(now)
        return ()


def _index(services: Services) -> Step[WireArticle]:
    return IndexStep(services)


def _record(services: Services) -> Step[Delivery]:
    return RecordStep(services)


INDEX = Stage("index", reads=WIRE, open=_index, ends_way=True)
"""Puts articles and their quotes into the store."""

RECORD = Stage("record", reads=DELIVERIES, open=_record, batch=MANY)
"""Puts what became of alerts into the store; a stage of its own, so that a slow store delays no alert."""
