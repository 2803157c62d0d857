"""The broker of docker-compose.yml, without its container. The image's own program makes the properties out of the
service's environment and formats the data, as at every start of the image; only places and ports are this machine's.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from servers.kafka import Broker, java
from servers.process import free_port

# The image's own, where none is given; any would do.
CLUSTER = "5L6g3nShT-eMCtK--X86sw"


class ComposedKafka(Broker):
    """A broker as the compose file's service `kafka` has it, with its data under `folder`."""

    def __init__(self, folder: Path, service: Mapping[str, Any]) -> None:
        """`service`: out of `docker compose config --format json`. Raises CalledProcessError."""
        port = free_port()
        self._moves = {
            ":9092": f":{port}",
            "/9092": f"/{port}",
            ":9093": f":{free_port()}",
            "//kafka:": "//127.0.0.1:",
            "/var/lib/kafka/data": str(folder / "data"),
        }
        given = {name: self._moved(value) for name, value in service["environment"].items()}
        self._within = given | {"PATH": os.environ["PATH"], "CLUSTER_ID": CLUSTER}
        self._health = self._moved(service["healthcheck"]["test"][-1])
        places = {"default": folder / "image", "mounted": folder / "image", "final": folder}
        (folder / "image").mkdir()
        options = [word for name, place in places.items() for word in (f"--{name}-configs-dir", str(place))]
        self._run(java("kafka.docker.KafkaDockerWrapper", "setup", *options)).check_returncode()
        super().__init__(folder, port)

    def healthy(self) -> bool:
        """What the service's own health check says."""
        return self._run(["sh", "-c", self._health]).returncode == 0

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, env=self._within, capture_output=True, text=True)

    def _moved(self, value: str) -> str:
        """Here instead of in the container. The parser writes one dollar as two, as the file itself does."""
        for there, here in self._moves.items():
            value = value.replace(there, here)
        return value.replace("$$", "$")
