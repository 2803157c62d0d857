"""What stages are opened with on the cluster: state on Kafka, the store on a server, and what `record` observes."""

from collections.abc import Mapping
from datetime import datetime

from producers.fetch.ssrf import forbidden
from runtime.kafka.account import Keeper
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from runtime.kafka.topic_reader import answering
from runtime.services import ProcessServices
from schemas.ledger import Forgotten
from schemas.topics import FORGOTTEN
from wirewatch.compose.cluster import cluster_of, store_of
from wirewatch.operations.observer import Observer
from wirewatch.pipeline import topology
from wirewatch.settings import Settings


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
