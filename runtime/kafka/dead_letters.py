"""The letters of the dead: listed, shown, and sent on their way again.

A letter stands as long as the last word of its stage on its record is "dead": a record that was replayed and went
through needs no mark anywhere.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.kafka import account, topic_reader
from runtime.kafka.codec import Cluster
from runtime.topology import Topology
from schemas.account import State
from schemas.ledger import Ending, Letter
from schemas.outcome import Output
from schemas.topics import DEAD

Place = tuple[str, str, str]
"""(article id, revision, stage)."""


@dataclass(frozen=True)
class Replayed:
    """What became of letters that were to be sent again."""

    sent: int
    kept: int
    """Their record is not whole (unreadable, too large): there is nothing to send."""


def letters(cluster: Cluster) -> list[Letter]:
    """The letters that stand, the latest of each record and stage, oldest first. Raises Hold."""
    last = {_place(letter): letter for letter in _all(cluster)}
    if not last:
        return []
    alive = _alive(cluster, last)
    return sorted((letter for place, letter in last.items() if place not in alive), key=lambda letter: letter.at)


def replay(
    cluster: Cluster,
    send: Callable[[Sequence[Output]], None],
    topology: Topology,
    identity: str | None = None,
    stage: str | None = None,
) -> Replayed:
    """Send letters (of one record, of one stage, or all) to the topic where their record died. Raises Hold."""
    chosen = [letter for letter in letters(cluster) if identity in (None, letter.id) and stage in (None, letter.stage)]
    outputs = [output for letter in chosen if (output := _output(letter, topology)) is not None]
    send(outputs)
    return Replayed(len(outputs), len(chosen) - len(outputs))


def _all(cluster: Cluster) -> Iterator[Letter]:
    return topic_reader.records(topic_reader.read(cluster, DEAD), DEAD, Letter)


def _alive(cluster: Cluster, places: dict[Place, Letter]) -> set[Place]:
    """Those places whose stage has had another last word since."""
    table = account.now(cluster).table
    last = {place: _said(table.state(*place[:2]), place[2]) for place in places}
    return {place for place, ending in last.items() if ending not in (None, "dead")}


def _said(state: State, stage: str) -> Ending | None:
    return next((ending for name, ending, _ in state if name == stage), None)


def _place(letter: Letter) -> Place:
    """Where its stage will have its next word. An older wirewatch's letter of bytes does not name the revision."""
    return letter.id, letter.revision or str(_raw(letter).get("revision", "")), letter.stage


def _output(letter: Letter, topology: Topology) -> Output | None:
    try:
        topic = topology.topic(letter.origin.topic)
        return Output(topic, topic.record.model_validate(_raw(letter)))
    except (KeyError, ValueError):
        return None


def _raw(letter: Letter) -> Mapping[str, Any]:
    """The record's fields; those of one that could not be read then, out of its bytes, where they are JSON."""
    if set(letter.record) != {"key", "base64"}:
        return letter.record
    try:
        fields = json.loads(base64.b64decode(letter.record["base64"]))
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
