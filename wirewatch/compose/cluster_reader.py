"""The cluster, opened to read: the Reader port (runtime.ports) on Kafka, with the store on a server."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from runtime.kafka import dead_letters, lag, ledger, topic_reader
from runtime.kafka.backup import backup
from runtime.kafka.held import held
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from runtime.kafka.topics import create
from runtime.ledger import Balance
from runtime.ports import StageReport, Waiting
from schemas.ledger import Letter, OutcomeRow
from wirewatch.compose.cluster import cluster_of, layout_of, store_of
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

if TYPE_CHECKING:
    from stores.store import Store


class ClusterReader:
    """The Reader port. Makes what topics are missing: an empty cluster is read as an empty file is. Raises Hold."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.topology = topology()
        self._cluster = cluster_of(settings)
        with topic_reader.answering(self._cluster):
            create(self._cluster, layout_of(settings), self.topology.topics)
        self.state = KafkaState(self._cluster)

    @cached_property
    def store(self) -> "Store":
        """As Reader.store. Opened when it is asked for: its client takes a third of a second to load."""
        return store_of(self.settings)

    def ledger(self, prove: bool = False) -> Balance:
        """As Reader.ledger."""
        if prove:
            with topic_reader.answering(self._cluster), closing(KafkaPublish(self._cluster)) as publish:
                ledger.prove(self._cluster, publish)
        return ledger.account(self._cluster, self.topology.way)

    def indexed(self, but: Iterable[str] = ()) -> Mapping[str, datetime]:
        """As Reader.indexed."""
        return ledger.indexed(self._cluster, self.topology.way, but)

    def trace(self, identity: str) -> list[OutcomeRow]:
        """As Reader.trace."""
        return ledger.trace(self._cluster, identity)

    def dead_letters(self) -> list[Letter]:
        """As Reader.dead_letters."""
        return dead_letters.letters(self._cluster)

    def status(self) -> list[StageReport]:
        """As Reader.status."""
        waits = held(self.state)
        return [StageReport(stage, waiting, waits.get(stage, ())) for stage, waiting in self.waiting().items()]

    def waiting(self) -> Waiting:
        """As Control.waiting."""
        return lag.waiting(self._cluster, self.topology)

    def backup(self, path: Path) -> str:
        """As Reader.backup: what only Kafka has. The store has snapshots of its own."""
        counts = backup(self._cluster, self.topology, path)
        return "from Kafka: " + ", ".join(f"{number} {topic}" for topic, number in counts.items())

    def close(self) -> None:
        """Let go of the connections."""
        self.state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
