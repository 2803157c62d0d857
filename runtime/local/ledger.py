"""The ledger of the local log: fetched = indexed + dropped + dead + in flight, and who is unaccounted for.

A proof, not a counter: outcomes are a set by (id, revision, stage), and "in flight" is read off the log itself. What
ended is counted as it goes (runtime.local.account), or anew.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from runtime.ledger import Balance, Key, balance
from runtime.local import account
from runtime.ports import ControlError
from schemas.ledger import FETCH, OutcomeRow
from schemas.stage import Stage
from stores.sqlite.database import Database
from stores.sqlite.searching import snapshot


def ledger(database: Database, way: Sequence[Stage], prove: bool = False) -> Balance:
    """The account of every revision of every article that was ever fetched and not yet retired or forgotten.

    As it was kept, or (`prove`) counted anew from every outcome. Raises ControlError where the two differ; it is kept
    rightly from then on.
    """
    with snapshot(database.read) as connection:
        is_kept = account.is_kept(connection, way)
        found = account.kept(connection) if is_kept and not prove else account.counted(connection, way)
        flying = {key: account.stands(connection, way, key) for key in _in_flight(connection, way)}
        wrong = is_kept and prove and account.kept(connection) != found
    if wrong:
        with database.write() as connection:
            account.put(connection, account.counted(connection, way))
        raise ControlError(
            f"the account that was kept in {database.path} was wrong: it is counted anew; run `wirewatch ledger` again"
        )
    return balance(found.ends, flying, found.under_way, found.tally)


def indexed(database: Database, way: Sequence[Stage], but: Iterable[str]) -> dict[str, datetime]:
    """As Reader.indexed."""
    done = database.read.execute("SELECT id FROM outcomes WHERE stage=? AND outcome='done'", (way[-1].name,))
    left = {id for (id,) in done}
    left.difference_update(but)
    first = "SELECT min(at) FROM outcomes WHERE id=? AND stage=?"
    fetched = {id: database.read.execute(first, (id, FETCH)).fetchone()[0] for id in left}
    return {id: datetime.fromisoformat(at) for id, at in fetched.items() if at is not None}


def _in_flight(connection: sqlite3.Connection, way: Sequence[Stage]) -> set[Key]:
    """(id, revision) of what stands on the log before a stage of the way to the index."""
    waiting: set[Key] = set()
    for stage in way:
        rows = connection.execute(
            "SELECT id, json_extract(record, '$.revision') FROM log LEFT JOIN position ON position.stage=?"
            " WHERE log.topic=? AND log.offset>=coalesce(position.next, 0)",
            (stage.name, stage.reads.name),
        )
        waiting.update((identity, revision) for identity, revision in rows)
    return waiting


def trace(database: Database, identity: str) -> list[OutcomeRow]:
    """One article's way, stage by stage, in the order of time."""
    rows = database.read.execute(
        "SELECT id, revision, stage, outcome, reason, at FROM outcomes WHERE id=? ORDER BY at", (identity,)
    )
    return [OutcomeRow(**dict(row)) for row in rows]
