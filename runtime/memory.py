"""An in-memory log, state and services: for tests of steps, and for whoever writes a stage. Nothing is kept on a disk.

Run a stage over it with `MemoryServices` and `run_through`; both real runtimes call a step in the same order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Generic, TypeVar, cast

from runtime.forget import KeptOut
from runtime.recorder import Incoming, OutcomeRecorder
from runtime.run_step import run_step
from schemas.about import about
from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.clock import Clock, utc_now
from schemas.ledger import Origin
from schemas.outcome import Done, Outcome, Output
from schemas.record import Record
from schemas.services import Failure, StageSettings, WorkerSpec
from schemas.stage import Stage
from schemas.state import Without
from schemas.topics import Topic

T = TypeVar("T")
R = TypeVar("R")
Rec = TypeVar("Rec", bound=Record)


class MemoryLog:
    """State and Publish in one: what was published, and the last record of each key as JSON."""

    def __init__(self) -> None:
        self._last: dict[Topic, dict[str, bytes]] = defaultdict(dict)
        self._mappings: dict[Topic, Mapping[str, Record]] = {}
        self.sent: list[Output] = []
        """Everything that was published, in order."""
        self.calls = 0
        self.keep_sent = True

    def publish(self, outputs: Sequence[Output]) -> None:
        """As schemas.state.Publish."""
        self.calls += 1
        for output in outputs:
            if output.topic.compacted:
                key = output.topic.key_of(output.record)
                self._last[output.topic][key] = output.record.model_dump_json(exclude_defaults=True).encode()
                self._mappings.pop(output.topic, None)
            if self.keep_sent:
                self.sent.append(output)

    def on(self, topic: Topic) -> list[Record]:
        """The records that were published to a topic, in order."""
        return [output.record for output in self.sent if output.topic == topic]

    def get(self, topic: Topic, key: str, kind: type[Rec]) -> Rec | None:
        """As State.get."""
        found = self._last[topic].get(key)
        return kind.model_validate_json(found) if found else None

    def items(self, topic: Topic, kind: type[Rec]) -> Iterator[Rec]:
        """As State.items."""
        return iter([kind.model_validate_json(found) for found in self._last[topic].values()])

    def scan(
        self,
        topic: Topic,
        kind: type[Rec],
        last: timedelta | None = None,
        without: Without | None = None,
        since: datetime | None = None,
    ) -> Iterator[Rec]:
        """As State.scan."""
        return (record for record in self.items(topic, kind) if without is None or not without.holds(record))

    def mapping(self, topic: Topic, kind: type[Rec]) -> Mapping[str, Rec]:
        """As State.mapping."""
        if topic not in self._mappings:
            every = {topic.key_of(record): record for record in self.items(topic, kind)}
            self._mappings[topic] = MappingProxyType(every)
        return cast(Mapping[str, Rec], self._mappings[topic])

    def catch_up(self, *topics: Topic) -> None:
        """As State.catch_up: there is nothing to wait for."""


class MemorySink:
    """A store's writing side that keeps all in dictionaries."""

    def __init__(self) -> None:
        self.articles: dict[str, WireArticle] = {}
        self.deliveries: dict[str, Delivery] = {}

    def write(self, articles: Sequence[WireArticle]) -> Sequence[Outcome]:
        """As Sink.write."""
        self.articles |= {article.id: article for article in articles}
        return [Done() for _ in articles]

    def record(self, deliveries: Sequence[Delivery]) -> Sequence[Outcome]:
        """As Sink.record."""
        self.deliveries |= {delivery.id: delivery for delivery in deliveries}
        return [Done() for _ in deliveries]

    def forget(self, id: str) -> bool:
        """As Sink.forget."""
        self.deliveries = {key: one for key, one in self.deliveries.items() if about(one) != id}
        return self.articles.pop(id, None) is not None

    def expire(self, before: datetime) -> int:
        """As Sink.expire."""
        old = [article.id for article in self.articles.values() if article.first_seen < before]
        return sum(self.forget(id) for id in old)


class InlinePool(Generic[T, R]):
    """Does the work of a pool in this process, at once and without limits."""

    def __init__(self, spec: WorkerSpec[T, R]) -> None:
        self._work = spec.make(*spec.arguments)

    def start(self) -> None:
        """As Pool.start: there are no children."""

    def map(self, items: Iterable[T]) -> list[R | Failure]:
        """As Pool.map."""
        return [self._one(item) for item in items]

    def _one(self, item: T) -> R | Failure:
        try:
            return self._work(item)
        except Exception as error:  # noqa: BLE001 - as a child process would say it
            return Failure(type(error).__name__, str(error))


@dataclass(frozen=True)
class DefaultSettings:
    """The settings of stages, with the defaults of wirewatch.settings."""

    profile: str = "default"
    workers: int = 1
    enrich_seconds: float = 60.0
    enrich_memory_mb: int = 2048
    story_hours: int = 72
    retention_days: int = 365
    channel_hosts: str = ""
    channel_kinds: str = ""
    old_news_days: int = 7


@dataclass
class MemoryServices:
    """Services (schemas.services) in this process's memory."""

    state: MemoryLog = field(default_factory=MemoryLog)
    settings: StageSettings = field(default_factory=DefaultSettings)
    store: MemorySink = field(default_factory=MemorySink)
    clock: Clock = utc_now
    confirm_owner: Callable[[], None] = lambda: None

    def forbids(self, address: str) -> None:
        """As Services.forbids: no address is."""

    def observe(self, now: datetime) -> None:
        """As Services.observe: nothing is written down."""

    def pool(self, spec: WorkerSpec[T, R], size: int) -> InlinePool[T, R]:
        """Work done in this process."""
        return InlinePool(spec)


def run_through(
    stage: Stage, records: Sequence[Record], services: MemoryServices, at: Callable[[], datetime] | None = None
) -> list[Outcome]:
    """Open a stage, run it over records in its batches, tick once, close it; the outcomes.

    What a runtime would put on the log is published to `services.state`. Raises Hold where the step does.
    """
    step = KeptOut(stage.open(services), services.state)
    recorder = OutcomeRecorder(stage.name, services.clock)
    every: list[Outcome] = []
    try:
        for start in range(0, len(records), stage.batch):
            batch = records[start : start + stage.batch]
            outcomes = run_step(stage.name, step, batch)
            for number, (record, outcome) in enumerate(zip(batch, outcomes, strict=True), start):
                origin = Origin(topic=stage.reads.name, offset=number)
                services.state.publish(recorder.outputs(Incoming(origin, record), outcome))
            every += outcomes
        services.state.publish(step.tick((at or services.clock)()))
    finally:
        step.close()
    return every
