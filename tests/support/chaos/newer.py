"""A publisher of a later version: a header of what it writes says so, and a field that today's code does not know."""

import json

from runtime.kafka import publisher
from runtime.kafka.codec import Cluster, EncodedRecord, TraceContext, encode
from schemas.outcome import Output
from schemas.topics import Topic


class Newer:
    """From `begin` to `end` what this process publishes on a topic is of the next version."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic

    def begin(self) -> None:
        """Write as the next version does, from now on."""
        publisher.encode = self._encode  # type: ignore[attr-defined]  # the name that it calls

    def end(self) -> None:
        """Write as today."""
        publisher.encode = encode  # type: ignore[attr-defined]

    def _encode(self, cluster: Cluster, output: Output, context: TraceContext) -> EncodedRecord:
        plain = encode(cluster, output, context)
        if output.topic is not self._topic:
            return plain
        schema = f"{type(output.record).__name__}/2".encode()
        value = json.dumps(json.loads(plain.value) | {"mood": "grave"}).encode()
        return EncodedRecord(plain.topic, plain.key, value, tuple({**dict(plain.headers), "schema": schema}.items()))
