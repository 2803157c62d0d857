"""Publishes on Kafka: every record confirmed by the broker before the call returns (schemas.state.Publish).

Knows nothing of feeds. What is too large for the log becomes a letter on `dead`, never a silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError

from runtime.kafka.codec import LETTER_BYTES, OVERHEAD_BYTES, Cluster, Packed, Passage, identity, limit, pack
from schemas.clock import Clock, utc_now
from schemas.ledger import FETCH, Ending, Letter, Origin, OutcomeRow
from schemas.outcome import Hold, Output
from schemas.topics import ARTICLES, DEAD, OUTCOMES

# How long one call tries before it says Hold: longer than a broker's restart, shorter than a person's patience.
DELIVERY_MS = 30_000


class KafkaPublish:
    """The one way a producer sends. Thread-safe; close when done."""

    def __init__(self, cluster: Cluster, code_version: str, clock: Clock = utc_now) -> None:
        self._cluster = cluster
        self._code_version = code_version
        self._clock = clock
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
        self.send(pack(self._cluster, output, Passage()) for output in outputs if output.topic.compacted)

    def send(self, records: Iterable[Packed]) -> None:
        """Send what is packed already, and return when all are confirmed. Raises Hold."""
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
        self._producer.close(timeout=1)

    def _entered(self, outputs: Iterable[Output]) -> Iterator[Packed]:
        """Each output with its headers, and each article with its entry in the ledger."""
        for output in outputs:
            passage = Passage(seen=self._clock().isoformat())
            packed = pack(self._cluster, output, passage)
            if output.topic is not ARTICLES:
                yield packed
            elif packed.size > limit(ARTICLES):
                yield pack(self._cluster, self._letter(output), passage)
                yield pack(self._cluster, self._row(output, "dead", "too large"), passage)
            else:
                yield packed
                yield pack(self._cluster, self._row(output, "done", None), passage)

    def _row(self, output: Output, outcome: Ending, reason: str | None) -> Output:
        identifier, revision = identity(output.record)
        row = OutcomeRow(
            id=identifier, revision=revision, stage=FETCH, outcome=outcome, reason=reason, at=self._clock()
        )
        return Output(OUTCOMES, row)

    def _letter(self, output: Output) -> Output:
        identifier, revision = identity(output.record)
        fields = output.record.model_dump(mode="json", exclude_defaults=True)
        letter = Letter(
            id=identifier,
            revision=revision,
            stage=FETCH,
            reason="too large",
            error=f"the record is over {limit(ARTICLES)} bytes; title and address are kept here",
            origin=Origin(topic=ARTICLES.name, offset=0),
            code_version=self._code_version,
            record={name: fields[name] for name in ("id", "revision", "title", "url", "feed") if name in fields},
            at=self._clock(),
        )
        return Output(DEAD, letter)
