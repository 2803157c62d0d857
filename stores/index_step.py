"""The stage that stores articles: WireArticle in, nothing out. Idempotent by version, so a repeat changes nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from schemas.article import WireArticle
from schemas.ledger import FORGOTTEN_RULE, Forgotten
from schemas.outcome import Dropped, Outcome, Output
from schemas.services import Services, Sink
from schemas.stage import Stage, Step
from schemas.state import State
from schemas.topics import FORGOTTEN, WIRE

# Retention is counted in days: once an hour is often enough.
EXPIRE_EVERY = timedelta(hours=1)
OUT = Dropped(FORGOTTEN_RULE)


class IndexStep(Step[WireArticle]):
    """Writes the store, and drops what is older than the retention: whoever writes it may."""

    def __init__(self, store: Sink, state: State, retention_days: int) -> None:
        """`retention_days`: 0 keeps all."""
        self._store = store
        self._state = state
        self._kept = timedelta(days=retention_days)
        self._expire_due: datetime | None = None

    def __call__(self, batch: Sequence[WireArticle]) -> Sequence[Outcome]:
        """What was forgotten while the batch was written is not there afterwards. Raises Hold."""
        outcomes = self._store.write(batch)
        # Who forgets says so first and takes out then: what he could not find yet is seen here.
        self._state.catch_up(FORGOTTEN)
        forgotten = self._state.mapping(FORGOTTEN, Forgotten)
        for article in batch:
            if article.id in forgotten:
                self._store.forget(article.id)
        pairs = zip(batch, outcomes, strict=True)
        return [OUT if article.id in forgotten else outcome for article, outcome in pairs]

    def tick(self, now: datetime) -> Sequence[Output]:
        """Drop what is too old, once in a while. Raises Hold."""
        if self._kept and (self._expire_due is None or now >= self._expire_due):
            self._store.expire(now - self._kept)
            self._expire_due = now + EXPIRE_EVERY
        return ()


def _index(services: Services) -> Step[WireArticle]:
    return IndexStep(services.store, services.state, services.settings.retention_days)


INDEX = Stage("index", reads=WIRE, open=_index, ends_way=True)
"""Puts articles and their quotes into the store."""
