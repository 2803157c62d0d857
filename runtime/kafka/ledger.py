"""The ledger of the cluster: the outcomes topic, and what is still on its way, balanced (runtime.ledger)."""

from collections.abc import Sequence
from datetime import datetime

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.ledger import Balance, Key, balance
from schemas.ledger import FETCH, OutcomeRow
from schemas.stage import Stage
from schemas.topics import OUTCOMES


def account(cluster: Cluster, way: Sequence[Stage]) -> Balance:
    """Every fetched revision in its one place. Raises Hold where the log is away.

    In flight is read first: what is settled in between is then counted as in flight, never as lost.
    """
    flying = in_flight(cluster, way)
    found = rows(cluster)
    for key in flying:
        found.setdefault(key, {})
    return balance(found, flying, way)


def rows(cluster: Cluster) -> dict[Key, dict[str, OutcomeRow]]:
    """The outcomes of each revision by stage; the last word of a stage counts.

    Those that a producer has entered: of the others the first rows went with the topic's retention, or they are
    alerts, whose ids are their own.
    """
    found: dict[Key, dict[str, OutcomeRow]] = {}
    for row in topic_reader.records(topic_reader.read(cluster, OUTCOMES), OUTCOMES, OutcomeRow):
        found.setdefault((row.id, row.revision), {})[row.stage] = row
    return {key: stages for key, stages in found.items() if FETCH in stages}


def indexed(cluster: Cluster, way: Sequence[Stage]) -> dict[str, datetime]:
    """As Reader.indexed. Raises Hold."""
    found: dict[str, datetime] = {}
    for (id, _), stages in rows(cluster).items():
        if way[-1].name in stages and stages[way[-1].name].outcome == "done":
            found[id] = min(stages[FETCH].at, found.get(id, stages[FETCH].at))
    return found


def in_flight(cluster: Cluster, way: Sequence[Stage]) -> set[Key]:
    """The revisions before a stage that has not handled them."""
    return {
        (row.key.decode(errors="replace"), row.revision)
        for stage in way
        for row in topic_reader.read(cluster, stage.reads, group=cluster.group(stage.name))
    }


def trace(cluster: Cluster, identity: str) -> list[OutcomeRow]:
    """One article's way: its outcomes by time, of every revision."""
    read = topic_reader.read(cluster, OUTCOMES, key=identity)
    mine = (row for row in read if row.key.decode(errors="replace") == identity)
    return sorted(topic_reader.records(mine, OUTCOMES, OutcomeRow), key=lambda row: row.at)
