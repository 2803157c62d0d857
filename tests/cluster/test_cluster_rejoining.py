"""Partitions are given out anew, again and again, while articles come: none is passed over."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import rejoining
from fleet.articles import generated
from fleet.place import Place, environment
from fleet.waiting import until

from runtime.exit import TRY_AGAIN
from schemas.outcome import Output
from schemas.topics import ARTICLES
from wirewatch.compose.cluster_control import ClusterPipeline

pytestmark = pytest.mark.servers

ROOT = Path(__file__).parents[2]
# A worker's partitions are given out several times a second; without what holds it together one of six runs of a minute
# lost articles (docs/reliability.md).
SECONDS = 40


class Worker:
    """One that joins its group anew at moments of chance; started again where it leaves, as an orchestrator does."""

    def __init__(self, place: Place, noted: Path, seed: int) -> None:
        self._environment = {
            **environment(place.settings),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}",
            rejoining.NOTED: str(noted),
            rejoining.SEED: str(seed),
        }
        self._log = (place.folder / f"noting-{seed}.log").open("ab")
        self.ended: list[int] = []
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "rejoining", "work", "noting"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=self._log, stderr=self._log)

    def tend(self) -> None:
        """Start it again where it has ended."""
        if self._process.poll() is not None:
            self.ended.append(self._process.returncode)
            self._start()

    def end(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()
        self._log.close()


@contextmanager
def workers(place: Place, noted: Path) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        made = [Worker(place, noted, seed) for seed in (1, 2)]
        for one in made:
            stack.callback(one.end)
        yield made


def test_what_is_published_while_partitions_are_given_out_is_handled(place: Place) -> None:
    noted, chance = place.folder / "noted", random.Random(3)
    noted.touch()
    published: set[str] = set()
    with ClusterPipeline(place.settings) as wire, workers(place, noted) as members:
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            articles = generated(chance.choice((1, 3, 20, 60)), f"r{len(published)}")
            wire.publish([Output(ARTICLES, article) for article in articles])
            published |= {article.id for article in articles}
            time.sleep(chance.uniform(0, 0.5))
            for member in members:
                member.tend()

        Path(str(noted) + rejoining.REST).touch()

        def all_noted() -> bool:
            for member in members:
                member.tend()
            return published <= set(noted.read_text().split())

        until(all_noted, within=120)
        assert {status for member in members for status in member.ended} <= {TRY_AGAIN}
