"""Whether topics that are there already are as they must be: somebody else may have made them.

It tells and changes nothing: adding partitions, or compacting what was not, is for a person to decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError

from runtime.kafka.codec import Cluster
from runtime.kafka.topics import Layout, administering, configs
from schemas.topics import Topic

logger = structlog.get_logger()

# Where less than what is wanted loses something, and more does not. -1 is without a limit.
_AT_LEAST = ("max.message.bytes", "retention.ms", "min.insync.replicas")


def tell_problems(cluster: Cluster, layout: Layout, topics: Sequence[Topic]) -> None:
    """Log each problem, at the start of a process. A user who may not look at topics' settings works all the same."""
    try:
        for line in problems(cluster, layout, topics):
            logger.warning(line)
    except KafkaError as error:
        logger.warning("the topics' settings cannot be looked at", error=str(error))


def problems(cluster: Cluster, layout: Layout, topics: Sequence[Topic]) -> list[str]:
    """A line for each thing that is not as it should be: what, where, what to do. Missing topics are none.

    Raises kafka.errors.KafkaError.
    """
    wanted = {cluster.name(topic): topic for topic in topics}
    with administering(cluster) as admin:
        there = sorted(set(admin.list_topics()) & set(wanted))
        counts = {one["name"]: len(one["partitions"]) for one in admin.describe_topics(there)} if there else {}
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in there]
        answered = admin.describe_configs(resources, config_filter="all") if there else {}
    found: dict[str, Any] = {name: of for kind in answered.values() for name, of in kind.items()}
    return [
        line
        for name in there
        if name in counts
        for line in (
            *_partitions(name, counts[name], wanted[name], layout),
            *_configs(cluster, name, _values(found.get(name, {})), configs(wanted[name], layout)),
        )
    ]


def _partitions(name: str, count: int, topic: Topic, layout: Layout) -> Iterator[str]:
    if not topic.spread and count != 1:
        yield (
            f"topic {name} has {count} partitions and must have 1, since its reader decides alone: run no second "
            "worker of a stage that reads it, and make it anew, or all of them under another WIREWATCH_KAFKA_PREFIX"
        )
    elif topic.spread and count != layout.partitions:
        yield f"topic {name} has {count} partitions, not {layout.partitions}: set WIREWATCH_PARTITIONS={count}"


def _configs(cluster: Cluster, name: str, found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    for key, value in wanted.items():
        is_ = found.get(key)
        if is_ is None or is_ == value or (key in _AT_LEAST and (int(is_) == -1 or int(is_) > int(value))):
            continue
        yield (
            f"topic {name} has {key}={is_}, which must be {value}: kafka-configs.sh --bootstrap-server "
            f"{cluster.servers[0]} --alter --entity-type topics --entity-name {name} --add-config {key}={value}"
        )


def _values(described: Mapping[str, Any]) -> dict[str, str]:
    """Each config's value, as the client answers: by name, the value or what is known of it."""
    return {key: str(of["value"] if isinstance(of, Mapping) else of) for key, of in described.items()}
