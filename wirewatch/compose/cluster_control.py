"""The cluster, opened to act on it: both ports of an installation (runtime.ports), Kafka and a store on a server."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain

from runtime.forget import KeptOut, traces
from runtime.kafka import dead_letters, topic_reader
from runtime.kafka.compiled_records import Row
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.replay import Replay, Stretch
from runtime.ports import ControlError, Progress, Published, WorkedElsewhere, untold
from schemas.alert import Delivery
from schemas.clock import utc_now
from schemas.ledger import Forgotten
from schemas.outcome import Output
from schemas.topics import ARTICLES, DELIVERIES, FORGOTTEN
from stores import listings
from stores.paged import paged
from wirewatch.compose.cluster_reader import ClusterReader
from wirewatch.settings import Settings

# What is written to the store can be searched there after a second; with a margin for a store that is busy.
SHOWN_WITHIN = timedelta(minutes=10)
# Of one article there are seldom more: a page of them is some hundred kilobytes.
ALERTS_AT_ONCE = 100


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
        rows = self.trace(identity)
        # before the store forgets which alerts quote it: an interrupted command is given again
        self._publish([Output(DELIVERIES, told) for told in self._recorded(identity)])
        self._publish(traces(rows, self._lately_told(), identity, now, self.topology.way[-1].name))
        stored = self.store.forget(identity)
        return stored or bool(rows)

    def _recorded(self, identity: str) -> Iterator[Delivery]:
        """The tellings of an article that the store knows, without words: finding them on the log takes reading it."""
        for row in paged(listings.alerts(self.store, ALERTS_AT_ONCE, article=identity)):
            yield Delivery(id=row.id, subscription=row.subscription, status=row.status, at=row.at).without_words()

    def _lately_told(self) -> Iterator[Delivery]:
        """What the store may not show yet: what is not recorded in it, or was a moment ago."""
        groups = [self._cluster.group(stage.name) for stage in self.topology.stages if stage.reads is DELIVERIES]
        readings = [topic_reader.read(self._cluster, DELIVERIES, group=group) for group in groups]
        newest: dict[bytes, Row] = {}
        for row in chain(topic_reader.read(self._cluster, DELIVERIES, last=SHOWN_WITHIN), *readings):
            if row.key not in newest or newest[row.key].offset < row.offset:
                newest[row.key] = row
        return topic_reader.records(newest.values(), DELIVERIES, Delivery)

    def replay_letter(self, identity: str, stage: str | None) -> int:
        """As Control.replay_letter."""
        return dead_letters.replay(self._cluster, self._publish, self.topology, identity, stage).sent

    def replay(self, stage: str, since: datetime, name: str | None = None, progress: Progress = untold) -> int:
        """As Control.replay: a stretch of the log goes through one stage, in this process, beside the workers."""
        if stage not in self.topology.names:
            raise ControlError(f"there is no stage {stage!r}: it is one of {', '.join(self.topology.names)}")
        # here: what stages are opened with takes half a second to load, and only this opens one
        from wirewatch.compose.cluster_services import services_of

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
