"""The program with a stage that notes what it was given, in a worker whose partitions are given out again and again.

python -m rejoining work noting: as `wirewatch` otherwise. WIREWATCH_TEST_NOTED is the file of ids, WIREWATCH_TEST_SEED
decides when the worker asks to join its group anew. It rests once there is a file of that name with `.rest` behind it.
"""

import os
import random
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from runtime.kafka import faust_agent
from schemas.article import Article
from schemas.outcome import Done, Outcome
from schemas.stage import FunctionStep, Stage
from schemas.topics import ARTICLES
from wirewatch import pipeline

NOTED = "WIREWATCH_TEST_NOTED"
SEED = "WIREWATCH_TEST_SEED"
REST = ".rest"
# Seconds between two requests to join anew; the shortest comes while the one before is still answered.
BETWEEN = (0.05, 0.2, 0.5, 1.2)
# Seconds that a batch takes: none, and longer than a look at the log.
TAKES = (0.0, 0.0, 0.01, 0.05, 0.2)


def _note(batch: Sequence[Article]) -> Sequence[Outcome]:
    time.sleep(random.choice(TAKES))
    with Path(os.environ[NOTED]).open("a") as noted:
        noted.writelines(f"{article.id}\n" for article in batch)
    return [Done() for _ in batch]


class Rejoining(faust_agent.StageAgent):
    """Its client is asked to join the group anew by a thread beside it."""

    def _attach(self) -> None:
        super()._attach()
        threading.Thread(target=self._join_again, daemon=True).start()

    def _join_again(self) -> None:
        chance = random.Random(int(os.environ[SEED]))
        rest = Path(os.environ[NOTED] + REST)
        while not rest.exists():
            time.sleep(chance.choice(BETWEEN))
            with suppress(AttributeError, RuntimeError):  # it has not begun, or has ended
                consumer: Any = self.app.consumer
                thread = consumer._thread
                thread.thread_loop.call_soon_threadsafe(thread._consumer._coordinator.request_rejoin)


def main() -> None:
    """Run the command line."""
    from wirewatch.cli import main as run  # it names the stages in its help

    faust_agent.StageAgent = Rejoining  # type: ignore[misc]  # a class: `run` makes the agent itself
    pipeline.STAGES = (*pipeline.STAGES, Stage("noting", ARTICLES, open=lambda services: FunctionStep(_note)))
    run()


if __name__ == "__main__":
    main()
