"""The servers that the settings name, and what stages are opened with there: state on Kafka, the store on a server.

wirewatch/pipeline.py has the list of stages.
"""

from collections.abc import Mapping
from datetime import datetime

from producers.fetch.ssrf import forbidden
from runtime.kafka.account import Keeper
from runtime.kafka.codec import Cluster
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.security import Access
from runtime.kafka.state import KafkaState
from runtime.kafka.topic_check import problems
from runtime.kafka.topic_reader import answering
from runtime.kafka.topics import Layout
from runtime.services import ProcessServices
from schemas.ledger import Forgotten
from schemas.topics import FORGOTTEN
from stores.open import open_store
from stores.store import Store
from wirewatch.operations.observer import Observer
from wirewatch.pipeline import topology
from wirewatch.settings import Settings


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


def store_of(settings: Settings) -> Store:
    """The store that all workers write, on whichever host (wirewatch/compose/open.py looks that it is a server's)."""
    return open_store(settings)


def topic_problems(settings: Settings) -> list[str]:
    """What is not as it should be with the topics that are there, a line each. Raises Hold."""
    cluster = cluster_of(settings)
    with answering(cluster):
        return problems(cluster, layout_of(settings), topology().topics)


def services_of(settings: Settings, state: KafkaState) -> ProcessServices:
    """What stages are opened with."""
    made: list[tuple[Observer | None, Keeper]] = []

    def observe(now: datetime) -> None:
        """Made when it is first asked for: one stage of all does."""
        if not made:
            cluster = cluster_of(settings)
            with answering(cluster):
                made.append((_observer(settings, state), Keeper(cluster, KafkaPublish(cluster))))
        observer, keep_account = made[0]
        if observer:
            observer(now)
        keep_account()

    return ProcessServices(settings, state, lambda: store_of(settings), observe=observe, forbids=forbidden)


def _observer(settings: Settings, state: KafkaState) -> Observer | None:
    store = store_of(settings)
    if store.observations is None:
        return None

    def forgotten() -> Mapping[str, Forgotten]:
        state.catch_up(FORGOTTEN)
        return state.mapping(FORGOTTEN, Forgotten)

    return Observer(cluster_of(settings), topology(), store.observations, forgotten, store.forget)
