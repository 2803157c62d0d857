"""The compiled reader gives what kafka-python's own gives, record for record."""

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import Fetcher
from kafka.errors import CorruptRecordError
from kafka.record import MemoryRecords, MemoryRecordsBuilder

from runtime.kafka import compiled_records
from runtime.kafka.compiled_records import CompiledRecords, read_compiled

HERE = TopicPartition("here", 3)
# kafka-python's numbers: none, gzip, lz4, zstd
CODECS = (0, 1, 3, 4)
BYTES = st.none() | st.binary(max_size=40)
RECORD = st.tuples(BYTES, BYTES, st.lists(st.tuples(st.text(max_size=5), BYTES), max_size=3), st.integers(0, 9))
BATCHES = st.lists(st.tuples(st.sampled_from(CODECS), st.lists(RECORD, min_size=1, max_size=5)), max_size=4)

Record = tuple[bytes | None, bytes | None, list[tuple[str, bytes | None]], int]


@pytest.fixture(autouse=True, scope="module")
def everything_is_worth_it() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_records, "WORTH_IT", 0)
        yield


def log(batches: Sequence[tuple[int, Sequence[Record]]], magic: int = 2) -> bytes:
    """As a broker sends them; between two records, and behind the last, compaction may have taken some."""
    sent = b""
    offset = 0
    for codec, records in batches:
        builder = MemoryRecordsBuilder(magic, codec, 1 << 20)
        for number, (key, value, headers, _) in enumerate(records):
            builder.append(1_700_000_000_000 + number, key, value, headers if magic == 2 else [])
        builder.close()
        made = bytearray(builder.buffer())
        if magic == 2:
            made[:8] = offset.to_bytes(8, "big")
            made[12:16] = (7).to_bytes(4, "big")  # the epoch of its leader
        offset += len(records)
        sent += bytes(made)
    return sent


def read(kind: Callable[..., Any], sent: bytes, start: int, most: int) -> tuple[list[Any], tuple[int, ...]]:
    part = kind(start, HERE, MemoryRecords(sent))
    rows: list[Any] = []
    while part and (some := part.take(most)):
        rows += [
            (one.partition, one.offset, one.timestamp, one.key or b"", one.value, list(one.headers)) for one in some
        ]
    return rows, (part.next_fetch_offset, part.leader_epoch, part.records_read)


@given(BATCHES, st.integers(0, 12), st.integers(1, 7))
def test_records_places_and_what_is_asked_for_next_are_the_same(
    batches: list[tuple[int, list[Record]]], start: int, most: int
) -> None:
    sent = log(batches)
    assert read(CompiledRecords, sent, start, most) == read(Fetcher.PartitionRecords, sent, start, most)


def test_what_an_old_broker_kept_is_read() -> None:
    sent = log([(1, [(b"k", b"v", [], 0), (b"l", None, [], 0)])], magic=1)
    assert read(CompiledRecords, sent, 0, 9) == read(Fetcher.PartitionRecords, sent, 0, 9)


def test_a_cut_answer_ends_before_the_batch_that_is_cut() -> None:
    sent = log([(0, [(b"k", b"v", [], 0)]), (0, [(b"l", b"w", [], 0)])])[:-3]
    rows, (then, *_) = read(CompiledRecords, sent, 0, 9)
    assert ([row[3] for row in rows], then) == ([b"k"], 1)


def test_a_damaged_batch_is_kafkas_own_error() -> None:
    sent = bytearray(log([(0, [(b"k", b"v", [], 0)])]))
    sent[-1] ^= 1  # the number of its headers
    for checked in (True, False):
        part = CompiledRecords(0, HERE, MemoryRecords(bytes(sent)), check_crcs=checked)
        with pytest.raises(CorruptRecordError):
            part.take()


def test_small_answers_are_read_without_loading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_records, "WORTH_IT", 1 << 20)
    monkeypatch.setattr(compiled_records, "_read", None)
    monkeypatch.delitem(sys.modules, compiled_records.READER, raising=False)
    rows, _ = read(CompiledRecords, log([(0, [(b"k", b"v", [], 0)])]), 0, 9)
    assert len(rows) == 1


def test_small_answers_are_read_by_it_where_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module(compiled_records.READER)
    monkeypatch.setattr(compiled_records, "WORTH_IT", 1 << 20)
    monkeypatch.setattr(Fetcher.PartitionRecords, "_unpack_records", None)
    rows, _ = read(CompiledRecords, log([(0, [(b"k", b"v", [], 0)])]), 0, 9)
    assert len(rows) == 1


def test_a_consumer_of_this_kafka_python_reads_so() -> None:
    """Its inside has no promise: the next version is looked at before it is taken."""
    assert "_fetcher" in KafkaConsumer.__init__.__code__.co_names
    assert "PartitionRecords" in Fetcher._parse_fetched_data.__code__.co_names

    class Consumer:
        _fetcher = object.__new__(Fetcher)

    assert read_compiled(Consumer())._fetcher.PartitionRecords is CompiledRecords
