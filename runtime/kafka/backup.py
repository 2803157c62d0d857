"""What exists only on Kafka, in one file, and back onto an empty one: state, letters, and what is still on its way.

JSON lines, compressed by gzip: first a line that says what it is, then one for each record. Articles that are in the
store are in its own snapshots, and outcomes are not kept.
"""

import base64
import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from runtime.backup_file import whole
from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster, EncodedRecord, TraceContext, encode
from runtime.kafka.compiled_records import Row
from runtime.kafka.publisher import KafkaPublish
from runtime.ports import ControlError
from runtime.topology import Topology
from schemas.outcome import Output
from schemas.topics import ACCOUNT, DEAD, HELD, Topic

FORMAT = {"wirewatch": "backup of Kafka", "format": 1}
# Follow from the rest of the log: the workers write them anew.
DERIVED = (ACCOUNT, HELD)
# Records sent and waited for at one go.
AT_ONCE = 500


def backup(cluster: Cluster, topology: Topology, path: Path) -> dict[str, int]:
    """Write the file, beside whoever works; how many records of each topic. Raises ControlError, Hold."""
    counts: dict[str, int] = {}
    with whole(path) as partial, gzip.open(partial, "wt", encoding="utf-8") as file:
        file.write(json.dumps(FORMAT) + "\n")
        for topic, row in _rows(cluster, topology):
            file.write(json.dumps({"topic": topic.name} | _line(row)) + "\n")
            counts[topic.name] = counts.get(topic.name, 0) + 1
    return counts


def restore(cluster: Cluster, topology: Topology, path: Path) -> dict[str, int]:
    """Put all of it on an empty Kafka; how many records of each topic. Raises ControlError, Hold."""
    for topic in topology.topics:
        if next(topic_reader.read(cluster, topic), None) is not None:
            raise ControlError(
                f"Kafka at {cluster.bootstrap} has records on {cluster.name(topic)} already: restore before the first"
                " worker or producer is started"
            )
    counts: dict[str, int] = {}
    with topic_reader.answering(cluster):
        publish = KafkaPublish(cluster)
    try:
        records = _encoded(cluster, topology, path)
        while some := list(islice(records, AT_ONCE)):
            publish.send(encoded for _, encoded in some)
            for name, _ in some:
                counts[name] = counts.get(name, 0) + 1
    finally:
        publish.close()
    return counts


def _rows(cluster: Cluster, topology: Topology) -> Iterator[tuple[Topic, Row]]:
    """State first, then what is on its way, along the way: what moves on meanwhile is found again further on."""
    kept = [topic for topic in topology.topics if topic.compacted and topic not in DERIVED]
    for topic in (*kept, DEAD):
        for row in topic_reader.read(cluster, topic):
            yield topic, row
    for stage in topology.stages:
        if not stage.reads.compacted:
            for row in topic_reader.read(cluster, stage.reads, group=cluster.group(stage.name)):
                yield stage.reads, row


def _line(row: Row) -> dict[str, Any]:
    """A record as JSON; bytes that are none, which a stage will find dead, as they are."""
    try:
        return {"record": json.loads(row.value or b"")}
    except ValueError:
        return {"key": row.key.decode(errors="replace"), "bytes": base64.b64encode(row.value or b"").decode()}


def _encoded(cluster: Cluster, topology: Topology, path: Path) -> Iterator[tuple[str, EncodedRecord]]:
    """The file's records. Raises ControlError where it is none, or a line of it is not whole."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            if json.loads(next(file, "null")) != FORMAT:
                raise ControlError(f"{path} is no backup of Kafka of this format: {FORMAT}")
            for number, line in enumerate(file, 2):
                yield _one(cluster, topology, json.loads(line), f"{path}, line {number}")
    except (OSError, EOFError, ValueError) as error:
        raise ControlError(f"{path} cannot be read as a backup: {error}") from error


def _one(cluster: Cluster, topology: Topology, given: Any, where: str) -> tuple[str, EncodedRecord]:
    try:
        topic = topology.topic(given["topic"])
        if "bytes" in given:
            value = base64.b64decode(given["bytes"], validate=True)
            return topic.name, EncodedRecord(cluster.name(topic), given["key"].encode(), value, ())
        record = topic.record.model_validate(given["record"])
        return topic.name, encode(cluster, Output(topic, record), TraceContext())
    except (KeyError, ValueError, TypeError) as error:
        raise ControlError(f"{where} is no record of this version: {error}") from error
