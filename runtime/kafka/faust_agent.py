"""Runs one stage as a Faust worker: the agent, what it does on a new assignment, and what it does now and then.

One process, one stage: `concurrency=1`, scaled by partitions and processes.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from faust.worker import Worker

from runtime.kafka.batch import Body
from runtime.kafka.codec import Cluster, Passage, pack
from runtime.kafka.exit import Leaving, leave
from runtime.kafka.faust_app import make_app
from runtime.kafka.log_filter import logging_config
from runtime.kafka.recorder import Entry, Scribe, Sending, entry
from runtime.kafka.status import Standing
from runtime.kafka.watchdog import Watchdog
from schemas.clock import Clock, utc_now
from schemas.ledger import Origin
from schemas.outcome import Output
from schemas.stage import Stage
from schemas.topics import Topic

logger = structlog.get_logger()

# A batch is handed on when it is full or this old; an alert's way has four hops, and each waits for it.
WITHIN_SECONDS = 0.03
# How often what is due by the clock (a digest) is looked for.
ROUND_SECONDS = 5.0


@dataclass(frozen=True)
class Confirmed:
    """An output that the broker has, and where."""

    output: Output
    value: bytes
    partition: int
    offset: int


def _nothing(*_: object) -> None:
    """For a stage without memory."""


@dataclass(frozen=True)
class Work:
    """A stage, and what it needs besides its step."""

    stage: Stage
    take_over: Callable[[], None] = _nothing
    """Called before the first batch of newly assigned partitions, in the step's thread: blocks until the stage's
    memory holds all that earlier owners wrote. May raise Hold."""
    confirmed: Callable[[Sequence[Confirmed]], None] = _nothing
    """Told of outputs once the broker has them: a stage that reads its own state must see them at once."""
    due: Callable[[], Sequence[Output]] | None = None
    """Outputs that are due by the clock; called every few seconds, between batches, where partitions are owned."""
    stall_seconds: float = 150.0
    """Without a batch done for so long while records wait, the worker ends: more than its longest batch takes."""
    code_version: str = ""
    clock: Clock = field(default=utc_now)


class Agent:
    """The Faust agent of one stage."""

    def __init__(self, work: Work, cluster: Cluster) -> None:
        self._work = work
        self._cluster = cluster
        self.app = make_app(work.stage.name, cluster)
        self.standing = Standing(work.stage.name)
        scribe = Scribe(work.stage, cluster, work.code_version, work.clock)
        self._body = Body(work.stage, self._send, scribe, Leaving(self.app), self.standing)
        self._taken_over = False
        self._busy = asyncio.Lock()
        self._attach()

    def _attach(self) -> None:
        name = self._cluster.name(self._work.stage.reads)
        topic = self.app.topic(name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
        self.app.agent(topic, name=self._work.stage.name, concurrency=1)(self._read)
        self.app.on_partitions_assigned.connect(self._assigned)  # type: ignore[arg-type]  # its protocol names no **_
        if self._work.due is not None:
            self.app.timer(ROUND_SECONDS, name="due")(self._round)

    async def _read(self, stream: Any) -> None:
        async for events in stream.take_events(self._work.stage.batch, within=WITHIN_SECONDS):
            async with self._busy:
                await self._ready()
                await self._body.handle([_entry(self._work.stage.reads, event.message) for event in events])

    async def _ready(self) -> None:
        """Take over what earlier owners of the partitions left, once for each assignment."""
        try:
            while not self._taken_over:
                self._taken_over = True  # before, not after: an assignment meanwhile must not be missed
                await self._body.insist(lambda: self._body.in_thread(self._work.take_over))
        except asyncio.CancelledError:
            leave("a take-over was cancelled")

    async def _assigned(self, _app: Any, assigned: Any, **_: Any) -> None:
        self._taken_over = False
        logger.info("assigned", stage=self._work.stage.name, partitions=sorted(tp.partition for tp in assigned))

    async def _round(self) -> None:
        """What is due by the clock, between two batches, and only by the owner of partitions."""
        due = self._work.due
        if due is None or self.app.rebalancing or not self.app.consumer.assignment():
            return
        async with self._busy:
            await self._ready()
            outputs = await self._body.insist(lambda: self._body.in_thread(due))
            passage = Passage(seen=self._work.clock().isoformat())
            sendings = [Sending(output, pack(self._cluster, output, passage)) for output in outputs]
            await self._body.insist(lambda: self._send(sendings))

    async def _send(self, sendings: Sequence[Sending]) -> None:
        """Send all, and return when the broker has confirmed each."""
        producer = await self.app.maybe_start_producer()
        waiting = [
            await producer.send(
                sending.packed.topic,
                key=sending.packed.key,
                value=sending.packed.value,
                partition=None,
                timestamp=None,
                headers=list(sending.packed.headers),
            )
            for sending in sendings
        ]
        placed = await asyncio.gather(*waiting)
        self._work.confirmed(
            [
                Confirmed(sending.output, sending.packed.value, place.partition, place.offset)
                for sending, place in zip(sendings, placed, strict=True)
            ]
        )


def _entry(topic: Topic, message: Any) -> Entry:
    """What Faust hands over."""
    origin = Origin(topic=topic.name, partition=message.partition, offset=message.offset)
    headers = message.headers.items() if isinstance(message.headers, dict) else message.headers or ()
    return entry(topic, origin, message.key, message.value, headers)


def run(work: Work, cluster: Cluster) -> None:
    """Work until stopped; ends the process with SystemExit (0 asked, 75 try again, 70 stuck, else crashed)."""
    agent = Agent(work, cluster)
    Watchdog(agent.app, cluster, work.stage, agent.standing, work.stall_seconds).start()
    worker = Worker(agent.app, logging_config=logging_config(), redirect_stdouts=False, quiet=True)
    # It spins at every line of every log, for which it switches all of them to DEBUG.
    worker.spinner = None
    worker.execute_from_commandline()
