"""What Prometheus may ask: read off the runtime and the ledger when it asks, never counted twice.

Served on loopback only; a scraper elsewhere goes through a proxy that its owner chose.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from schemas.clock import Clock, utc_now

WAITING = "wirewatch_waiting_records"
HELD = "wirewatch_held_seconds"
OUTCOMES = "wirewatch_outcomes"
METRICS = {
    WAITING: "records before a stage that it has not handled yet",
    HELD: "how long a stage has been waiting for something that is away; 0 when it is not",
    OUTCOMES: "revisions of articles in the ledger by stage and outcome",
}


class HeldStage(Protocol):
    """A stage that waits, and since when."""

    @property
    def stage(self) -> str: ...

    @property
    def since(self) -> datetime: ...


class Gauges(Collector):
    """The metrics of one process."""

    def __init__(
        self,
        waiting: Callable[[], Mapping[str, int]],
        held: Callable[[], Iterable[HeldStage]],
        outcomes: Callable[[], Mapping[str, Mapping[str, int]]],
        clock: Clock = utc_now,
    ) -> None:
        self._waiting, self._held, self._outcomes, self._clock = waiting, held, outcomes, clock

    def collect(self) -> Iterator[Metric]:
        """Read everything now."""
        waiting = self._waiting()
        yield _gauge(WAITING, ("stage",), {(stage,): number for stage, number in waiting.items()})
        held = {held.stage: (self._clock() - held.since).total_seconds() for held in self._held()}
        yield _gauge(
            HELD, ("stage",), {(stage,): seconds for stage, seconds in (dict.fromkeys(waiting, 0.0) | held).items()}
        )
        by_both: dict[tuple[str, ...], float] = {
            (stage, outcome): number for stage, of in self._outcomes().items() for outcome, number in of.items()
        }
        yield _gauge(OUTCOMES, ("stage", "outcome"), by_both)


def _gauge(name: str, labels: tuple[str, ...], values: Mapping[tuple[str, ...], float]) -> Metric:
    family = GaugeMetricFamily(name, METRICS[name], labels=labels)
    for label, value in values.items():
        family.add_metric(label, value)
    return family


def serve(gauges: Gauges, port: int) -> Callable[[], None]:
    """Serve them on loopback; call the answer to stop. Raises OSError where the port is taken."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(gauges)
    server, thread = start_http_server(port, addr="127.0.0.1", registry=registry)

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop
