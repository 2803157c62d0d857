"""What kafka-python's consumer has fetched, taken apart by aiokafka's reader, which is compiled.

kafka-python reads each record in Python: with our headers that takes four times as long, and most of the time in which
a stage starts. Only the records of a batch are read otherwise; asking, places and errors stay kafka-python's.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

from kafka.consumer.fetcher import Fetcher
from kafka.errors import CorruptRecordError

from runtime.kafka.codec import revision_of

# The form in which every broker of today keeps records.
MAGIC = 2
# Bytes of one answer. To load the reader takes as long as reading some fifty thousand records in Python: whoever reads
# a small topic does not. A worker has it loaded.
WORTH_IT = 64 << 10
READER = "aiokafka.record.default_records"


_EPOCH = datetime.fromtimestamp(0, UTC)


class Row(NamedTuple):
    """A record as it stands on the log. A tuple: of a million that are read, to make anything else takes a second."""

    partition: int
    offset: int
    timestamp: int
    """When its sender sent it, in ms since 1970."""
    key: bytes
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]

    @property
    def at(self) -> datetime:
        """When its sender sent it."""
        return _EPOCH + timedelta(milliseconds=self.timestamp)

    @property
    def revision(self) -> str:
        """The revision of the record, by its header."""
        return revision_of(self.headers)


class CompiledRecords(Fetcher.PartitionRecords):  # type: ignore[misc]  # it ships no types
    """In the place of a consumer's own (`read_compiled`). Reads all that is there, committed or not, as that does."""

    def _unpack_records(self, tp: Any, records: Any, *deserializers: Any) -> Iterator[Any]:
        """The records of all batches in their order. Raises CorruptRecordError."""
        if records.size_in_bytes() < WORTH_IT and READER not in sys.modules:
            yield from super()._unpack_records(tp, records, *deserializers)
            return
        while (batch := records.next_batch()) is not None:
            if self.check_crcs and not batch.validate_crc():
                raise CorruptRecordError(f"the batch at offset {batch.base_offset} of {tp} fails its check")
            yield from self._rows(tp.partition, batch)
            if batch.magic == MAGIC:  # compaction may have taken the last of it
                self.next_fetch_offset = batch.next_offset
        self.drain()

    def _rows(self, partition: int, batch: Any) -> Iterator[Row]:
        make = tuple.__new__  # for each record: half of what Row(...) takes
        for one in self._records(batch):
            self.records_read += 1
            self.next_fetch_offset = one.offset + 1
            yield make(Row, (partition, one.offset, one.timestamp, one.key or b"", one.value, one.headers))

    def _records(self, batch: Any) -> Iterable[Any]:
        if batch.magic != MAGIC:
            return cast(Iterable[Any], batch)
        self.leader_epoch = batch.leader_epoch
        self.bytes_read += batch.size_in_bytes
        return () if batch.is_control_batch else _read(batch)


def read_compiled(consumer: Any) -> Any:
    """The consumer; it reads so from now on."""
    consumer._fetcher.PartitionRecords = CompiledRecords
    return consumer


def _read(batch: Any) -> Iterable[Any]:
    """The records of a batch, taken apart at once: what is wrong with one is said before any is given."""
    from aiokafka.errors import CorruptRecordException  # type: ignore[import-untyped]  # it ships no types
    from aiokafka.record.default_records import DefaultRecordBatch  # type: ignore[import-untyped]

    try:
        return list(DefaultRecordBatch(bytes(batch._buffer)))
    except (CorruptRecordException, ValueError) as error:
        raise CorruptRecordError(f"the batch at offset {batch.base_offset}: {error}") from error
