"""Makes the topics on Kafka with the partitions, retention and sizes that design and settings ask for."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient
from kafka.errors import TopicAlreadyExistsError

from runtime.kafka.codec import OVERHEAD_BYTES, Cluster, limit
from runtime.kafka.errors import reasons
from schemas.topics import DEAD, Topic

DAY_MS = 24 * 60 * 60 * 1000
# What a topic of state takes beside the last record of each key is about twice this. The default, 1 GB closed after 7
# days, would be read at every start: a feed's state is written anew at each poll.
SEGMENT_BYTES = 32 << 20
# The most producers that can share the hosts; with ten, shares differ by a seventh.
HOST_PARTITIONS = 64


@dataclass(frozen=True)
class Layout:
    """How the topics are laid out when they are made."""

    partitions: int = 4
    """Of topics that are spread: the most workers of a stage that can share work."""
    replication: int = 1
    days: int = 14
    """The log's retention; letters are kept twice as long."""
    state_days: int = 0
    """How long state is kept that grows with every article (a topic with a moment); 0 for good, as all other state."""


def create(cluster: Cluster, layout: Layout, topics: Sequence[Topic]) -> list[str]:
    """Make those of the topics that are missing; returns their names. Those that are there stay as they are.

    Raises kafka.errors.KafkaError where the log is away or refuses.
    """
    return _make(cluster, {cluster.name(topic): _description(topic, layout) for topic in topics})


def create_hosts(cluster: Cluster, layout: Layout) -> None:
    """Make the topic by whose partitions producers share the hosts: they alone need it. Raises KafkaError."""
    _make(cluster, {hosts_topic(cluster): _description_of_hosts(layout)})


def _make(cluster: Cluster, wanted: Mapping[str, dict[str, Any]]) -> list[str]:
    with administering(cluster) as admin:
        there = set(admin.list_topics())
        missing = {name: description for name, description in wanted.items() if name not in there}
        if missing:
            with suppress(TopicAlreadyExistsError):  # another process makes them at this moment
                admin.create_topics(missing, wait_for_metadata=True)
    return sorted(missing)


@contextmanager
def administering(cluster: Cluster) -> Iterator[Any]:
    """Kafka's client for topics, for the time of a with block. Raises KafkaError: what kept it from Kafka."""
    with reasons():
        admin = KafkaAdminClient(**cluster.arguments())
    try:
        yield admin
    finally:
        admin.close()


def hosts_topic(cluster: Cluster) -> str:
    """The topic whose partitions are the producers' shares of the hosts (runtime.kafka.host_group), by name."""
    return f"{cluster.prefix}hosts"


def _description_of_hosts(layout: Layout) -> dict[str, Any]:
    """Nothing is ever written to it."""
    return {"num_partitions": HOST_PARTITIONS, "replication_factor": layout.replication, "configs": {}}


def _description(topic: Topic, layout: Layout) -> dict[str, Any]:
    return {
        "num_partitions": layout.partitions if topic.spread else 1,
        "replication_factor": layout.replication,
        "configs": configs(topic, layout),
    }


def configs(topic: Topic, layout: Layout) -> dict[str, str]:
    """What a topic is set to."""
    configs = {
        "max.message.bytes": str(limit(topic) + OVERHEAD_BYTES),
        # With three brokers or more, a write is confirmed by two: one may die without a loss.
        "min.insync.replicas": "2" if layout.replication > 2 else "1",
    }
    if topic.compacted:
        return configs | _compaction(topic, layout)
    days = layout.days * 2 if topic is DEAD else layout.days
    return configs | {"cleanup.policy": "delete", "retention.ms": str(days * DAY_MS)}


def _compaction(topic: Topic, layout: Layout) -> dict[str, str]:
    """Segments are closed early, since what is written in the open one is never compacted."""
    configs = {"segment.bytes": str(SEGMENT_BYTES), "segment.ms": str(DAY_MS), "max.compaction.lag.ms": str(DAY_MS)}
    if topic.moment is None or layout.state_days == 0:
        return configs | {"cleanup.policy": "compact"}
    return configs | {"cleanup.policy": "compact,delete", "retention.ms": str(layout.state_days * DAY_MS)}
