"""What the ledger has as indexed, asked of the store: an index that somebody dropped is in no ledger."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from runtime.ports import Reader

# One question to the store: an answer of this many ids is some tens of kilobytes.
AT_ONCE = 1_000


def missing(reader: Reader, retention_days: int, now: datetime) -> list[str]:
    """The ids of articles that should be in the store and are not; those past its retention are not expected.

    The store's ids are held against the ledger's, and only what differs is looked up. Raises Hold.
    """
    oldest = now - timedelta(days=retention_days) if retention_days else None
    differing = reader.indexed(but=reader.store.ids(since=oldest))
    return sorted(_absent(reader, [id for id, fetched in differing.items() if oldest is None or fetched >= oldest]))


def _absent(reader: Reader, ids: Sequence[str]) -> Iterator[str]:
    """Those that are not there either when they are asked for by name: some were written a moment ago, or were first
    seen long before they were fetched again."""
    for start in range(0, len(ids), AT_ONCE):
        portion = ids[start : start + AT_ONCE]
        yield from set(portion) - reader.store.there(portion)
