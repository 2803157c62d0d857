"""The servers that the settings name: Kafka and how its topics are made, and the store.

wirewatch/pipeline.py has the list of stages; cluster_services.py what they are opened with.
"""

from typing import TYPE_CHECKING

from runtime.kafka.codec import Cluster
from runtime.kafka.security import Access
from runtime.kafka.topic_check import problems
from runtime.kafka.topic_reader import answering
from runtime.kafka.topics import Layout
from stores.open import open_store
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

if TYPE_CHECKING:
    from stores.store import Store


def cluster_of(settings: Settings) -> Cluster:
    """The Kafka that the settings name."""
    access = Access(
        settings.kafka_security,
        settings.kafka_authority,
        settings.kafka_mechanism,
        settings.kafka_user,
        settings.kafka_password,
    )
    return Cluster(settings.kafka, settings.kafka_prefix, access)


def layout_of(settings: Settings) -> Layout:
    """How the settings want topics to be made."""
    return Layout(settings.partitions, settings.replication, settings.topic_days, settings.retention_days)


def store_of(settings: Settings) -> "Store":
    """The store that all workers write, on whichever host (wirewatch/compose/open.py looks that it is a server's)."""
    return open_store(settings)


def topic_problems(settings: Settings) -> list[str]:
    """What is not as it should be with the topics that are there, a line each. Raises Hold."""
    cluster = cluster_of(settings)
    with answering(cluster):
        return problems(cluster, layout_of(settings), topology().topics)
