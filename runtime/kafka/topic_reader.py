"""Reads topics as they are at this moment, by a plain consumer without a group: from a place to the end.

Knows nothing of stages. Everything that looks at the log from outside (state, ledger, letters, replay) reads so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from runtime.kafka import offsets
from runtime.kafka.codec import Cluster, NewerError, UnreadableError, read_record, schema_of
from runtime.kafka.compiled_records import Row, read_compiled
from runtime.kafka.errors import explain
from schemas.outcome import Hold
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)

logger = structlog.get_logger()

# One look at the broker; it answers within milliseconds, or is away.
POLL_MS = 500
REQUEST_MS = 20_000
# Of a partition at one go, and again while that is read: more takes memory, and less takes time. A larger batch of
# records comes whole.
FETCH_BYTES = 2 << 20
# Records taken from what was fetched at one go: each go looks at the connections, which costs as much as some hundred.
AT_ONCE = 5_000
# What was sent earlier may stand behind what was sent later, since several send: by seconds, where one of them held.
DISORDER = timedelta(minutes=1)
# What a record says of its time is by another machine's clock than when it was sent.
CLOCKS = timedelta(hours=1)


def consumer(cluster: Cluster, group: str | None = None, fetch_bytes: int = FETCH_BYTES) -> Any:
    """A plain consumer that commits nothing by itself. `group` only for its committed places."""
    return read_compiled(
        KafkaConsumer(
            **cluster.arguments(),
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=fetch_bytes,
            request_timeout_ms=REQUEST_MS,
            max_poll_records=AT_ONCE,
        )
    )


@contextmanager
def opened(cluster: Cluster, group: str | None = None) -> Iterator[Any]:
    """A plain consumer for the time of a with block. Raises Hold where the log is away."""
    with answering(cluster):
        plain = consumer(cluster, group)
        try:
            yield plain
        finally:
            plain.close()


@contextmanager
def answering(cluster: Cluster) -> Iterator[None]:
    """Says Hold for whatever Kafka raises."""
    try:
        yield
    except KafkaError as error:
        raise Hold(explain(cluster, error)) from error


def partitions(plain: Any, name: str) -> list[TopicPartition]:
    """The partitions of a topic by its name on Kafka. Raises Hold where there is no such topic."""
    numbers = plain.partitions_for_topic(name)
    if not numbers:
        raise Hold(f"there is no topic {name} on Kafka yet: start a worker (`wirewatch work all`), which makes them")
    return [TopicPartition(name, number) for number in sorted(numbers)]


def read(
    cluster: Cluster,
    topic: Topic,
    group: str | None = None,
    last: timedelta | None = None,
    since: datetime | None = None,
) -> Iterator[Row]:
    """The records of a topic to its end as of now: from its start, or where a group has committed, or the `last` days
    before its newest record, and then those `since` a moment, by their senders' clocks. Raises Hold.
    """
    with opened(cluster, group) as plain:
        every = partitions(plain, cluster.name(topic))
        until = offsets.ends(plain, every)
        start = offsets.begins(plain, every) if last is None else _last(plain, until, last)
        later = offsets.places(plain, since - CLOCKS, until) if since is not None else {}
        plain.assign(every)
        for each in every:
            place = plain.committed(each) if group is not None else None
            plain.seek(each, max(place or 0, start[each], later.get(each, 0)))
        yield from to_end(plain, until)


def _last(plain: Any, ends: Mapping[TopicPartition, int], last: timedelta) -> dict[TopicPartition, int]:
    """Where the last days of a topic begin, as it is told by its newest record and not by a clock of ours."""
    newest = max((row.at for each, end in ends.items() for row in _newest(plain, each, end)), default=None)
    return dict.fromkeys(ends, 0) if newest is None else offsets.places(plain, newest - last - DISORDER, ends)


def _newest(plain: Any, each: TopicPartition, end: int) -> Iterator[Row]:
    """The last record of a partition, where there is one. Compaction leaves the newest, and may leave gaps before."""
    if end > offsets.begins(plain, [each])[each]:
        plain.assign([each])
        plain.seek(each, end - 1)
        yield from to_end(plain, {each: end})


def between(cluster: Cluster, topic: Topic, begin: datetime, end: datetime) -> Iterator[Row]:
    """The records of a topic that were sent from `begin` on and before `end`. Raises Hold."""
    with opened(cluster) as plain:
        every = partitions(plain, cluster.name(topic))
        plain.assign(every)
        last = offsets.ends(plain, every)
        for each, offset in offsets.places(plain, begin, last).items():
            plain.seek(each, offset)
        for row in to_end(plain, offsets.places(plain, end + DISORDER, last)):
            if begin <= row.at < end:
                yield row


def stretches(
    cluster: Cluster, topic: Topic, wanted: Sequence[tuple[int, int, int]], since: Mapping[int, int] | None = None
) -> Iterator[Row]:
    """The records of stretches of partitions, each (partition, first offset, offset behind the last); and all that came
    `since` an offset of each partition, from its start where none is named. Raises Hold.

    What the log has let go of, or has not got yet, is left out. Stretches that overlap bring records twice.
    """
    with opened(cluster) as plain:
        every = {each.partition: each for each in partitions(plain, cluster.name(topic))}
        start, until = offsets.begins(plain, [*every.values()]), offsets.ends(plain, [*every.values()])
        later = [] if since is None else [(number, since.get(number, 0), until[each]) for number, each in every.items()]
        for number, first, behind in [*wanted, *later]:
            each = every.get(number)
            if each is not None:
                plain.assign([each])
                plain.seek(each, max(first, start[each]))
                yield from to_end(plain, {each: min(behind, until[each])})


def to_end(plain: Any, ends: Mapping[TopicPartition, int]) -> Iterator[Row]:
    """What an assigned consumer has before it, up to `ends`."""
    while any(plain.position(each) < end for each, end in ends.items()):
        for each, messages in plain.poll(timeout_ms=POLL_MS).items():
            end = ends[each]
            for message in messages:
                if message.offset < end:
                    yield message if isinstance(message, Row) else _row(message)


def resume(plain: Any, every: list[TopicPartition], since: datetime, ends: Mapping[TopicPartition, int]) -> None:
    """Go to where the consumer's group has committed, or else to a time."""
    begins = offsets.places(plain, since, {each: ends[each] for each in every})
    for each in every:
        committed = plain.committed(each)
        plain.seek(each, begins[each] if committed is None else committed)


def record(topic: Topic, row: Row, kind: type[R]) -> R | None:
    """The record of a row; None, said aloud, where it is none. Raises Hold for one of a newer wirewatch."""
    try:
        return cast(R, read_record(topic, row.value, schema_of(row.headers)))
    except NewerError as error:
        raise Hold(f"{error} (partition {row.partition}, offset {row.offset})") from error
    except UnreadableError as error:
        where = {"topic": topic.name, "partition": row.partition, "offset": row.offset}
        logger.error("passed over", **where, error=str(error))
        return None


def records(rows: Iterable[Row], topic: Topic, kind: type[R]) -> Iterator[R]:
    """Those of rows that are any (see `record`)."""
    return (read for row in rows if (read := record(topic, row, kind)) is not None)


def _row(message: Any) -> Row:
    """What kafka-python has read by itself (compiled_records.WORTH_IT)."""
    place = message.partition, message.offset, message.timestamp
    return Row(*place, message.key or b"", message.value, tuple(message.headers))
