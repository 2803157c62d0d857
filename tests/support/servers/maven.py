"""Fetches the servers' own files from Maven Central, once, into a cache folder. Which JDK runs them, jdk.py says."""

import fcntl
import os
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.jdk import MissingError

KAFKA = "4.3.1"
ELASTICSEARCH = "9.5.3"


def cache() -> Path:
    """Where the servers' files are kept between runs (environment: WIREWATCH_SERVERS_CACHE)."""
    named = os.environ.get("WIREWATCH_SERVERS_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "wirewatch-servers"


def kafka_jars() -> Path:
    """A folder with Kafka, its tools and all that they need at run time. Raises MissingError."""
    asked = Path(__file__).with_name("kafka.pom.xml")
    # what was fetched for another list of parts is not what is asked for
    folder = cache() / f"kafka-{KAFKA}-{zlib.crc32(asked.read_bytes()):08x}"
    with _once(folder) as work:
        if work is not None:
            shutil.copy(asked, work / "pom.xml")
            _maven("dependency:copy-dependencies", f"-DoutputDirectory={work}", "-DincludeScope=runtime", at=work)
    return folder


def elasticsearch_zip() -> Path:
    """The distribution that Elasticsearch's own integration tests use. Raises MissingError."""
    folder = cache() / f"elasticsearch-{ELASTICSEARCH}"
    artifact = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH}:zip"
    with _once(folder) as work:
        if work is not None:
            _maven("dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={work}", at=work)
    return folder / f"elasticsearch-{ELASTICSEARCH}.zip"


@contextmanager
def _once(folder: Path) -> Iterator[Path | None]:
    """A fresh folder to fill, which takes `folder`'s name when filled; None where it was filled before."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs may start at once
        if folder.exists():
            yield None
            return
        work = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        yield work
        work.rename(folder)


def _maven(*arguments: str, at: Path) -> None:
    if shutil.which("mvn") is None:
        raise MissingError("no Maven: mvn is not on the path")
    try:
        subprocess.run(["mvn", "-B", "-q", *arguments], cwd=at, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise MissingError(f"Maven could not fetch the servers: {error.stdout[-500:]}") from error
