"""What a soak is made of: an installation in processes of its own, articles, a webhook, and a look at the processes."""

import functools
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fleet.place import apart, environment
from loopback import Asked, Reply, Site
from servers.started import started

from producers.article.build import from_row
from runtime.local.socket_file import socket_path
from schemas.article import Article
from schemas.clock import utc_now
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

WORK = """
import signal, sys, threading
from wirewatch.collector import collect_rarely
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import load
collect_rarely()  # as every command does
over = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: over.set())
with LocalPipeline(load()) as pipeline:
    pipeline.start()
    over.wait()
"""
# Articles of news are some hundred words; of these a machine of two cores reads twenty a second and has time left.
WORDS = 150
SERVERS = {"kafka": b"kafka.Kafka", "elasticsearch": b"org.elasticsearch.bootstrap"}
"""What their commands hold."""


@dataclass(frozen=True)
class Installed:
    """What is soaked."""

    settings: Settings
    pid: int
    """The process whose descendants are looked at, itself among them."""
    files: tuple[Path, ...]
    """Where it writes, and the servers that are its own."""


@dataclass(frozen=True)
class Sample:
    """How it stood at a moment."""

    at: float
    """Seconds after the beginning."""
    memory_mib: float
    handles: int
    files_mib: float
    waiting: int


def sample(installed: Installed, at: float, waiting: int) -> Sample:
    """How it stands."""
    pids = _descendants(installed.pid)
    size = sum(_size(folder) for folder in installed.files)
    return Sample(at, sum(map(_resident, pids)) / 2**20, sum(map(_handles, pids)), size / 2**20, waiting)


def cpu_seconds(installed: Installed) -> float:
    """Seconds of the processor that its processes have used so far."""
    return sum(map(_used, _descendants(installed.pid))) / os.sysconf("SC_CLK_TCK")


def cpu_by_part(installed: Installed) -> dict[str, float]:
    """Seconds of the processor that each of its processes has used so far, its children included; on the cluster also
    the servers. Workers are named by their stages, in whose order they are started (none was started again)."""
    children = [pid for pid in _children().get(installed.pid, []) if b"spawn_main" in _command(pid)]
    parts = (
        dict(zip(topology().names, children, strict=True)) if installed.settings.kafka else {"wirewatch": installed.pid}
    )
    for pid in _descendants(os.getpid()):
        for server, of in SERVERS.items():
            if of in _command(pid):
                parts[server] = pid
    tick = os.sysconf("SC_CLK_TCK")
    return {name: sum(map(_used, _descendants(pid))) / tick for name, pid in parts.items()}


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def _used(pid: int) -> int:
    """Ticks of a process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return 0
    return sum(map(int, fields[11:15]))


@contextmanager
def local(folder: Path, workers: int) -> Iterator[Installed]:
    """One process on one file."""
    settings = Settings(db=folder / "wire.db", workers=workers, channel_hosts="127.0.0.1")
    with _running([sys.executable, "-c", WORK], settings, folder) as process:
        while not socket_path(settings.db).exists():
            time.sleep(0.1)
        yield Installed(settings, process.pid, (folder,))


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Installed]:
    """Every stage in a process of its own, on a Kafka and an Elasticsearch that are started for it."""
    with started(folder) as (kafka, elasticsearch):
        settings = apart(kafka.bootstrap, elasticsearch.url).model_copy(update={"workers": workers})
        command = [sys.executable, "-c", "from wirewatch.cli.app import main; main()", "work", "all"]
        with _running(command, settings, folder) as process:
            yield Installed(settings, process.pid, (folder,))


@contextmanager
def _running(command: list[str], settings: Settings, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment(settings), cwd=folder, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def article(number: int, told: bool) -> Article:
    """The article of this number: words in an order of its own, as often as they are in news."""
    chosen = random.Random(number)
    words = chosen.choices(_words(), weights=[1 / (rank + 3) for rank in range(len(_words()))], k=WORDS)
    text = ". ".join(" ".join(words[at : at + 15]).capitalize() for at in range(0, WORDS, 15)) + "."
    row = {"id": f"soak {number}", "title": f"Soak {number} {'soaktold' if told else ''}", "text": text}
    return from_row(row | {"language": "en"}, "soak", utc_now())


@functools.cache
def _words() -> list[str]:
    """Those of the seeds' articles."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path("seeds/articles").glob("*.txt")))
    return sorted(set(re.findall(r"[A-Za-z]+", " ".join(texts))))


class Webhook:
    """A channel on loopback: which articles it was told of, and when they were sent."""

    def __init__(self, site: Site) -> None:
        self.sent: dict[int, float] = {}
        """Number of an article -> when it was published."""
        self.told: dict[int, float] = {}
        site.pages["/"] = self._take
        self.channel = f"json://127.0.0.1:{site.port}/?cto=60&rto=60"

    def _take(self, asked: Asked) -> Reply:
        message = json.loads(asked.body)
        for number in re.findall(r"Soak (\d+)", message["title"] + message["message"]):
            self.told.setdefault(int(number), time.monotonic())
        return Reply(204)

    def seconds(self) -> list[tuple[float, float]]:
        """(seconds after the first, seconds until told) of each that was told."""
        first = min(self.sent.values(), default=0.0)
        return [(at - first, self.told[number] - at) for number, at in self.sent.items() if number in self.told]


def _descendants(pid: int) -> list[int]:
    children = _children()
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _children() -> dict[int, list[int]]:
    """Process -> its children, the earliest first."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    return {parent: sorted(children) for parent, children in parents.items()}


def _resident(pid: int) -> int:
    """Bytes; what processes share is counted in each."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _handles(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def _size(folder: Path) -> int:
    """Bytes that its files take on the disk."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(Path(root) / name).st_blocks * 512
            except OSError:
                continue
    return total
