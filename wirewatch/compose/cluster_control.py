"""The cluster, opened to act on it: both ports of an installation (runtime.ports), Kafka and a store on a server."""

from collections.abc import Sequence
from datetime import datetime

from runtime.forget import KeptOut, traces
from runtime.kafka import dead_letters, topic_reader
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.replay import Replay, Stretch
from runtime.ports import ControlError, Progress, Published, WorkedElsewhere, untold
from schemas.alert import Delivery
from schemas.clock import utc_now
from schemas.ledger import Forgotten
from schemas.outcome import Output
from schemas.topics import ARTICLES, DELIVERIES, FORGOTTEN
from wirewatch.compose.cluster import services_of
from wirewatch.compose.cluster_reader import ClusterReader
from wirewatch.settings import Settings


class ClusterPipeline(ClusterReader, WorkedElsewhere):
    """Reader and Control. Workers of their own work the stages. Calls raise Hold where a server is away."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        with topic_reader.answering(self._cluster):
            self._publish = KafkaPublish(self._cluster)

    def publish(self, outputs: Sequence[Output]) -> Published:
        """As Control.publish. What is on the wire already in this revision goes its way again, and changes nothing."""
        self._publish(outputs)
        return Published(sum(output.topic is ARTICLES for output in outputs))

    def forget(self, identity: str) -> bool:
        """As Control.forget. What the log still holds of it goes with the log's retention, and is let in nowhere."""
        now = utc_now()
        self._publish([Output(FORGOTTEN, Forgotten(id=identity, at=now))])
        stored = self.store.forget(identity)
        rows = self.trace(identity)
        deliveries = self.state.scan(DELIVERIES, Delivery)
        self._publish(traces(rows, deliveries, identity, now, self.topology.way[-1].name))
        return stored or bool(rows)

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return dead_letters.replay(self._cluster, self._publish, self.topology, identity, stage).sent

    def replay(self, stage: str, since: datetime, name: str | None = None, progress: Progress = untold) -> int:
        """As Control.replay: a stretch of the log goes through one stage, in this process, beside the workers."""
        if stage not in self.topology.names:
            raise ControlError(f"there is no stage {stage!r}: it is one of {', '.join(self.topology.names)}")
        chosen = self.topology.stage(stage)
        stretch = Stretch(since, name or f"{since:%Y%m%dT%H%M%S}")
        services = services_of(self.settings, self.state)
        try:
            step = KeptOut(chosen.open(services), self.state)
            return Replay(chosen, step, self._cluster, self._publish.send).run(stretch, progress)
        finally:
            services.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._publish.close()
        super().close()
