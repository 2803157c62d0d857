"""One Kafka broker in KRaft mode, on loopback: open to all, or encrypted and for one user.

Does not know the compose file: composed.py starts the broker that is described there.
"""

import os
import socket
import ssl
import struct
import subprocess
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from servers import certificate, jdk, maven
from servers.line import Line
from servers.process import Process, free_port

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners={security}://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}{listening}
advertised.listeners={security}://127.0.0.1:{port}{advertised}
inter.broker.listener.name={security}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL{mapped}
controller.listener.names=CONTROLLER
log.dirs={folder}/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
"""
MECHANISM = "SCRAM-SHA-512"
SECURED = """\
ssl.keystore.type=PKCS12
ssl.keystore.location={store}
ssl.keystore.password={store_password}
ssl.truststore.type=PEM
ssl.truststore.location={authority}
sasl.enabled.mechanisms={mechanism}
sasl.mechanism.inter.broker.protocol={mechanism}
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule \
required username="{login.user}" password="{login.password}";
"""
# Ends by itself when the heap is full, instead of hanging.
JVM = ("-Xmx512m", "-XX:+ExitOnOutOfMemoryError")
# The request that every client begins with (key 18, version 0, correlation 0, no client id), after its length.
API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 0, -1)


@dataclass(frozen=True)
class Login:
    """A user of the broker."""

    user: str
    password: str


def java(*arguments: str) -> list[str]:
    """A command that runs a class of Kafka's. Raises MissingError."""
    return [str(jdk.java_home() / "bin" / "java"), *JVM, "-cp", f"{maven.kafka_jars()}/*", *arguments]


class Broker(Process):
    """A broker of the `server.properties` and the formatted data under `folder`; started again it has the same."""

    def __init__(self, folder: Path, port: int, authority: Path | None = None) -> None:
        """`port` is the clients'; where that is encrypted, `authority` is the certificate to check it by."""
        self.port = port
        self.authority = authority
        self.bootstrap = f"127.0.0.1:{port}"
        super().__init__(
            java("kafka.Kafka", str(folder / "server.properties")),
            log=folder / "kafka.log",
            ready=self._answers,
            environment={"PATH": os.environ["PATH"]},
        )

    def _answers(self) -> bool:
        """By the bare protocol: kafka-python leaves sockets open where a broker is not quite there."""
        try:
            with self._connected() as connection:
                connection.sendall(API_VERSIONS)
                return bool(connection.recv(4))
        except OSError:
            return False

    def _connected(self) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=2)
        if self.authority is None:
            return plain
        with plain:  # wrapped, it is let go of here
            trusting = ssl.create_default_context(cafile=self.authority)
            return trusting.wrap_socket(plain, server_hostname="127.0.0.1")


class Kafka(Broker):
    """The broker of the tests."""

    def __init__(self, folder: Path, login: Login | None = None, lines: Sequence[Line] = ()) -> None:
        """`login`: who alone is let in, by SASL_SSL; without one all are, in the open. `lines`: who comes by one of
        these is told no other way."""
        self.folder = folder
        port = free_port()
        made = certificate.make(folder) if login else None
        properties = folder / "server.properties"
        security = "SASL_SSL" if login else "PLAINTEXT"
        plain = PROPERTIES.format(port=port, controller=free_port(), folder=folder, security=security, **_ended(lines))
        properties.write_text(plain + (_secured(made, login) if made and login else ""))
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        format_it = java("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "-c", str(properties))
        if login:
            format_it += ["--add-scram", f"{MECHANISM}=[name={login.user},password={login.password}]"]
        subprocess.run(format_it, check=True, capture_output=True)
        super().__init__(folder, port, made.authority if made else None)


def _ended(lines: Sequence[Line]) -> dict[str, str]:
    """A listener of its own for each line, in the properties' words."""
    ports = [free_port() for _ in lines]
    for line, port in zip(lines, ports, strict=True):
        line.lead_to(port)
    listening = "".join(f",LINE{number}://127.0.0.1:{port}" for number, port in enumerate(ports))
    advertised = "".join(f",LINE{number}://127.0.0.1:{line.port}" for number, line in enumerate(lines))
    mapped = "".join(f",LINE{number}:PLAINTEXT" for number in range(len(lines)))
    return {"listening": listening, "advertised": advertised, "mapped": mapped}


def _secured(made: certificate.Certificate, login: Login) -> str:
    password = certificate.STORE_PASSWORD
    return SECURED.format(
        store=made.store, authority=made.authority, store_password=password, mechanism=MECHANISM, login=login
    )
