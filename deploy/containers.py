"""Commands in a container of the built image, run by buildah as its user: what run_services.py is written with."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

IMAGE = "wirewatch:local"
HEALTHY_SECONDS = 120
STOP_SECONDS = 10


def command(service: dict[str, Any], where: dict[str, str], more: list[str] | None = None) -> list[str]:
    """The service's command in its image, as its user, with its environment but for where the servers are."""
    environment = service["environment"]
    given = environment | {name: place for name, place in where.items() if name in environment}
    variables = [word for name, value in given.items() for word in ("--env", f"{name}={value}")]
    return [
        "buildah", "run", "--isolation", "chroot", *variables, *(more or []), container(), "--", *service["command"]
    ]  # fmt: skip


@functools.cache
def container() -> str:
    """One container of the image, in which all commands run."""
    made = ["buildah", "from", "--pull=false", f"localhost/{IMAGE}"]
    return subprocess.run(made, capture_output=True, text=True, check=True).stdout.strip()


def run(
    service: dict[str, Any], where: dict[str, str], words: list[str], more: list[str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Another command in the service's container."""
    return subprocess.run(command(service | {"command": words}, where, more), capture_output=True, text=True)


def until(holds: Any, log: Path | None) -> None:
    """Wait for it, not without end."""
    deadline = time.monotonic() + HEALTHY_SECONDS
    while not holds():
        check(time.monotonic() < deadline, f"not within {HEALTHY_SECONDS} s: {log.read_text()[-2000:] if log else ''}")
        time.sleep(1)


def terminate(process: "subprocess.Popen[bytes]") -> None:
    """SIGTERM to the command itself: it leads no group of its own, and buildah passes nothing on."""
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(3 * STOP_SECONDS)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End it, whatever it does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def memory_mib(process: "subprocess.Popen[bytes]") -> int:
    """What the command and its children hold of memory, pages shared with others by halves and quarters (PSS)."""
    pages = 0
    for child in _tree(process.pid):
        with contextlib.suppress(OSError):
            if b"/opt/wirewatch/" in Path(f"/proc/{child}/cmdline").read_bytes():
                pages += _pss_kib(Path(f"/proc/{child}/smaps_rollup"))
    return pages // 1024


def _pss_kib(rollup: Path) -> int:
    return next(int(line.split()[1]) for line in rollup.read_text().splitlines() if line.startswith("Pss:"))


def _tree(parent: int) -> Iterator[int]:
    yield parent
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _tree(int(child))


def check(holds: bool, problem: str) -> None:
    """End everything where it does not hold."""
    if not holds:
        sys.exit(f"FAILED: {problem}")


def say(line: str) -> None:
    """A line of the check's result."""
    print(f"ok: {line}", flush=True)
