"""The cluster as commands see it (wirewatch.wire.Wire), and what they may ask of it: ledger, trace and letters."""

from collections.abc import Sequence
from typing import Self

from producers.publish import KafkaPublish
from schemas.alert import Delivery
from schemas.clock import utc_now
from schemas.ledger import Forgotten, Letter, OutcomeRow
from schemas.outcome import Output
from schemas.topics import ARTICLES, DELIVERIES, FORGOTTEN
from wirewatch.accounts import Account
from wirewatch.cluster import dead, lag, ledger, reading
from wirewatch.cluster.assemble import cluster_of, layout_of, store_of, work_of
from wirewatch.cluster.forgetting import traces
from wirewatch.cluster.replay import Progress, Replay, Stretch
from wirewatch.cluster.state import KafkaState
from wirewatch.cluster.topics import create
from wirewatch.settings import Settings
from wirewatch.version import CODE_VERSION
from wirewatch.wire import Published


class ClusterWire:
    """A Wire on Kafka and Elasticsearch. Its calls raise Hold where one of them is away."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cluster = cluster_of(settings)
        with reading.answering(self._cluster):
            create(self._cluster, layout_of(settings))
            self._publish = KafkaPublish(self._cluster, CODE_VERSION)
        self.state = KafkaState(self._cluster)
        self.store = store_of(settings)

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Wire.publish. What is on the wire already in this revision goes its way again, and changes nothing."""
        self._publish(outputs)
        return Published(sum(output.topic is ARTICLES for output in outputs))

    def waiting(self) -> dict[str, int]:
        """As Wire.waiting."""
        return lag.waiting(self._cluster)

    def forget(self, identity: str) -> bool:
        """As Wire.forget. What the log still holds of it goes with the log's retention, and is let in nowhere."""
        now = utc_now()
        self._publish([Output(FORGOTTEN, Forgotten(id=identity, at=now))])
        stored = self.store.forget(identity)
        rows = self.trace(identity)
        self.state.catch_up(DELIVERIES)
        self._publish(traces(rows, self.state.items(DELIVERIES, Delivery), identity, now))
        return stored or bool(rows)

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Wire.replay_letter."""
        return dead.replay(self._cluster, self._publish, identity, stage).sent

    def letters(self) -> list[Letter]:
        """The dead letters that stand, oldest first."""
        return dead.letters(self._cluster)

    def account(self) -> Account:
        """The ledger."""
        return ledger.account(self._cluster)

    def trace(self, identity: str) -> list[OutcomeRow]:
        """One article's way."""
        return ledger.trace(self._cluster, identity)

    def replay(self, stage: str, stretch: Stretch, progress: Progress | None = None) -> int:
        """Replay a stretch of the log through a stage; how many records."""
        work = work_of(stage, self._settings, self.state)
        work.take_over()
        return Replay(work.stage, self._cluster, self._publish.send, CODE_VERSION).run(stretch, progress)

    def close(self) -> None:
        """Let go of the connections."""
        self._publish.close()
        self.state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
