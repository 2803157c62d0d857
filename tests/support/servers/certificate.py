"""A certificate of our own for a server on loopback, and the file by which clients check it; both by the JDK's tool."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from servers import jdk

STORE_PASSWORD = "only-for-tests"


@dataclass(frozen=True)
class Certificate:
    """Two files."""

    store: Path
    """The key and its certificate, PKCS #12, under STORE_PASSWORD."""
    authority: Path
    """The certificate, PEM: who trusts it trusts the server."""


def make(folder: Path) -> Certificate:
    """A certificate for 127.0.0.1, good for two days."""
    made = Certificate(folder / "server.p12", folder / "authority.pem")
    names = ["-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true"]
    _keytool(made, "-genkeypair", "-keyalg", "EC", "-storetype", "PKCS12", "-validity", "2", *names)
    _keytool(made, "-exportcert", "-rfc", "-file", str(made.authority))
    return made


def _keytool(made: Certificate, command: str, *arguments: str) -> None:
    keytool = str(jdk.java_home() / "bin" / "keytool")
    common = ["-alias", "server", "-keystore", str(made.store), "-storepass", STORE_PASSWORD]
    subprocess.run([keytool, command, *common, *arguments], check=True, capture_output=True)
