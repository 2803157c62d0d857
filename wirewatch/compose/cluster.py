"""The servers that the settings name, and what stages are opened with there: state on Kafka, store on Elasticsearch.

wirewatch/pipeline.py has the list of stages.
"""

from elasticsearch import Elasticsearch

from runtime.kafka.codec import Cluster
from runtime.kafka.security import Access
from runtime.kafka.state import KafkaState
from runtime.kafka.topics import Layout
from runtime.services import ProcessServices
from stores.elastic.store import ElasticStore
from wirewatch.settings import Settings

# The longest that one request to Elasticsearch may take before it counts as away.
STORE_SECONDS = 20.0


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
    return Layout(settings.partitions, settings.replication, settings.topic_days)


def store_of(settings: Settings) -> ElasticStore:
    """The store that the settings name."""
    user = settings.elasticsearch_user
    client = Elasticsearch(
        settings.elasticsearch,
        basic_auth=(user, settings.elasticsearch_password) if user else None,
        request_timeout=STORE_SECONDS,
        max_retries=0,  # the worker holds, and tries again without a limit
    )
    return ElasticStore(client, prefix=settings.index_prefix, replicas=settings.replicas)


def services_of(settings: Settings, state: KafkaState) -> ProcessServices:
    """What stages are opened with."""
    return ProcessServices(settings, state, lambda: store_of(settings))
