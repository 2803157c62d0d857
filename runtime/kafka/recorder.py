"""How a record of a stage ended, as it is sent to Kafka: outputs, dead letter and ledger row with their headers.

What they are is decided in runtime/recorder.py, for both runtimes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from runtime.kafka.codec import (
    Cluster,
    EncodedRecord,
    NewerError,
    TraceContext,
    UnreadableError,
    decode,
    encode,
    limit,
    revision_of,
)
from runtime.recorder import Incoming, OutcomeRecorder
from schemas.ledger import Origin
from schemas.outcome import Dead, Outcome, Output
from schemas.topics import DEAD, Topic


@dataclass(frozen=True, slots=True)
class Received:
    """What was read, and the headers that its outputs inherit."""

    incoming: Incoming
    context: TraceContext
    newer: bool = False
    """A newer wirewatch wrote it: it is whole, and waits."""


def receive(
    topic: Topic, origin: Origin, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
) -> Received:
    """What stands on the log, read; what cannot be read says why."""
    try:
        decoded = decode(topic, value, headers)
    except UnreadableError as error:
        incoming = Incoming(origin, None, key or b"", value or b"", str(error), revision_of(headers))
        return Received(incoming, TraceContext(), isinstance(error, NewerError))
    return Received(Incoming(origin, decoded.record, key or b"", value or b""), decoded.context)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to send, and what it came from."""

    output: Output
    encoded: EncodedRecord


@dataclass(frozen=True, slots=True)
class Ended:
    """How a record ended, and all that is to be confirmed before it counts as read."""

    outcome: Outcome
    outgoing: tuple[Outgoing, ...]


class KafkaRecorder:
    """The recorder of one stage, for one Kafka."""

    def __init__(self, recorder: OutcomeRecorder, cluster: Cluster) -> None:
        self._recorder = recorder
        self._cluster = cluster

    def ended(self, received: Received, outcome: Outcome) -> Ended:
        """With its outputs, letter and row. Dead where an output is over the log's limit: that can never be sent."""
        outputs = self._recorder.outputs(received.incoming, outcome)
        outgoing = tuple(Outgoing(one, encode(self._cluster, one, received.context)) for one in outputs)
        for one in outgoing:
            if one.output.topic is not DEAD and one.encoded.size > limit(one.output.topic):
                return self.ended(received, _too_large(outcome, one))
        return Ended(outcome, outgoing)


def _too_large(outcome: Outcome, one: Outgoing) -> Dead:
    if isinstance(outcome, Dead):  # why it died says more, and its letter says it
        return replace(outcome, outputs=())
    topic = one.output.topic
    return Dead("too large", f"{one.encoded.size} bytes for {topic.name}, which takes {limit(topic)}")
