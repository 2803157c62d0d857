"""Where the records of partitions stand: the first, the end, and what was sent at a time, by the broker's word."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kafka import TopicPartition

from schemas.outcome import Hold


def ends(plain: Any, every: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset behind the last record of each. Raises KafkaError, and Hold where one has no leader yet."""
    return _told(plain.end_offsets, every)


def begins(plain: Any, every: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset of the first record of each, or behind the last. Raises as `ends`."""
    return _told(plain.beginning_offsets, every)


def _told(
    ask: Callable[[Sequence[TopicPartition]], dict[TopicPartition, int]], every: Sequence[TopicPartition]
) -> dict[TopicPartition, int]:
    try:
        return ask(every)
    except KeyError as unknown:  # the client's way to say that it knows no leader of it
        raise Hold(f"Kafka does not say where {unknown} begins or ends: it has no leader yet") from unknown


def places(plain: Any, moment: datetime, ends: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
    """The first record of each partition that was sent then or later; the end where none was."""
    found = plain.offsets_for_times(dict.fromkeys(ends, int(moment.timestamp() * 1000)))
    return {each: end if found.get(each) is None else found[each].offset for each, end in ends.items()}
