"""How a record stands on Kafka: its topic's name there, its key, its value and its headers.

Knows no client library: publishers, workers and commands all encode and decode by this.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from runtime.kafka.security import OPEN, Access
from schemas.ledger import identity
from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import DEAD, Topic

# A body is capped at 256 KiB; a megabyte of it in JSON escapes, its original, entities and quotes fit four times.
RECORD_BYTES = 4 << 20
# A letter holds the whole record that died and what happened to it: it must always fit.
LETTER_BYTES = 2 * RECORD_BYTES
# What the broker counts besides key, value and headers: the batch's own header and lengths.
OVERHEAD_BYTES = 1024
# Raised when a field changes its meaning. A new field needs no new version: older code sees that it has no name for it.
SCHEMA_VERSION = 1
# What a record of a newer wirewatch is refused for: fields and values that this code has no name for.
_UNKNOWN = {"extra_forbidden", "literal_error", "enum", "union_tag_invalid"}
# A client that finds no broker within this says so; a broker starts in less, and a person waits no longer.
BOOTSTRAP_MS = 10_000


class UnreadableError(ValueError):
    """The bytes are no record of their topic; the message says why."""


class NewerError(UnreadableError):
    """A newer wirewatch wrote the record: it is whole, and this code has to wait for its own successor."""


@dataclass(frozen=True)
class Cluster:
    """Which Kafka, and what is put before the topics' and groups' names there (so that two can share one)."""

    bootstrap: str
    """host:port, by comma."""
    prefix: str = ""
    access: Access = OPEN

    @property
    def servers(self) -> list[str]:
        """The bootstrap servers as the client libraries take them."""
        return [server.strip() for server in self.bootstrap.split(",")]

    def arguments(self) -> dict[str, Any]:
        """What every client of kafka-python is made with. Raises OSError (Access.arguments)."""
        reached = {"bootstrap_servers": self.servers, "bootstrap_timeout_ms": BOOTSTRAP_MS}
        return reached | self.access.arguments()

    def name(self, topic: Topic) -> str:
        """The topic's name on this Kafka."""
        return self.prefix + topic.name

    def group(self, stage: str) -> str:
        """The consumer group of a stage: its own, so that a slow one delays no other."""
        return f"{self.prefix}wirewatch-{stage}"


@dataclass(frozen=True, slots=True)
class TraceContext:
    """What a record carries from stage to stage: headers that every output of it inherits."""

    trace: str = field(default_factory=lambda: uuid4().hex)
    """One for each article published: finds its way in the logs."""
    seen: str = ""
    """When it was first put on the log, ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class EncodedRecord:
    """A record ready to be sent."""

    topic: str
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]

    @property
    def size(self) -> int:
        """Bytes as the broker counts them before compression, rounded up."""
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.key) + len(self.value) + headers + OVERHEAD_BYTES


@dataclass(frozen=True, slots=True)
class DecodedRecord:
    """A record as it was read."""

    record: Record
    context: TraceContext


def limit(topic: Topic) -> int:
    """The largest record of a topic, in bytes."""
    return LETTER_BYTES if topic is DEAD else RECORD_BYTES


def encode(cluster: Cluster, output: Output, context: TraceContext) -> EncodedRecord:
    """The record with its headers: schema, revision, trace and seen."""
    record, topic = output.record, output.topic
    headers = (
        ("schema", f"{topic.record.__name__}/{SCHEMA_VERSION}".encode()),
        ("revision", identity(record)[1].encode()),
        ("trace", context.trace.encode()),
        ("seen", context.seen.encode()),
    )
    return EncodedRecord(
        cluster.name(topic),
        topic.key_of(record).encode(),
        record.model_dump_json(exclude_defaults=True).encode(),
        headers,
    )


def schema_of(headers: Iterable[tuple[str, bytes]]) -> str:
    """The schema by a record's header, as "Article/1"; empty where it has none."""
    found = next((content for name, content in headers if name == "schema"), None)
    return intern((found or b"").decode(errors="replace"))


def revision_of(headers: Iterable[tuple[str, bytes]]) -> str:
    """The revision by a record's header, which says it also where the record cannot be read."""
    return (dict(headers).get("revision") or b"").decode(errors="replace")


def decode(topic: Topic, value: bytes | None, headers: Iterable[tuple[str, bytes]]) -> DecodedRecord:
    """The record and what it carries. Raises NewerError, else UnreadableError."""
    named = {name: (content or b"").decode(errors="replace") for name, content in headers}
    record = read_record(topic, value, named.get("schema", ""))
    return DecodedRecord(record, TraceContext(named.get("trace") or uuid4().hex, named.get("seen", "")))


def read_record(topic: Topic, value: bytes | None, schema: str) -> Record:
    """The record alone. Raises NewerError, else UnreadableError."""
    check_schema(topic, schema)
    try:
        return topic.record.model_validate_json(value or b"")
    except ValidationError as error:
        if _is_newer(error):
            fields = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
            raise NewerError(_newer(topic, f"{topic.record.__name__} with an unknown {fields}")) from error
        raise UnreadableError(f"no {topic.record.__name__}: {error}") from error


def check_schema(topic: Topic, schema: str) -> None:
    """Raises NewerError, or UnreadableError, for a schema that this code does not read."""
    name, _, version = schema.partition("/")
    if not schema:
        return
    if name == topic.record.__name__ and version.isdecimal():
        if int(version) > SCHEMA_VERSION:
            raise NewerError(_newer(topic, schema))
        return
    raise UnreadableError(f"a record of schema {schema} on {topic.name}: this code reads {SCHEMA_VERSION}")


def _is_newer(error: ValidationError) -> bool:
    """Whether all that is wrong with the record is that this code does not know it."""
    return all(one["type"] in _UNKNOWN for one in error.errors())


def _newer(topic: Topic, what: str) -> str:
    return f"a record of a newer wirewatch on {topic.name} ({what}): start this worker's newer version in its place"
