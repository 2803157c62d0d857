"""Publishes on Kafka: every record confirmed by the broker before the call returns (schemas.state.Publish).

Knows nothing of feeds. What is too large for the log becomes a letter on `dead`, never a silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError

from runtime.kafka.codec import LETTER_BYTES, OVERHEAD_BYTES, Cluster, EncodedRecord, TraceContext, encode, limit
from runtime.recorder import Incoming, OutcomeRecorder
from schemas.clock import Clock, utc_now
from schemas.ledger import FETCH, Letter, Origin, identity
from schemas.outcome import Dead, Done, Hold, Output
from schemas.topics import ARTICLES

# How long one call tries before it says Hold: longer than a broker's restart, shorter than a person's patience.
DELIVERY_MS = 30_000
TOO_LARGE = Dead("too large", f"the record is over {limit(ARTICLES)} bytes; title and address are kept here")
# What the letter keeps of an article that is too large for the log, and so for its letter.
KEPT = ("id", "revision", "title", "url", "feed")


class KafkaPublish:
    """The one way a producer sends. Thread-safe; close when done."""

    def __init__(self, cluster: Cluster, clock: Clock = utc_now) -> None:
        self._cluster = cluster
        self._clock = clock
        self._recorder = OutcomeRecorder(FETCH, clock)
        # Acknowledged by all replicas, and idempotent: what a retry sends twice, the broker stores once.
        self._producer: Any = KafkaProducer(
            **cluster.arguments(),
            acks="all",
            enable_idempotence=True,
            compression_type="lz4",
            linger_ms=5,  # a feed's articles share a request, and a lone one waits for nobody
            max_request_size=LETTER_BYTES + OVERHEAD_BYTES,
            delivery_timeout_ms=DELIVERY_MS,
            request_timeout_ms=DELIVERY_MS // 3,
            max_block_ms=DELIVERY_MS,
        )

    def __call__(self, outputs: Sequence[Output]) -> None:
        """Send, and return when all are confirmed; state only after the articles it stands for. Raises Hold."""
        self.send(self._entered(output for output in outputs if not output.topic.compacted))
        self.send(encode(self._cluster, output, TraceContext()) for output in outputs if output.topic.compacted)

    def send(self, records: Iterable[EncodedRecord]) -> None:
        """Send what is encoded already, and return when all are confirmed. Raises Hold."""
        try:
            futures = [
                self._producer.send(each.topic, value=each.value, key=each.key, headers=list(each.headers))
                for each in records
            ]
            for future in futures:
                future.get(timeout=2 * DELIVERY_MS / 1000)
        except MessageSizeTooLargeError:
            raise  # ours to mend: nothing but an article can be too large, and that was looked at
        except KafkaError as error:
            raise Hold(f"Kafka at {self._cluster.bootstrap} does not answer: {error}") from error

    def close(self) -> None:
        """Let go of the connection; what was confirmed stays, and nothing else was promised."""
        try:
            self._producer.close(timeout=1)
        except KafkaError:
            # It raises for what it could not send, before it has ended its thread, which would send that yet.
            self._producer._sender.force_close()

    def _entered(self, outputs: Iterable[Output]) -> Iterator[EncodedRecord]:
        """Each output with its headers, and each article with its entry in the ledger."""
        for output in outputs:
            context = TraceContext(seen=self._clock().isoformat())
            encoded = encode(self._cluster, output, context)
            if output.topic is not ARTICLES:
                yield encoded
            elif encoded.size > limit(ARTICLES):
                yield encode(self._cluster, self._letter(output), context)
                yield encode(self._cluster, self._recorder.row(identity(output.record), TOO_LARGE), context)
            else:
                yield encoded
                yield encode(self._cluster, self._recorder.row(identity(output.record), Done()), context)

    def _letter(self, output: Output) -> Output:
        written = self._recorder.letter(Incoming(Origin(topic=ARTICLES.name, offset=0), output.record), TOO_LARGE)
        assert isinstance(written.record, Letter)
        kept = {name: value for name, value in written.record.record.items() if name in KEPT}
        return Output(written.topic, written.record.model_copy(update={"record": kept}))
