"""When the cluster drops what is older than the retention."""

from datetime import UTC, datetime, timedelta

from wirewatch.compose.cluster import RETIRE_EVERY, Retiring

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
    retiring = Retiring(store, timedelta(days=30), lambda: now)  # type: ignore[arg-type]  # the one method that counts
    retiring()
    retiring()
    assert store.before == [NOW - timedelta(days=30)]
    now += RETIRE_EVERY
    retiring()
    assert store.before[1:] == [now - timedelta(days=30)]


def test_no_retention_drops_nothing():
    store = Expiring()
    Retiring(store, timedelta(0), lambda: NOW)()  # type: ignore[arg-type]  # as above
    assert store.before == []
