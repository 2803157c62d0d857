"""Every stage in a process of its own on a real Kafka and Elasticsearch, and the faults that they meet."""

import os
import random
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx
from fleet.fleet import STAGES, Fleet, Member
from fleet.place import Place, apart
from servers.elasticsearch import Elasticsearch
from servers.kafka import Kafka
from servers.line import Line
from servers.proxy import Cut, Proxy
from servers.started import started

from chaos.installation import Fault, moved
from chaos.newer import Newer
from chaos.room import limit_files
from runtime.exit import TRY_AGAIN
from runtime.kafka import ledger
from runtime.ports import Control
from schemas.ledger import OutcomeRow
from schemas.topics import ARTICLES
from wirewatch.compose.open import open_control

# Lines to the broker: each of two that tell, or enrich, comes by one of its own.
SIDES = 2
TWICE = ("enrich", "deliver")
# What a full disk makes of an index.
READ_ONLY = "index.blocks.read_only_allow_delete"
# An answer of Elasticsearch that takes so long is waited for.
SLOW_SECONDS = 4.0
# Of a worker that ended by itself: a traceback of Faust and what led to it.
LAST_LINES = 60
# `forget` does not wait for a telling that has begun: loopback takes it at once, and a stopped deliver as it wakes.
GRACE = timedelta(seconds=15)


