"""Stages that need no servers, for the supervisor: one steady, one that keeps leaving, one deaf to SIGTERM."""

import functools
import os
import signal
import sys
import time
from pathlib import Path

from runtime.exit import TRY_AGAIN
from runtime.kafka.supervisor import Supervisor
from runtime.kafka.worker import end_with_parent


def run(folder: str) -> None:
    """Supervise the three until stopped."""
    Supervisor(("steady", "leaving", "deaf"), functools.partial(_work, Path(folder))).run()


def _work(folder: Path, stage: str) -> None:
    end_with_parent()
    if stage == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with (folder / stage).open("a") as out:
        out.write(f"{os.getpid()}\n")
    if stage == "leaving":
        sys.exit(TRY_AGAIN)
    time.sleep(600)
