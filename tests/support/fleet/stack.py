"""The compose file's own services as processes: their commands with their environment, on servers of the tests.

One process a service, whatever the replicas. Like the container engine it starts again what has ended. Only places
differ: where the servers are, and the ports that metrics are served on.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from servers.process import free_port

ROOT = Path(__file__).parents[3]


class Stack:
    """What `docker compose up` starts of wirewatch, but for what talks to Kibana."""

    def __init__(
        self, folder: Path, services: Mapping[str, Any], moved: Mapping[str, str], more: Mapping[str, str]
    ) -> None:
        """`moved`: a place as the file has it -> where it is here; `more`: what every process is told beside."""
        self._folder = folder
        self._services = services
        self._moved = moved
        self._more = more
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.workers = sorted(name for name in services if _command(services[name])[:1] == ["wirewatch"])
        """The services that run on: every one whose command is the program."""

    def setup(self) -> None:
        """The first one-shot, to its end."""
        script, *words = _command(self._services["setup"])
        command = [sys.executable, str(ROOT / "deploy" / script), *words]
        subprocess.run(command, env=self._environment("setup"), cwd=self._folder, check=True)

    def tend(self) -> None:
        """Start every worker that does not run."""
        for name in self.workers:
            if name not in self._running or self._running[name].poll() is not None:
                self._running[name] = self._start(name)

    def ask(self, *words: str) -> str:
        """What `docker compose exec producers wirewatch WORDS` prints. Raises CalledProcessError."""
        command = [_program(), *words]
        environment = self._environment("producers")
        return subprocess.run(
            command, env=environment, cwd=self._folder, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def log(self) -> str:
        """What the workers have said, those that ended and were started again too."""
        return "".join(f"== {name}\n{self._log(name).read_text(errors='replace')}" for name in self._running)

    def end(self) -> None:
        """Kill all that is left."""
        for process in self._running.values():
            process.kill()
            process.wait()

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        _, *words = _command(self._services[name])
        with self._log(name).open("ab") as out:
            return subprocess.Popen(
                [_program(), *words],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self._environment(name),
                cwd=self._folder,
            )

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def _environment(self, name: str) -> dict[str, str]:
        """Nothing of the test's own but the path to programs: a container has no more either."""
        given = self._services[name]["environment"]
        told = {key: self._moved.get(value, value) for key, value in given.items()}
        ports = {"WIREWATCH_METRICS_PORT", "WIREWATCH_HTTP_PORT"} & told.keys()
        told |= {name: str(free_port()) for name in ports}
        return {"PATH": os.environ["PATH"], "HOME": str(self._folder), **told, **self._more}


def _command(service: Mapping[str, Any]) -> list[str]:
    return list(service.get("command", ()))


def _program() -> str:
    return str(Path(sys.executable).with_name("wirewatch"))
