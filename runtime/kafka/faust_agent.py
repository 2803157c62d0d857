"""Runs one stage as a Faust worker: the agent, what it does on a new assignment, and what it does by the clock.

One process, one stage: `concurrency=1`, scaled by partitions and processes. The order of calls is schemas.stage.Step's.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # it ships no types
from faust.worker import Worker

from runtime.exit import STUCK, leave
from runtime.forget import KeptOut
from runtime.kafka.batch import BatchRunner
from runtime.kafka.codec import Cluster, TraceContext, encode
from runtime.kafka.exit import ExitRequest
from runtime.kafka.faust_app import make_app
from runtime.kafka.held import HeldTeller
from runtime.kafka.log_filter import logging_config
from runtime.kafka.owner import Owner
from runtime.kafka.recorder import KafkaRecorder, Outgoing, Received, receive
from runtime.kafka.sender import Sender
from runtime.kafka.state import Confirmed, KafkaState
from runtime.kafka.watchdog import Watchdog
from runtime.metrics import Metrics
from runtime.recorder import OutcomeRecorder
from runtime.services import ProcessServices
from runtime.status import StageStatus
from schemas.ledger import Origin
from schemas.outcome import Output
from schemas.stage import Stage, Step, Wait
from schemas.topics import Topic

logger = structlog.get_logger()

# A batch is handed on when it is full or this old; an alert's way has four hops, and each waits for it.
WITHIN_SECONDS = 0.03
# Runs of records (faust_consumer.py) that are handed on at once: one of each partition of a usual topic.
RUNS = 4
# How soon a hold is told to others: as soon as a person would ask.
TELL_SECONDS = 1.0


class StageAgent:
    """The Faust agent of one stage."""

    def __init__(
        self, stage: Stage, services: ProcessServices, state: KafkaState, cluster: Cluster, status: StageStatus
    ) -> None:
        """`state`: the services' state, which is told of what is sent as soon as the broker has it."""
        self._stage = stage
        self._services = services
        self._state = state
        self._cluster = cluster
        self.app = make_app(stage.name, cluster, stage.batch)
        self._sender = Sender(self.app)
        recorder = KafkaRecorder(OutcomeRecorder(stage.name, services.clock), cluster)
        self._runner = BatchRunner(self._send, recorder, ExitRequest(self.app), status)
        self._step: Step[Any] | None = None
        self._stale = True
        """Whether partitions were assigned since the step was opened."""
        self._busy = asyncio.Lock()
        self._status = status
        self._held = HeldTeller(stage.name, self._all_waits, self._publish)
        name = cluster.name(stage.reads)
        services.confirm_owner = Owner(cluster, stage.name, name, self._member).confirm
        # one of its own: the watchdog asks from its thread
        self.is_nobodys = Owner(cluster, stage.name, name, self._member).is_nobodys
        self._attach()

    def _member(self) -> str:
        """This worker's id in its group, as the broker knows it: Faust does not say it, its client does."""
        consumer: Any = self.app.consumer
        return str(consumer._thread._consumer._coordinator.member_id)

    @property
    def longest_seconds(self) -> float:
        """How long one batch of the step may take at work."""
        return self._step.longest_seconds if self._step else 0.0

    def waits(self) -> Sequence[Wait]:
        """What the step waits for beside its batch."""
        return self._step.waits() if self._step else ()

    def _all_waits(self) -> Sequence[Wait]:
        return (*self._status.waits, *self.waits())

    def _attach(self) -> None:
        name = self._cluster.name(self._stage.reads)
        topic = self.app.topic(name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
        self.app.agent(topic, name=self._stage.name, concurrency=1)(self._read)
        self.app.on_partitions_assigned.connect(self._assigned)  # type: ignore[arg-type]  # its protocol names no **_
        self.app.timer(self._stage.tick_seconds, name="tick")(self._tick)
        self.app.timer(TELL_SECONDS, name="held")(self._tell_held)

    async def _read(self, stream: Any) -> None:
        async for events in stream.take_events(RUNS, within=WITHIN_SECONDS):
            for number, batch in enumerate(batches(events, self._stage.batch)):
                if number:
                    self._runner.let_go("between two batches")
                await self._handle([message for event in batch for message in event.message.value])
                for event in batch:
                    event.ack()  # at once: the next batch may take long

    async def _handle(self, messages: Sequence[Any]) -> None:
        async with self._busy:
            step = await self._opened()
            self._state.expire()
            try:
                await self._runner.handle(step, [_receive(self._stage.reads, message) for message in messages])
            except Exception as error:  # noqa: BLE001 - were it to leave the body, the batch would count as read
                leave(f"a batch broke outside its step: {error!r}", STUCK)

    async def _opened(self) -> Step[Any]:
        """The step, made anew for each assignment: by then it knows all that earlier owners have left."""
        try:
            while self._stale or self._step is None:
                self._stale = False  # before, not after: an assignment meanwhile must not be missed
                self._step = await self._runner.insist(lambda: self._runner.in_thread(self._open))
        except asyncio.CancelledError:
            leave("the opening of the stage was cancelled")
        return self._step

    def _open(self) -> Step[Any]:
        """Blocks; raises Hold."""
        if self._step is not None:
            self._step.close()
            self._step = None
        self._state.catch_up(*self._stage.restores)
        return KeptOut(self._stage.open(self._services), self._state)

    async def _assigned(self, _app: Any, assigned: Any, **_: Any) -> None:
        self._stale = True
        self._held.begin_anew()
        logger.info("assigned", stage=self._stage.name, partitions=sorted(tp.partition for tp in assigned))

    async def _tick(self) -> None:
        """What is due by the clock, between two batches, and only by the owner of partitions."""
        if not self._owned():
            return
        async with self._busy:
            step = await self._opened()
            self._state.expire()
            outputs = await self._runner.insist(
                lambda: self._runner.in_thread(lambda: step.tick(self._services.clock()))
            )
            await self._runner.insist(lambda: self._publish(outputs))

    async def _tell_held(self) -> None:
        """What is waited for, told beside the batch that waits. Where Kafka itself is away nobody could read it."""
        try:
            await self._held.tell(self._owned())
        except Exception as error:  # noqa: BLE001 - told again in a second; a timer that raises ends the worker
            logger.info("hold not told", stage=self._stage.name, error=repr(error))

    def _owned(self) -> list[int]:
        """The partitions that are this worker's; none while they are being given out anew."""
        if self.app.rebalancing:
            return []
        name = self._cluster.name(self._stage.reads)
        return sorted(tp.partition for tp in self.app.consumer.assignment() if tp.topic == name)

    async def _publish(self, outputs: Sequence[Output]) -> None:
        """Send what came of no record. Returns when the broker has confirmed it."""
        context = TraceContext(seen=self._services.clock().isoformat())
        await self._send([Outgoing(output, encode(self._cluster, output, context)) for output in outputs])

    async def _send(self, outgoing: Sequence[Outgoing]) -> None:
        """Send all, and return when the broker has confirmed each."""
        placed = await self._sender([one.encoded for one in outgoing])
        self._state.confirmed(
            [
                Confirmed(one.output, one.encoded.value, place.partition, place.offset)
                for one, place in zip(outgoing, placed, strict=True)
            ]
        )


def batches(events: Sequence[Any], most: int) -> Iterator[list[Any]]:
    """The runs, as many at once as have `most` records together; one has no more (make_app)."""
    batch: list[Any] = []
    for event in events:
        if sum(len(one.message.value) for one in (*batch, event)) > most:
            yield batch
            batch = []
        batch.append(event)
    yield batch


def _receive(topic: Topic, message: Any) -> Received:
    """A record as the client has it."""
    origin = Origin(topic=topic.name, partition=message.partition, offset=message.offset)
    return receive(topic, origin, message.key, message.value, message.headers)


def run(stage: Stage, services: ProcessServices, state: KafkaState, cluster: Cluster, metrics: Metrics) -> None:
    """Work until stopped; ends the process with SystemExit (0 asked, 75 try again, 70 stuck, else crashed)."""
    status = metrics.status(stage.name)
    agent = StageAgent(stage, services, state, cluster, status)
    watchdog = Watchdog(agent.app, cluster, stage, status, agent.is_nobodys, lambda: agent.longest_seconds)
    metrics.waiting = lambda: {stage.name: watchdog.lag}
    metrics.waits = agent.waits
    watchdog.start()
    worker = Worker(agent.app, logging_config=logging_config(), redirect_stdouts=False, quiet=True)
    # It spins at every line of every log, for which it switches all of them to DEBUG.
    worker.spinner = None
    try:
        worker.execute_from_commandline()
    except SystemExit as end:  # Faust tells what it was, and makes this of it
        if isinstance(end.__context__, KafkaError):
            # it answered when the topics were made, and not when Faust began: nothing is wrong with the worker
            leave(f"Kafka went away: {end.__context__}")
        raise
