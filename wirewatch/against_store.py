"""What the ledger has as indexed, asked of the store: an index that somebody dropped is in no ledger."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from runtime.ports import Reader

# One question to the store: an answer of this many ids is some tens of kilobytes.
AT_ONCE = 1_000


def missing(reader: Reader, retention_days: int, now: datetime) -> list[str]:
    """The ids of articles that should be in the store and are not; those past its retention are not expected.

    Raises Hold.
    """
    oldest = now - timedelta(days=retention_days) if retention_days else None
    expected = [id for id, fetched in reader.indexed().items() if oldest is None or fetched >= oldest]
    return sorted(_absent(reader, expected))


def _absent(reader: Reader, ids: Sequence[str]) -> Iterator[str]:
    for portion in _portions(ids):
        yield from set(portion) - reader.store.there(portion)


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
