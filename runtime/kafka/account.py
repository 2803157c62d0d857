"""The account of the cluster's ledger (runtime.account), kept on a compacted topic, and read on from there.

Whoever asks reads the account, and of `outcomes` only what came since it was kept.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from runtime.account import Table
from runtime.kafka import offsets, topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.compiled_records import Row
from schemas.account import AccountPart
from schemas.ledger import OutcomeRow
from schemas.outcome import Hold, Output
from schemas.state import Publish
from schemas.topics import ACCOUNT, OUTCOMES

logger = structlog.get_logger()

HEAD = "head"
# Offsets of one block, which is read whole to find a name in it: a tenth of a second.
BLOCK = 8192
# A block's number: above these bits the partition, below them which block of it. Room for 137 billion outcomes.
PARTITION_BITS = 24
# It is kept again after so many outcomes: whoever asks reads at most as many himself, in under a second.
ENOUGH = 10_000
# And at most so many at one go, some seconds' work: alerts are recorded between two goes.
AT_ONCE = 200_000
# How often it is looked: a connection each time.
LOOK_SECONDS = 60.0


def block_of(row: Row) -> int:
    """The number of the block in which a row stands."""
    return row.partition << PARTITION_BITS | row.offset // BLOCK


def stretch_of(block: int) -> tuple[int, int, int]:
    """(partition, first offset, offset behind the last) of a block."""
    start = (block & (1 << PARTITION_BITS) - 1) * BLOCK
    return block >> PARTITION_BITS, start, start + BLOCK


@dataclass
class Account:
    """The table, up to where it has read `outcomes`, and from where on the log has them."""

    table: Table = field(default_factory=Table)
    read: dict[int, int] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)

    def gone(self, block: int) -> bool:
        """Whether the log has let go of a block."""
        partition, _, behind = stretch_of(block)
        return behind <= self.begins.get(partition, 0)


def now(cluster: Cluster, until: Mapping[int, int] | None = None) -> Account:
    """The account as it is now, or `until` these places of the log's partitions. Raises Hold."""
    account = kept(cluster)
    _go_on(cluster, account, until=until)
    return account


def kept(cluster: Cluster) -> Account:
    """The account as it was kept last. Raises Hold."""
    last = {row.key: row for row in topic_reader.read(cluster, ACCOUNT)}
    account = Account()
    head = last.pop(HEAD.encode(), None)
    read = topic_reader.record(ACCOUNT, head, AccountPart) if head else None
    if read is not None:
        account.read = {int(number): offset for number, offset in read.read.items()}
        # each is let go of as soon as it is taken up: together they are half as large again as the account
        rows = (last.pop(key) for key in sorted(last, key=int))
        account.table.restore(topic_reader.records(rows, ACCOUNT, AccountPart))
    return account


def proved(cluster: Cluster) -> Account:
    """The account counted anew from every outcome on the log. Raises Hold."""
    account = Account()
    _go_on(cluster, account)
    return account


def keep(publish: Publish, account: Account) -> None:
    """Put what changed of an account on its topic. Raises Hold."""
    account.table.let_go(account.gone)
    for part in account.table.changes():
        publish([Output(ACCOUNT, part)])
    # last: what is read again from an older place changes nothing
    head = AccountPart(id=HEAD, read={str(number): offset for number, offset in account.read.items()})
    publish([Output(ACCOUNT, head)])


class Keeper:
    """Called every few seconds; keeps the account where enough has come since it was kept last."""

    def __init__(self, cluster: Cluster, publish: Publish) -> None:
        self._cluster = cluster
        self._publish = publish
        self._read: dict[int, int] = {}
        self._look_at = 0.0

    def __call__(self) -> None:
        """Look, and keep it where it is time. Where the log is away it is kept later."""
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_SECONDS
        try:
            if (behind := self._behind()) >= ENOUGH:
                if behind > AT_ONCE:
                    self._look_at = 0.0
                account = kept(self._cluster)  # as it is on the log: a proof may have put it right
                _go_on(self._cluster, account, AT_ONCE)
                keep(self._publish, account)
                self._read = account.read
        except Hold as hold:
            logger.info("the account is kept later", why=hold.why)

    def _behind(self) -> int:
        with topic_reader.opened(self._cluster) as plain:
            ends = offsets.ends(plain, topic_reader.partitions(plain, self._cluster.name(OUTCOMES)))
        return sum(max(0, end - self._read.get(each.partition, 0)) for each, end in ends.items())


def _go_on(cluster: Cluster, account: Account, most: int | None = None, until: Mapping[int, int] | None = None) -> None:
    """Read what came since: `most` outcomes of each partition, or `until` a place in each."""
    with topic_reader.opened(cluster) as plain:
        every = topic_reader.partitions(plain, cluster.name(OUTCOMES))
        plain.assign(every)
        begins, ends = offsets.begins(plain, every), offsets.ends(plain, every)
        account.begins = {each.partition: begin for each, begin in begins.items()}
        for each in every:
            start = max(account.read.get(each.partition, 0), begins[each])
            plain.seek(each, start)
            if most is not None:
                ends[each] = min(ends[each], start + most)
            if until is not None:
                ends[each] = min(ends[each], until.get(each.partition, 0))
        for row in topic_reader.to_end(plain, ends):
            if (outcome := topic_reader.record(OUTCOMES, row, OutcomeRow)) is not None:
                account.table.feed(outcome, block_of(row), account.gone)
        account.read = {each.partition: end for each, end in ends.items()}