class ClusterInstallation:
    """A fleet of all stages, two that enrich and two that tell; between it and Elasticsearch is a proxy."""

    def __init__(self, folder: Path, kafka: Kafka, elasticsearch: Elasticsearch, lines: Sequence[Line]) -> None:
        """`lines`: those to Kafka by which the workers come, one after the other."""
        self._lines = lines
        self._kafka = kafka
        self._elasticsearch = elasticsearch
        self._proxy = Proxy(elasticsearch.url)
        self.settings = apart(kafka.bootstrap, self._proxy.url)
        sides = [f"127.0.0.1:{line.port}" for line in lines]
        self._fleet = Fleet(Place(self.settings, folder), clocked=True, sides=sides)
        self._newer = Newer(ARTICLES)
        self._fleet.start(*sorted(TWICE * SIDES), *(one for one in STAGES if one not in TWICE))
        self._leaving: list[Member] = []
        self._control = ExitStack()
        self._opened: Control | None = None
        self.ended: list[int] = []
        """The exit statuses with which workers ended by themselves."""
        self.killed = 0
        self.grace = GRACE
        self.faults: dict[str, Fault] = {
            "kill": self._kill,
            "stop and wake": self._stop,
            "clock moved": lambda chance: moved(chance.choice(self._fleet.members).clock, chance),
            "a worker more": self._one_more,
            "upgrade": self._upgrade,
            "broker killed": self._broker_killed,
            "broker's disk full": self._broker_full,
            "network parted": self._parted,
            "store stopped": self._store_stopped,
            "store refuses": self._store_refuses,
            "store slow": self._store_slow,
            "store's answers cut": self._store_cut,
            "store's disk full": self._store_full,
        }

    def tend(self) -> None:
        """Start again what has ended; what it said last is printed where its status does not say why."""
        for member in self._fleet.members:
            if member.status is not None:
                self.ended.append(member.status)
                if member.status != TRY_AGAIN:
                    said = member.log.splitlines()[-LAST_LINES:]
                    print(f"{member.stage} ended with {member.status}:", *said, sep="\n", flush=True)
        self._fleet.tend()

    def end(self) -> None:
        """Kill all of it."""
        self._control.close()
        self._newer.end()
        for member in self._leaving:
            member.kill()
        self._fleet.end()
        self._proxy.close()

    @contextmanager
    def opened(self) -> Iterator[Control]:
        """Its Control, opened once and anew after a call that failed."""
        if self._opened is None:
            self._opened = self._control.enter_context(open_control(self.settings))
        try:
            yield self._opened
        except BaseException:
            self._opened = None
            self._control.close()
            raise

    def outcomes(self, ids: set[str]) -> Iterator[OutcomeRow]:
        """What the ledger has of these articles."""
        for (id, _), rows in ledger.rows(self._fleet.place.cluster).items():
            if id in ids:
                yield from rows.values()

    @contextmanager
    def _kill(self, chance: random.Random) -> Iterator[None]:
        victim = chance.choice(self._fleet.members)
        self._fleet.members.remove(victim)
        victim.kill()
        self.killed += 1
        try:
            yield
        finally:
            self._fleet.start(victim.stage)

    @contextmanager
    def _stop(self, chance: random.Random) -> Iterator[None]:
        stopped = chance.choice(self._fleet.members)
        os.kill(stopped.pid, signal.SIGSTOP)
        self.killed += 1  # it may have told and not said so, as one that is killed
        try:
            yield
        finally:
            if stopped.status is None:
                os.kill(stopped.pid, signal.SIGCONT)

    @contextmanager
    def _one_more(self, chance: random.Random) -> Iterator[None]:
        """Partitions are taken from the others of its stage, and given back as it is asked to stop."""
        (joined,) = self._fleet.start(chance.choice(STAGES))
        try:
            yield
        finally:
            if joined in self._fleet.members:  # it may have ended by itself, and another stands in its place
                self._let_go(joined)

    @contextmanager
    def _upgrade(self, _: random.Random) -> Iterator[None]:
        """Somebody writes articles as a later version does, which waits; then every enrich is of that version."""
        self._newer.begin()
        try:
            yield
        finally:
            (self._fleet.place.folder / "newer").touch()
            for older in [one for one in self._fleet.members if one.stage == "enrich"]:
                self._let_go(older)
                self._fleet.start("enrich")

    def _let_go(self, member: Member) -> None:
        """Asked to stop, and not waited for: other faults have their times."""
        self._fleet.members.remove(member)
        os.kill(member.pid, signal.SIGTERM)
        self._leaving.append(member)

    @contextmanager
    def _broker_killed(self, _: random.Random) -> Iterator[None]:
        self._kafka.kill()
        self.killed += 1  # as above
        try:
            yield
        finally:
            self._kafka.ensure_running()

    @contextmanager
    def _broker_full(self, _: random.Random) -> Iterator[None]:
        """No file of it may grow: it ends by itself, and is started again once there is room."""
        if self._kafka.pid is not None:
            limit_files(self._kafka.pid)
        try:
            yield
        finally:
            self._kafka.kill()
            self._kafka.ensure_running()

    @contextmanager
    def _parted(self, chance: random.Random) -> Iterator[None]:
        """Between the broker and the workers of one side, or both, nothing comes through; people ask by another way."""
        parted = chance.sample(self._lines, chance.randrange(1, len(self._lines) + 1))
        for line in parted:
            line.part()
        self.killed += len(parted)  # one that was expelled may have told and not said so
        try:
            yield
        finally:
            for line in parted:
                line.mend()

    @contextmanager
    def _store_stopped(self, _: random.Random) -> Iterator[None]:
        self._elasticsearch.stop()
        try:
            yield
        finally:
            self._elasticsearch.ensure_running()

    @contextmanager
    def _store_refuses(self, chance: random.Random) -> Iterator[None]:
        self._proxy.refuse(chance.choice((429, 503)))
        try:
            yield
        finally:
            self._proxy.pass_on()

    @contextmanager
    def _store_slow(self, _: random.Random) -> Iterator[None]:
        self._proxy.slow(SLOW_SECONDS)
        try:
            yield
        finally:
            self._proxy.slow(0.0)

    @contextmanager
    def _store_cut(self, chance: random.Random) -> Iterator[None]:
        """The next answers to bulk requests, each in a way of its own."""
        self._proxy.cut(*chance.sample(list(Cut), len(Cut)))
        yield

    @contextmanager
    def _store_full(self, _: random.Random) -> Iterator[None]:
        """What Elasticsearch does to its indexes where its disk is full; it lets them go by itself."""
        self._block(True)
        try:
            yield
        finally:
            self._elasticsearch.ensure_running()
            self._block(None)

    def _block(self, full: bool | None) -> None:
        """Nothing where it is away at this moment, or has no index yet."""
        address = f"{self._elasticsearch.url}/{self.settings.index_prefix}*/_settings"
        with suppress(httpx.TransportError):
            answer = httpx.put(address, json={READ_ONLY: full}, timeout=60)
            if answer.status_code != httpx.codes.NOT_FOUND:
                answer.raise_for_status()


@contextmanager
def cluster(folder: Path) -> Iterator[ClusterInstallation]:
    """On servers of its own."""
    lines = [Line() for _ in range(SIDES)]
    with started(folder, lines) as (kafka, elasticsearch):
        installed = ClusterInstallation(folder, kafka, elasticsearch, lines)
        try:
            yield installed
        finally:
            for line in lines:
                line.close()
            installed.end()
