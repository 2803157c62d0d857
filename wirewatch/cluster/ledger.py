"""The ledger of the cluster: the outcomes topic, and what is still on its way, balanced (wirewatch.accounts)."""

from collections.abc import Mapping

from schemas.broker import Cluster
from schemas.ledger import OutcomeRow
from schemas.topics import OUTCOMES
from wirewatch.accounts import WAY, Account, Key, balance
from wirewatch.cluster import reading


def account(cluster: Cluster) -> Account:
    """Every fetched revision in its one place. Raises Hold where the log is away.

    In flight is read first: what is settled in between is then counted as in flight, never as lost.
    """
    flying = in_flight(cluster)
    found = rows(cluster)
    for key in flying:
        found.setdefault(key, {})
    return balance(found, flying)


def rows(cluster: Cluster) -> dict[Key, dict[str, OutcomeRow]]:
    """The outcomes of each revision by stage; the last word of a stage counts."""
    found: dict[Key, dict[str, OutcomeRow]] = {}
    for read in reading.read(cluster, OUTCOMES):
        row = OutcomeRow.model_validate_json(read.value or b"")
        found.setdefault((row.id, row.revision), {})[row.stage] = row
    return _of_articles(found)


def in_flight(cluster: Cluster) -> set[Key]:
    """The revisions before a stage that has not handled them."""
    return {
        (row.key.decode(), row.revision)
        for stage, topic in WAY.items()
        for row in reading.read(cluster, topic, group=cluster.group(stage))
    }


def trace(cluster: Cluster, identity: str) -> list[OutcomeRow]:
    """One article's way: its outcomes by time, of every revision."""
    mine = (
        OutcomeRow.model_validate_json(row.value or b"")
        for row in reading.read(cluster, OUTCOMES)
        if row.key.decode() == identity
    )
    return sorted(mine, key=lambda row: row.at)


def _of_articles(found: Mapping[Key, dict[str, OutcomeRow]]) -> dict[Key, dict[str, OutcomeRow]]:
    """Without the rows of deliver, whose records are alerts with ids of their own."""
    return {key: stages for key, stages in found.items() if set(stages) != {"deliver"}}
