"""An empty Kafka, filled from a backup."""

from pathlib import Path

from runtime.kafka.backup import restore
from runtime.kafka.topic_reader import answering
from runtime.kafka.topics import create
from wirewatch.compose.cluster import cluster_of, layout_of
from wirewatch.pipeline import topology
from wirewatch.settings import Settings


def restore_cluster(settings: Settings, path: Path) -> str:
    """Make the topics where they are missing, and put everything on them. Raises ControlError, Hold."""
    cluster = cluster_of(settings)
    with answering(cluster):
        create(cluster, layout_of(settings), topology().topics)
    counts = restore(cluster, topology(), path)
    return "onto Kafka: " + ", ".join(f"{number} {topic}" for topic, number in counts.items())
