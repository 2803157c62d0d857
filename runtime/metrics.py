"""What Prometheus may ask of a process: read off its stages when it asks. The same metrics in both runtimes.

Served on loopback only; a scraper elsewhere goes through a proxy that its owner chose.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from producers.listener import Call, Listener, Refusal, Reply
from runtime.status import StageStatus
from schemas.clock import Clock, utc_now
from schemas.stage import Wait

WAITING = "wirewatch_waiting_records"
HELD = "wirewatch_held_seconds"
HANDLED = "wirewatch_handled_records"
BATCH = "wirewatch_batch_seconds"
OUTCOMES = "wirewatch_outcomes"
METRICS = {
    WAITING: "records before a stage that it has not handled yet",
    HELD: "how long a stage has been waiting for something that is away; 0 when it is not",
    HANDLED: "records that this process has handled, by how they ended",
    BATCH: "time from a batch read to its outputs confirmed",
    OUTCOMES: "revisions of articles in the ledger by stage and outcome",
}

Numbers = Callable[[], Mapping[str, int]]
Outcomes = Callable[[], Mapping[str, Mapping[str, int]]]


class Metrics(Collector):
    """The metrics of one process; its stages' statuses are made here."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._statuses: list[StageStatus] = []
        self._batches = Histogram(BATCH, METRICS[BATCH], ["stage"], registry=None)
        self.waiting: Numbers = dict
        """Says how many records each stage has before it."""
        self.waits: Callable[[], Iterable[Wait]] = tuple
        """Says what stages wait for beside the batch at hand."""
        self.outcomes: Outcomes | None = None
        """Says the ledger's outcomes by stage, where that is cheap enough to be asked at every scrape."""

    def status(self, stage: str) -> StageStatus:
        """The status of a stage that this process works."""
        status = StageStatus(stage, self._clock, self._batches.labels(stage).observe)
        self._statuses.append(status)
        return status

    def collect(self) -> Iterator[Metric]:
        """Read everything now."""
        stages = [status.stage for status in self._statuses]
        waiting = dict.fromkeys(stages, 0) | dict(self.waiting())
        yield _gauge(WAITING, ("stage",), {(stage,): number for stage, number in waiting.items()})
        yield _gauge(HELD, ("stage",), self._held(waiting))
        yield self._handled()
        yield from self._batches.collect()
        if self.outcomes is not None:
            by_both: dict[tuple[str, ...], float] = {
                (stage, outcome): number for stage, of in self.outcomes().items() for outcome, number in of.items()
            }
            yield _gauge(OUTCOMES, ("stage", "outcome"), by_both)

    def _held(self, stages: Iterable[str]) -> dict[tuple[str, ...], float]:
        now = self._clock()
        held = [wait for status in self._statuses for wait in status.waits]
        seconds = {wait.what: (now - wait.since).total_seconds() for wait in (*held, *self.waits())}
        return {(what,): value for what, value in (dict.fromkeys(stages, 0.0) | seconds).items()}

    def _handled(self) -> Metric:
        family = CounterMetricFamily(HANDLED, METRICS[HANDLED], labels=("stage", "outcome"))
        for status in self._statuses:
            for outcome, number in dict(status.handled).items():
                family.add_metric((status.stage, outcome), number)
        return family


def _gauge(name: str, labels: tuple[str, ...], values: Mapping[tuple[str, ...], float]) -> Metric:
    family = GaugeMetricFamily(name, METRICS[name], labels=labels)
    for label, value in values.items():
        family.add_metric(label, value)
    return family


def serve(metrics: Metrics, port: int) -> Callable[[], None]:
    """Serve them, and the process's own, on loopback; call the answer to stop. Raises OSError: the port is taken."""
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    registry.register(metrics)
    return Listener("metrics", _Scraped(registry), port).close


class _Scraped:
    """What a scraper is served."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def body_limit(self, _call: Call) -> int:
        """Nothing is to be sent here."""
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED)

    def reply(self, call: Call, _body: bytes) -> Reply:
        """All metrics, whatever the path, in the form that is asked for."""
        encode, kind = choose_encoder(call.headers.get("accept", ""))
        return Reply(HTTPStatus.OK, encode(self._registry), {"Content-Type": kind})
