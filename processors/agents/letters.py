"""From outcomes to what is sent: the outputs, the letters of the dead, and the rows of the ledger."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from processors.agents.standing import ending, reason
from schemas.broker import Cluster, Packed, Passage, UnreadableError, identity, limit, pack, unpack
from schemas.clock import Clock
from schemas.ledger import Letter, Origin, OutcomeRow
from schemas.outcome import Dead, Outcome, Output
from schemas.record import Record
from schemas.stage import Stage
from schemas.topics import DEAD, OUTCOMES, Topic


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was read, or what was read instead of one."""

    origin: Origin
    key: bytes
    value: bytes
    passage: Passage
    record: Record | None
    error: str = ""
    """Why there is no record."""


def entry(
    topic: Topic, origin: Origin, key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes]]
) -> Entry:
    """What stands on the log, read; what cannot be read says why."""
    try:
        unpacked = unpack(topic, value, headers)
    except UnreadableError as error:
        return Entry(origin, key or b"", value or b"", Passage(), None, str(error))
    return Entry(origin, key or b"", value or b"", unpacked.passage, unpacked.record)


@dataclass(frozen=True, slots=True)
class Sending:
    """One thing to send, and what it came from."""

    output: Output
    packed: Packed


class Scribe:
    """Writes down how each record of a stage ended."""

    def __init__(self, stage: Stage, cluster: Cluster, code_version: str, clock: Clock) -> None:
        self._stage = stage
        self._cluster = cluster
        self._code_version = code_version
        self._clock = clock

    def fitting(self, entry: Entry, outcome: Outcome) -> Outcome:
        """The outcome, or Dead where one of its outputs is over the log's limit: that can never be sent."""
        for output in outcome.outputs:
            if (size := pack(self._cluster, output, entry.passage).size) > limit(output.topic):
                if isinstance(outcome, Dead):  # why it died says more, and its letter says it
                    return replace(outcome, outputs=())
                return Dead("too large", f"{size} bytes for {output.topic.name}, which takes {limit(output.topic)}")
        return outcome

    def sendings(self, entry: Entry, outcome: Outcome) -> Iterator[Sending]:
        """All that is to be confirmed before the record counts as read."""
        letters = [self._letter(entry, outcome)] if isinstance(outcome, Dead) else []
        for output in (*letters, *outcome.outputs, self._row(entry, outcome)):
            yield Sending(output, pack(self._cluster, output, entry.passage))

    def _identity(self, entry: Entry) -> tuple[str, str]:
        if entry.record is not None:
            return identity(entry.record)
        where = f"{entry.origin.topic}-{entry.origin.partition}-{entry.origin.offset}"
        return entry.key.decode(errors="replace") or where, ""

    def _row(self, entry: Entry, outcome: Outcome) -> Output:
        identifier, revision = self._identity(entry)
        row = OutcomeRow(
            id=identifier,
            revision=revision,
            stage=self._stage.name,
            outcome=ending(outcome),
            reason=reason(outcome),
            at=self._clock(),
        )
        return Output(OUTCOMES, row)

    def _letter(self, entry: Entry, outcome: Dead) -> Output:
        identifier, revision = self._identity(entry)
        letter = Letter(
            id=identifier,
            revision=revision,
            stage=self._stage.name,
            reason=outcome.reason,
            error=outcome.error,
            origin=entry.origin,
            code_version=self._code_version,
            record=_as_fields(entry),
            at=self._clock(),
        )
        return Output(DEAD, letter)


def _as_fields(entry: Entry) -> dict[str, object]:
    if entry.record is not None:
        return entry.record.model_dump(mode="json", exclude_defaults=True)
    return {"key": entry.key.decode(errors="replace"), "base64": base64.b64encode(entry.value).decode()}
