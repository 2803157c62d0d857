"""The ledger of the local log: fetched = indexed + dropped + dead + in flight, and who is unaccounted for.

A proof, not a counter: outcomes are a set by (id, revision, stage), and "in flight" is read off the log itself.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from runtime.ledger import Balance, balance
from schemas.ledger import FETCH, OutcomeRow
from schemas.stage import Stage
from stores.sqlite.database import Database


def ledger(database: Database, way: Sequence[Stage]) -> Balance:
    """The account of every revision of every article that was ever fetched and not yet retired or forgotten."""
    connection = database.read
    with_outcomes: dict[tuple[str, str], dict[str, OutcomeRow]] = {}
    for row in connection.execute("SELECT id, revision, stage, outcome, reason, at FROM outcomes"):
        outcome = OutcomeRow(**dict(row))
        with_outcomes.setdefault((outcome.id, outcome.revision), {})[outcome.stage] = outcome
    fetched = {key: rows for key, rows in with_outcomes.items() if FETCH in rows}
    return balance(fetched, _in_flight(database, way), way)


def indexed(database: Database, way: Sequence[Stage]) -> dict[str, datetime]:
    """As Reader.indexed."""
    rows = database.read.execute(
        "SELECT done.id, min(fetch.at) FROM outcomes AS done JOIN outcomes AS fetch"
        " ON fetch.id=done.id AND fetch.revision=done.revision AND fetch.stage=?"
        " WHERE done.stage=? AND done.outcome='done' GROUP BY done.id",
        (FETCH, way[-1].name),
    )
    return {id: datetime.fromisoformat(at) for id, at in rows}


def _in_flight(database: Database, way: Sequence[Stage]) -> Counter[tuple[str, str]]:
    """(id, revision) of what stands on the log before a stage of the way to the index."""
    waiting: Counter[tuple[str, str]] = Counter()
    for stage in way:
        rows = database.read.execute(
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
