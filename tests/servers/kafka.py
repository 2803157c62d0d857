"""One Kafka broker in KRaft mode, on loopback."""

import os
import socket
import struct
import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

from servers import maven
from servers.process import Process, free_port

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={folder}/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
"""
# Ends by itself when the heap is full, instead of hanging.
JVM = ("-Xmx512m", "-XX:+ExitOnOutOfMemoryError")
# The request that every client begins with (key 18, version 0, correlation 0, no client id), after its length.
API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 0, -1)


class Kafka(Process):
    """A broker with its data under `folder`; it keeps its port and its data when started again."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.bootstrap = f"127.0.0.1:{self.port}"
        java = [str(maven.java_home() / "bin" / "java"), *JVM, "-cp", f"{maven.kafka_jars()}/*"]
        properties = folder / "server.properties"
        properties.write_text(PROPERTIES.format(port=self.port, controller=free_port(), folder=folder))
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        format_it = [*java, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(properties)]
        subprocess.run(format_it, check=True, capture_output=True)
        super().__init__(
            [*java, "kafka.Kafka", str(properties)],
            log=folder / "kafka.log",
            ready=self._answers,
            environment={"PATH": os.environ["PATH"]},
        )

    def _answers(self) -> bool:
        """By the bare protocol: kafka-python leaves sockets open where a broker is not quite there."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(API_VERSIONS)
                return bool(connection.recv(4))
        except OSError:
            return False
