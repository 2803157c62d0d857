"""How many records each stage has before it, by the broker's word (consumer lag)."""

from typing import Any

from kafka import TopicPartition

from runtime.kafka import offsets, topic_reader
from runtime.kafka.codec import Cluster
from runtime.topology import Topology
from schemas.stage import Stage


def waiting(cluster: Cluster, topology: Topology) -> dict[str, int]:
    """Stage -> records that it has not handled. Raises Hold."""
    return {stage.name: _waiting(cluster, stage) for stage in topology.stages}


def _waiting(cluster: Cluster, stage: Stage) -> int:
    with topic_reader.opened(cluster, cluster.group(stage.name)) as plain:
        return sum(lags(plain, cluster.name(stage.reads)).values())


def lags(consumer: Any, topic: str) -> dict[int, int]:
    """For each partition of a topic the records that the consumer's group has not handled. Raises KafkaError,
    and Hold where one has no leader yet."""
    partitions = [TopicPartition(topic, partition) for partition in consumer.partitions_for_topic(topic) or ()]
    ends = offsets.ends(consumer, partitions)
    begins = offsets.begins(consumer, partitions)
    return {tp.partition: max(0, ends[tp] - max(consumer.committed(tp) or 0, begins[tp])) for tp in partitions}
