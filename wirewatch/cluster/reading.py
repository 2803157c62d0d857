"""Reads topics as they are at this moment, by a plain consumer without a group: from a place to the end.

Knows nothing of stages. Everything that looks at the log from outside (state, ledger, letters, replay) reads so.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from schemas.broker import LETTER_BYTES, Cluster
from schemas.outcome import Hold
from schemas.topics import Topic

# One look at the broker; it answers within milliseconds, or is away.
POLL_MS = 500
REQUEST_MS = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it stands on the log."""

    partition: int
    offset: int
    key: bytes
    value: bytes | None
    headers: Mapping[str, str]


def consumer(cluster: Cluster, group: str | None = None) -> Any:
    """A plain consumer that commits nothing by itself. `group` only for its committed places."""
    return KafkaConsumer(
        bootstrap_servers=cluster.servers,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=LETTER_BYTES,
        request_timeout_ms=REQUEST_MS,
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
        raise Hold(f"Kafka at {cluster.bootstrap} does not answer: {error!r}") from error


def partitions(plain: Any, name: str) -> list[TopicPartition]:
    """The partitions of a topic by its name on Kafka. Raises Hold where there is no such topic."""
    numbers = plain.partitions_for_topic(name)
    if not numbers:
        raise Hold(f"there is no topic {name} on Kafka yet: `wirewatch topics` makes them")
    return [TopicPartition(name, number) for number in sorted(numbers)]


def read(cluster: Cluster, topic: Topic, since: datetime | None = None, group: str | None = None) -> Iterator[Row]:
    """The records of a topic to its end as of now.

    From its start; or from a time on; or, with a group, from where that group has committed. Raises Hold.
    """
    with opened(cluster, group) as plain:
        every = partitions(plain, cluster.name(topic))
        plain.assign(every)
        ends = plain.end_offsets(every)
        _place(plain, every, since, ends, committed=group is not None)
        yield from to_end(plain, ends)


def to_end(plain: Any, ends: Mapping[TopicPartition, int]) -> Iterator[Row]:
    """What an assigned consumer has before it, up to `ends`."""
    left = {partition for partition, end in ends.items() if plain.position(partition) < end}
    while left:
        for partition, messages in plain.poll(timeout_ms=POLL_MS).items():
            for message in messages:
                if message.offset < ends[partition]:
                    yield _row(message)
        left = {partition for partition in left if plain.position(partition) < ends[partition]}


def _place(
    plain: Any, every: list[TopicPartition], since: datetime | None, ends: Mapping[TopicPartition, int], committed: bool
) -> None:
    if since is not None:
        at = int(since.timestamp() * 1000)
        found = plain.offsets_for_times(dict.fromkeys(every, at))
        for partition in every:
            place = found.get(partition)
            plain.seek(partition, place.offset if place is not None else ends[partition])
    elif committed:
        begins = plain.beginning_offsets(every)
        for partition in every:
            plain.seek(partition, max(plain.committed(partition) or 0, begins[partition]))
    else:
        plain.seek_to_beginning(*every)


def _row(message: Any) -> Row:
    headers = {name: content.decode(errors="replace") for name, content in message.headers}
    return Row(message.partition, message.offset, message.key or b"", message.value, headers)
