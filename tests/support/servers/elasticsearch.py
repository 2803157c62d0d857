"""One Elasticsearch node, on loopback, with the analysis that a stock server brings as modules.

It is the core server (maven.elasticsearch_zip): what it lacks is named in docs/operations.md.
"""

import getpass
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import httpx

from servers import jdk, maven
from servers.process import Process, free_port

SETTINGS = """\
cluster.name: wirewatch-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: {security}
cluster.routing.allocation.disk.threshold_enabled: false
"""
DESCRIPTOR = f"""\
description=The analysis filters of a stock server
version=1
name=english-analysis
classname=wirewatch.testserver.EnglishAnalysis
java.version={jdk.RELEASE}
elasticsearch.version={maven.ELASTICSEARCH}
"""
HEAP = "-Xms768m -Xmx768m"
# It refuses to run as root.
OTHER_USER = "nobody"


class Elasticsearch(Process):
    """A node with its files under `folder`; it keeps its port and its data when started again."""

    def __init__(self, folder: Path, *, password: str | None = None, data: Path | None = None) -> None:
        """`password`: of the user elastic; without one there is no security. `data`: an archive to find as its data."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.auth = ("elastic", password) if password else None
        home = folder / f"elasticsearch-{maven.ELASTICSEARCH}"
        _unzip(maven.elasticsearch_zip(), folder)
        _add_plugin(home)
        settings = SETTINGS.format(
            port=self.port, transport=free_port(), folder=folder, security=str(password is not None).lower()
        )
        (home / "config" / "elasticsearch.yml").write_text(settings)
        temporary = folder / "tmp"  # may not contain the server's own files: it checks
        temporary.mkdir()
        environment = {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": str(jdk.java_home()),
            "ES_JAVA_OPTS": HEAP,
            "ES_TMPDIR": str(temporary),
        }
        if password:
            _set_password(home, password, environment)
        if data:
            with tarfile.open(data) as archive:
                archive.extractall(folder, filter="data")
        user = _give_away(folder) if getpass.getuser() == "root" else None
        super().__init__(
            [str(home / "bin" / "elasticsearch")],
            log=folder / "elasticsearch.log",
            ready=self._answers,
            environment=environment,
            user=user,
        )

    def _answers(self) -> bool:
        health = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            return httpx.get(health, auth=self.auth).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


def _unzip(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            # zipfile forgets who may execute what: the upper half of this field is the Unix mode.
            path = opened.extract(entry, folder)
            if mode := entry.external_attr >> 16:
                Path(path).chmod(mode)


def _add_plugin(home: Path) -> None:
    source = Path(__file__).with_name("EnglishAnalysis.java")
    plugin = home / "plugins" / "english-analysis"
    classes = plugin / "classes"
    classes.mkdir(parents=True)
    bin_folder = jdk.java_home() / "bin"
    compile_it: list[str | Path] = [bin_folder / "javac", "--release", str(jdk.RELEASE)]
    compile_it += ["-cp", f"{home}/lib/*", "-d", classes, source]
    subprocess.run(compile_it, check=True)
    subprocess.run([bin_folder / "jar", "cf", plugin / "english-analysis.jar", "-C", classes, "."], check=True)
    shutil.rmtree(classes)
    (plugin / "plugin-descriptor.properties").write_text(DESCRIPTOR)


def _set_password(home: Path, password: str, environment: dict[str, str]) -> None:
    """The password of `elastic`, as the compose file's ELASTIC_PASSWORD sets it on a stock server."""
    keystore = [str(home / "bin" / "elasticsearch-keystore")]
    subprocess.run([*keystore, "create"], env=environment, check=True, capture_output=True)
    add = [*keystore, "add", "--stdin", "bootstrap.password"]
    subprocess.run(add, input=password.encode(), env=environment, check=True, capture_output=True)


def _give_away(folder: Path) -> str:
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, OTHER_USER)
    return OTHER_USER
