"""Starts and ends the fleet's processes, publishes into it, and waits until what was published is accounted for."""

import itertools
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import httpx
from servers.process import free_port

from fleet.place import Place, environment
from fleet.signing import LIGHT
from runtime.kafka import ledger
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.topics import Layout, create
from runtime.ledger import Balance
from schemas.article import Article
from schemas.ledger import OutcomeRow
from schemas.outcome import Output
from schemas.topics import ARTICLES
from wirewatch.pipeline import topology

ROOT = Path(__file__).parents[3]
STAGES = topology().names


class Member:
    """One worker process."""

    def __init__(self, stage: str, place: Place, clocked: bool = False) -> None:
        """`clocked`: by a clock that the test moves (fleet.moved_clock)."""
        self.stage = stage
        self.metrics_port = free_port()
        self.clock = place.folder / f"clock-{self.metrics_port}"
        self._log = place.folder / f"{stage}-{self.metrics_port}.log"
        settings = place.settings.model_copy(update={"metrics_port": self.metrics_port})
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(
                _clocked(stage, place.folder, self.clock) if clocked else _command(stage, place.folder),
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**environment(settings), "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}"},
                cwd=place.folder,
            )

    @property
    def log(self) -> str:
        """What it has said."""
        return self._log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.poll()

    def metric(self, name: str) -> float | None:
        """The value of one of its metrics, summed over labels; None where it does not answer."""
        try:
            text = httpx.get(f"http://127.0.0.1:{self.metrics_port}/metrics").text
        except httpx.TransportError:
            return None
        values = [float(line.split()[-1]) for line in text.splitlines() if line.startswith(name + "{")]
        return sum(values) if values else None

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> float:
        """Ask it to end; the seconds it took."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)
        return time.monotonic() - began


def _command(stage: str, folder: Path) -> list[str]:
    if stage == "enrich" and LIGHT:
        return [sys.executable, "-m", "fleet", stage, str(folder)]
    return [str(Path(sys.executable).with_name("wirewatch")), "work", stage]


def _clocked(stage: str, folder: Path, clock: Path) -> list[str]:
    return [sys.executable, "-m", "fleet.clocked", stage, str(folder), str(clock)]


class Fleet:
    """Workers of some stages; `tend` starts again what has ended, as an orchestrator would."""

    def __init__(self, place: Place, clocked: bool = False, sides: Sequence[str] = ()) -> None:
        """`clocked`: as Member. `sides`: other addresses of the place's Kafka, by which workers reach it in turn."""
        self.place = place
        self._clocked = clocked
        self._sides = itertools.cycle(sides)
        self.members: list[Member] = []
        self.prepare()

    def prepare(self) -> None:
        """Make the topics."""
        create(self.place.cluster, Layout(), topology().topics)

    def start(self, *stages: str) -> list[Member]:
        """One more worker of each of these stages."""
        started = [Member(stage, self._side(), self._clocked) for stage in stages]
        self.members += started
        return started

    def _side(self) -> Place:
        side = next(self._sides, None)
        return self.place if side is None else self.place.at(kafka=side)

    def tend(self) -> None:
        """Start again what has ended."""
        for ended in [member for member in self.members if member.status is not None]:
            self.members.remove(ended)
            self.start(ended.stage)

    def end(self) -> None:
        """Kill all that is left."""
        for member in self.members:
            member.kill()
        self.members.clear()

    def publish(self, articles: Iterable[Article]) -> None:
        """Publish, confirmed."""
        publish = KafkaPublish(self.place.cluster)
        try:
            publish([Output(ARTICLES, article) for article in articles])
        finally:
            publish.close()

    def indexed(self) -> list[str]:
        """The ids of the articles that are in the index, in no order."""
        address = f"{self.place.settings.elasticsearch}/{self.place.settings.index_prefix}articles"
        httpx.post(f"{address}/_refresh").raise_for_status()
        hits = httpx.get(f"{address}/_search?size=10000&_source=false").json()["hits"]["hits"]
        return [hit["_id"] for hit in hits]

    def settle(self, keys: Sequence[tuple[str, str]], within: float, stages: Sequence[str] = STAGES[:4]) -> Balance:
        """Return when each of these revisions has its end at every stage; the ledger then. Raises on a timeout."""
        until = time.monotonic() + within
        while True:
            self.tend()
            rows = ledger.rows(self.place.cluster)
            missing = [key for key in keys if not _settled(rows.get(key, {}), stages)]
            account = ledger.account(self.place.cluster, topology().way)
            # Settled, and committed too: what is read again after a kill counts as in flight until then.
            if not missing and (account.in_flight == 0 or "index" not in stages):
                return account
            if time.monotonic() > until:
                raise TimeoutError(f"{len(missing)} of {len(keys)} have no end after {within} s: {missing[:3]}")
            time.sleep(0.5)


def _settled(rows: Mapping[str, OutcomeRow], stages: Sequence[str]) -> bool:
    ended_early = any(row.outcome != "done" for row in rows.values())
    return ended_early or all(stage in rows for stage in stages)
