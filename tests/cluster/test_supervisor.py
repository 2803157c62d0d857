"""One process a stage, started again when it ends, and all ended in time: with processes that do nothing else."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fleet.waiting import until

pytestmark = pytest.mark.usefixtures("counted_children")

ROOT = Path(__file__).parents[2]

SUPERVISE = """
import sys
from fleet.supervised import run
run(sys.argv[1])
"""


@pytest.fixture
def supervisor(tmp_path: Path):  # type: ignore[no-untyped-def]  # a generator of Popen
    """A supervisor of three stages, as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}"},
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def starts(folder: Path, stage: str) -> list[int]:
    """The processes that a stage has had."""
    path = folder / stage
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").exists() or Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def test_a_stage_that_leaves_is_started_again(supervisor: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    until(lambda: len(starts(tmp_path, "steady")) == 1 and len(starts(tmp_path, "leaving")) >= 3, within=60)
    assert len(starts(tmp_path, "steady")) == 1


def test_a_killed_stage_is_started_again(supervisor: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    until(lambda: starts(tmp_path, "steady"), within=60)
    os.kill(starts(tmp_path, "steady")[0], signal.SIGKILL)
    until(lambda: len(starts(tmp_path, "steady")) == 2, within=60)


def test_all_end_on_sigterm_also_those_that_do_not_listen(
    supervisor: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    until(lambda: starts(tmp_path, "steady") and starts(tmp_path, "deaf"), within=60)
    until(lambda: len(starts(tmp_path, "leaving")) > 1, within=60)
    began = time.monotonic()
    supervisor.terminate()
    supervisor.wait(30)
    assert time.monotonic() - began < 15
    assert not any(alive(pid) for stage in ("steady", "deaf", "leaving") for pid in starts(tmp_path, stage))


def test_workers_end_with_a_supervisor_that_is_killed(supervisor: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    until(lambda: starts(tmp_path, "steady"), within=60)
    supervisor.kill()
    until(lambda: not alive(starts(tmp_path, "steady")[-1]), within=30)
