"""The cluster as commands see it: both ports of an installation (runtime.ports), on Kafka and Elasticsearch."""

from collections.abc import Sequence
from typing import Self

from runtime.forget import KeptOut, traces
from runtime.kafka import dead_letters, lag, ledger, topic_reader
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.replay import Progress, Replay, Stretch
from runtime.kafka.state import KafkaState
from runtime.kafka.topics import create
from runtime.ledger import Balance
from runtime.ports import Published
from schemas.alert import Delivery
from schemas.clock import utc_now
from schemas.ledger import Forgotten, Letter, OutcomeRow
from schemas.outcome import Output
from schemas.topics import ARTICLES, DELIVERIES, FORGOTTEN
from wirewatch.compose.cluster import cluster_of, layout_of, services_of, store_of
from wirewatch.pipeline import topology
from wirewatch.settings import Settings


class ClusterPipeline:
    """Reader and Control on Kafka and Elasticsearch. Calls raise Hold where one of them is away."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._topology = topology()
        self._cluster = cluster_of(settings)
        with topic_reader.answering(self._cluster):
            create(self._cluster, layout_of(settings), self._topology.topics)
            self._publish = KafkaPublish(self._cluster)
        self.state = KafkaState(self._cluster)
        self.store = store_of(settings)

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Control.publish. What is on the wire already in this revision goes its way again, and changes nothing."""
        self._publish(outputs)
        return Published(sum(output.topic is ARTICLES for output in outputs))

    def waiting(self) -> dict[str, int]:
        """As Control.waiting."""
        return lag.waiting(self._cluster, self._topology)

    def forget(self, identity: str) -> bool:
        """As Control.forget. What the log still holds of it goes with the log's retention, and is let in nowhere."""
        now = utc_now()
        self._publish([Output(FORGOTTEN, Forgotten(id=identity, at=now))])
        stored = self.store.forget(identity)
        rows = self.trace(identity)
        deliveries = self.state.scan(DELIVERIES, Delivery)
        self._publish(traces(rows, deliveries, identity, now, self._topology.way[-1].name))
        return stored or bool(rows)

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return dead_letters.replay(self._cluster, self._publish, self._topology, identity, stage).sent

    def letters(self) -> list[Letter]:
        """The dead letters that stand, oldest first."""
        return dead_letters.letters(self._cluster)

    def account(self) -> Balance:
        """The ledger."""
        return ledger.account(self._cluster, self._topology.way)

    def trace(self, identity: str) -> list[OutcomeRow]:
        """One article's way."""
        return ledger.trace(self._cluster, identity)

    def replay(self, stage: str, stretch: Stretch, progress: Progress | None = None) -> int:
        """Replay a stretch of the log through a stage; how many records."""
        chosen = self._topology.stage(stage)
        services = services_of(self._settings, self.state)
        try:
            step = KeptOut(chosen.open(services), self.state)
            return Replay(chosen, step, self._cluster, self._publish.send).run(stretch, progress)
        finally:
            services.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._publish.close()
        self.state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
