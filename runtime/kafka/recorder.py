"""How a record of a stage ended, as it is sent to Kafka: outputs, dead letter and ledger row with their headers.

What they are is decided in runtime/recorder.py, for both runtimes.
"""

from collections.abc import Iterator, Sequence
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
from schemas.topics import Topic


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


class KafkaRecorder:
    """The recorder of one stage, for one Kafka."""

    def __init__(self, recorder: OutcomeRecorder, cluster: Cluster) -> None:
        self._recorder = recorder
        self._cluster = cluster

    def fitting(self, received: Received, outcome: Outcome) -> Outcome:
        """The outcome, or Dead where one of its outputs is over the log's limit: that can never be sent."""
        for output in outcome.outputs:
            if (size := encode(self._cluster, output, received.context).size) > limit(output.topic):
                if isinstance(outcome, Dead):  # why it died says more, and its letter says it
                    return replace(outcome, outputs=())
                return Dead("too large", f"{size} bytes for {output.topic.name}, which takes {limit(output.topic)}")
        return outcome

    def outgoing(self, received: Received, outcome: Outcome) -> Iterator[Outgoing]:
        """All that is to be confirmed before the record counts as read."""
        for output in self._recorder.outputs(received.incoming, outcome):
            yield Outgoing(output, encode(self._cluster, output, received.context))
