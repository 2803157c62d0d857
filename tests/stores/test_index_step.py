"""When the index stage drops what is older than the retention."""

from datetime import UTC, datetime, timedelta

from runtime.memory import MemoryLog
from stores.index_step import EXPIRE_EVERY, IndexStep

NOW = datetime(2026, 1, 31, tzinfo=UTC)


class Expiring:
    """A store that only remembers what it was told to drop."""

    def __init__(self) -> None:
        self.before: list[datetime] = []

    def expire(self, before: datetime) -> int:
        self.before.append(before)
        return 0


def test_old_months_are_dropped_once_in_a_while():
    store, now = Expiring(), NOW
    step = IndexStep(store, MemoryLog(), retention_days=30)  # type: ignore[arg-type]  # the one method that counts
    step.tick(now)
    step.tick(now)
    assert store.before == [NOW - timedelta(days=30)]
    now += EXPIRE_EVERY
    step.tick(now)
    assert store.before[1:] == [now - timedelta(days=30)]


def test_no_retention_drops_nothing():
    store = Expiring()
    IndexStep(store, MemoryLog(), retention_days=0).tick(NOW)  # type: ignore[arg-type]  # as above
    assert store.before == []
