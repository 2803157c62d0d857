"""The ledger of the cluster: the account of outcomes, and what is still on its way, balanced (runtime.ledger)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from runtime.account import by_stage, id_hash, place, places
from runtime.kafka import account as kept_account
from runtime.kafka import topic_reader
from runtime.kafka.account import Account
from runtime.kafka.codec import Cluster
from runtime.ledger import NOT_FETCHED, Balance, Key, Place, balance, is_under_way
from runtime.ports import ControlError
from schemas.account import State
from schemas.ledger import FETCH, OutcomeRow
from schemas.stage import Stage
from schemas.state import Publish
from schemas.topics import OUTCOMES


def account(cluster: Cluster, way: Sequence[Stage]) -> Balance:
    """Every fetched revision in its one place. Raises Hold where the log is away.

    In flight is read first: what is settled in between is then counted as in flight, never as lost. What is on the log
    before its producer has entered it is in flight, too.
    """
    flying = in_flight(cluster, way)
    found = kept_account.now(cluster)
    names = [stage.name for stage in way]
    states = found.table.counted(found.gone)
    ends = places(states, names)
    stands = {key: place(found.table.state(*key, found.gone), names) for key in flying}
    for key, where in stands.items():
        if where == NOT_FETCHED:
            stands[key] = (names[0], "", "")
            ends[stands[key]] += 1
    lost = tuple(_lost(cluster, found, names, ends, stands))
    return balance(ends, stands, lost, by_stage(states))


def prove(cluster: Cluster, publish: Publish) -> None:
    """Count every outcome on the log anew. Raises ControlError where the account that was kept is another; it is
    replaced. Raises Hold.
    """
    counted = kept_account.proved(cluster)
    kept = kept_account.now(cluster, until=counted.read)
    if kept.table.counted(counted.gone) != counted.table.counted(counted.gone):
        kept_account.keep(publish, counted)
        raise ControlError(
            "the account that was kept on Kafka was wrong: it is counted anew; run `wirewatch ledger` again"
        )


def _lost(
    cluster: Cluster, found: Account, way: Sequence[str], ends: Mapping[Place, int], stands: Mapping[Key, Place]
) -> Iterator[Key]:
    """The names of the revisions that have not ended and are not in flight: there are none, or they are looked for."""
    under_way = sum(number for where, number in ends.items() if is_under_way(where))
    if under_way <= sum(is_under_way(where) for where in stands.values()):
        return
    blocks = found.table.blocks_of(lambda state: is_under_way(place(state, way)), found.gone)
    named: set[Key] = set()
    for row in _outcomes(cluster, blocks):
        key = row.id, row.revision
        is_new = row.stage == FETCH and key not in stands and key not in named
        if is_new and is_under_way(place(found.table.state(*key), way)):
            named.add(key)
            yield key


def _outcomes(cluster: Cluster, blocks: Iterable[int]) -> Iterator[OutcomeRow]:
    stretches = [kept_account.stretch_of(block) for block in sorted(blocks)]
    return topic_reader.records(topic_reader.stretches(cluster, OUTCOMES, stretches), OUTCOMES, OutcomeRow)


def rows(cluster: Cluster) -> dict[Key, dict[str, OutcomeRow]]:
    """The outcomes of each revision that a producer has entered, by stage: all of them, with their times. Raises Hold.

    Takes a kilobyte and a half of memory for each: for a log that is known to be small.
    """
    found: dict[Key, dict[str, OutcomeRow]] = {}
    for row in topic_reader.records(topic_reader.read(cluster, OUTCOMES), OUTCOMES, OutcomeRow):
        found.setdefault((row.id, row.revision), {})[row.stage] = row
    return {key: stages for key, stages in found.items() if FETCH in stages}


def indexed(cluster: Cluster, way: Sequence[Stage], but: Iterable[str]) -> dict[str, datetime]:
    """As Reader.indexed: of the outcomes only those blocks are read in which articles begin that are not of `but`.

    Raises Hold.
    """
    account = kept_account.now(cluster)
    left = account.table.hashes(lambda state: _is_indexed(state, way[-1].name), account.gone)
    for id in but:
        left.discard(id_hash(id))
    found: dict[str, datetime] = {}
    for row in _outcomes(cluster, account.table.first_blocks(left, account.gone)):
        if id_hash(row.id) in left:
            found[row.id] = min(row.at, found.get(row.id, row.at))  # its fetch comes first
    return found


def _is_indexed(state: State, last: str) -> bool:
    return any(stage == last and outcome == "done" for stage, outcome, _ in state)


def in_flight(cluster: Cluster, way: Sequence[Stage]) -> set[Key]:
    """The revisions before a stage that has not handled them."""
    return {
        (row.key.decode(errors="replace"), row.revision)
        for stage in way
        for row in topic_reader.read(cluster, stage.reads, group=cluster.group(stage.name))
    }


def trace(cluster: Cluster, identity: str) -> list[OutcomeRow]:
    """One article's way: its outcomes by time, of every revision. Raises Hold."""
    account = kept_account.kept(cluster)
    stretches = [kept_account.stretch_of(block) for block in sorted(account.table.blocks(identity))]
    rows = topic_reader.stretches(cluster, OUTCOMES, stretches, since=account.read)
    key = identity.encode()  # most rows are others', and are not read whole
    mine = {(row.partition, row.offset): row for row in rows if row.key == key}
    return sorted(topic_reader.records(mine.values(), OUTCOMES, OutcomeRow), key=lambda row: row.at)
