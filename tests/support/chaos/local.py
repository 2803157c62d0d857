"""One process on one file, and the faults that it meets."""

import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from fleet.fleet import ROOT
from fleet.place import environment

from chaos.installation import Fault, moved
from chaos.room import PAGE_BYTES, free_files, limit_files
from runtime.ports import Control
from schemas.ledger import OutcomeRow
from web.client import Client
from wirewatch.compose.local_reader import LocalReader
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

# How long it is tried to lock the file against stages that write it without a pause.
LOCK_SECONDS = 2.0


class LocalInstallation:
    """`python -m fleet.local` on a file, started again when it ends."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(db=folder / "wire.db", channel_hosts="127.0.0.1")
        self.ended: list[int] = []
        """The exit statuses with which it ended by itself."""
        self.killed = 0
        self.grace = timedelta(0)
        self.log = folder / "log"
        self.log.write_text("\n" * PAGE_BYTES)  # so that it, too, cannot be written while no file may grow
        self._kills_at_hand = 0
        self._process: subprocess.Popen[bytes] | None = self._start()
        self.faults: dict[str, Fault] = {
            "kill": self._kill,
            "stop and wake": self._stop,
            "database locked": self._locked,
            "disk full": self._full,
            "clock moved": lambda chance: moved(self.settings.db.with_name("clock"), chance),
        }

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "fleet.local", str(self.settings.db)]
        path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}"}
        with self.log.open("ab") as out:
            return subprocess.Popen(
                command, stdout=out, stderr=out, env=environment(self.settings) | path, cwd=self.log.parent
            )

    def tend(self) -> None:
        """Start it again where it has ended, as an orchestrator would."""
        if self._process is not None and (status := self._process.poll()) is not None:
            self.ended.append(status)
            self._process = None
        if self._process is None and not self._kills_at_hand:
            self._process = self._start()

    def end(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def opened(self) -> Iterator[Control]:
        """Its Control: that of the process, never one of our own on the same file."""
        yield Client(self.settings.db, topology().names)

    def outcomes(self, ids: set[str]) -> Iterator[OutcomeRow]:
        """What the ledger has of these articles."""
        with LocalReader(self.settings) as reader:
            for id in ids:
                yield from reader.trace(id)

    @contextmanager
    def _kill(self, _: random.Random) -> Iterator[None]:
        self._kills_at_hand += 1
        self.end()
        self.killed += 1
        try:
            yield
        finally:
            self._kills_at_hand -= 1

    @contextmanager
    def _stop(self, _: random.Random) -> Iterator[None]:
        stopped = self._process
        if stopped is None:  # killed at this moment
            yield
            return
        stopped.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            stopped.send_signal(signal.SIGCONT)

    @contextmanager
    def _locked(self, _: random.Random) -> Iterator[None]:
        """Another process writes and does not end. Nothing where one that was stopped holds the lock: it would wait for
        the end of another fault, and that for it."""
        with closing(sqlite3.connect(self.settings.db, timeout=LOCK_SECONDS, isolation_level=None)) as other:
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if other.in_transaction:
                    other.execute("ROLLBACK")

    @contextmanager
    def _full(self, _: random.Random) -> Iterator[None]:
        """No file of it may grow."""
        full = self._process
        if full is None or full.poll() is not None:
            yield
            return
        limit_files(full.pid)
        try:
            yield
        finally:
            if full.poll() is None:
                free_files(full.pid)


@contextmanager
def local(folder: Path) -> Iterator[LocalInstallation]:
    """On a file of its own."""
    installed = LocalInstallation(folder)
    try:
        yield installed
    finally:
        installed.end()
