"""One process a stage, started again whenever it ends: `work all`, where no orchestrator does that.

Knows nothing of what the processes do.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

import structlog

from runtime.exit import TRY_AGAIN
from runtime.shutdown import Stopping

logger = structlog.get_logger()

LOOK_SECONDS = 0.2
# A worker that left its group on purpose comes back at once; one that crashed, or leaves again and again (workers
# that all hold make each other leave), is given time, ever more.
PAUSE_FIRST, PAUSE_MOST = 1.0, 30.0
# One that ran this long is sound: its next end is its first.
SOUND_SECONDS = 60.0
# A worker drains within 8 s; what is left after this is killed.
STOP_SECONDS = 10.0


@dataclass
class _Place:
    """A stage's process, and when to start the next."""

    stage: str
    process: BaseProcess | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = 0.0


class Supervisor:
    """Keeps one process for each stage. `target(stage)` runs in the process and must be importable."""

    def __init__(self, stages: Sequence[str], target: Callable[[str], None]) -> None:
        self._target = target
        self._places = [_Place(stage) for stage in stages]

    def run(self) -> None:
        """Run until SIGTERM or SIGINT, then drain and return."""
        stopping = Stopping()
        while not stopping.wait(LOOK_SECONDS):
            for place in self._places:
                self._look_after(place)
        self._drain()

    def _look_after(self, place: _Place) -> None:
        if place.process is not None and place.process.is_alive():
            return
        if place.process is not None:
            self._ended(place, place.process)
        if time.monotonic() >= place.due_at:
            self._start(place)

    def _ended(self, place: _Place, process: BaseProcess) -> None:
        now = time.monotonic()
        if now - place.started_at > SOUND_SECONDS:
            place.pause = 0.0 if process.exitcode == TRY_AGAIN else PAUSE_FIRST
        place.due_at = now + place.pause
        logger.warning("worker ended", stage=place.stage, status=process.exitcode, again_in=place.pause)
        place.pause = min(max(place.pause * 2, PAUSE_FIRST), PAUSE_MOST)
        process.close()
        place.process = None

    def _start(self, place: _Place) -> None:
        # Not a daemon: enrich has children of its own. It ends with us all the same (worker.work).
        place.process = multiprocessing.get_context("spawn").Process(
            target=self._target, args=(place.stage,), name=f"work-{place.stage}"
        )
        place.process.start()
        place.started_at = time.monotonic()
        logger.info("worker started", stage=place.stage, pid=place.process.pid)

    def _drain(self) -> None:
        running = [place.process for place in self._places if place.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
