"""When the index stage drops what is older than the retention."""

from datetime import UTC, datetime, timedelta

from runtime.memory import DefaultSettings, MemoryServices, MemorySink
from stores.stages import EXPIRE_EVERY, IndexStep

NOW = datetime(2026, 1, 31, tzinfo=UTC)


class Expiring(MemorySink):
    """A store that remembers what it was told to drop."""

    def __init__(self) -> None:
        super().__init__()
        self.before: list[datetime] = []

    def expire(self, before: datetime) -> int:
        self.before.append(before)
        return 0


def _services(store: MemorySink, days: int) -> MemoryServices:
    return MemoryServices(settings=DefaultSettings(retention_days=days), store=store)


def test_old_months_are_dropped_once_in_a_while() -> None:
    store, now = Expiring(), NOW
    step = IndexStep(_services(store, days=30))
    step.tick(now)
    step.tick(now)
    assert store.before == [NOW - timedelta(days=30)]
    now += EXPIRE_EVERY
    step.tick(now)
    assert store.before[1:] == [now - timedelta(days=30)]


def test_no_retention_drops_nothing() -> None:
    store = Expiring()
    IndexStep(_services(store, days=0)).tick(NOW)
    assert store.before == []
