"""The ledger's account, kept as it goes: how many revisions stand where, and which have not ended.

Triggers keep it, so that whoever writes an outcome, an older wirewatch too, keeps it right. To ask for it costs as much
as there are kinds of ends and revisions on their way, however many articles there ever were.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from runtime.account import by_stage, places
from runtime.account import place as place_of
from runtime.ledger import ENDED, Key, Place, is_under_way
from runtime.local.account_sql import TABLES, TRIGGERS, place
from schemas.account import State
from schemas.ledger import FETCH, Ending
from schemas.stage import Stage
from stores.sqlite.database import Database


@dataclass(frozen=True)
class Account:
    """How many revisions stand at each place, and those that have not ended."""

    ends: Counter[Place]
    under_way: frozenset[Key]
    tally: dict[str, dict[str, int]]
    """How many outcomes of each kind each stage has entered."""


def keep(database: Database, way: Sequence[Stage]) -> None:
    """Keep the account by this way from now on. A file that has none, or has one by another way, is counted once."""
    if is_kept(database.read, way):
        return
    with database.write() as connection:
        if is_kept(connection, way):  # by another process, meanwhile
            return
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for table, columns in TABLES.items():
            connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(f"CREATE TABLE {table}({columns}) WITHOUT ROWID")
        connection.executemany("INSERT INTO way VALUES(?,?)", enumerate(_names(way)))
        put(connection, counted(connection, way))
        for name, body in TRIGGERS.items():
            connection.execute(f"CREATE TRIGGER {name} {body}")


def is_kept(connection: sqlite3.Connection, way: Sequence[Stage]) -> bool:
    """Whether the file has an account by this way."""
    marks = ",".join("?" * len(TRIGGERS))
    sql = f"SELECT count(*) FROM sqlite_master WHERE type='trigger' AND name IN ({marks})"
    if connection.execute(sql, tuple(TRIGGERS)).fetchone()[0] < len(TRIGGERS):
        return False
    return [row[0] for row in connection.execute("SELECT stage FROM way ORDER BY rank")] == _names(way)


def put(connection: sqlite3.Connection, account: Account) -> None:
    """Keep this account from now on. Call it within a transaction."""
    for table in ("ends", "under_way", "tally"):
        connection.execute(f"DELETE FROM {table}")
    connection.executemany("INSERT INTO ends VALUES(?,?,?,?)", [(*place, n) for place, n in account.ends.items()])
    connection.executemany("INSERT INTO under_way VALUES(?,?)", account.under_way)
    rows = [(stage, outcome, number) for stage, of in account.tally.items() for outcome, number in of.items()]
    connection.executemany("INSERT INTO tally VALUES(?,?,?)", rows)


def kept(connection: sqlite3.Connection) -> Account:
    """The account as it was kept."""
    rows = connection.execute("SELECT stage, outcome, reason, number FROM ends WHERE number<>0")
    ends: Counter[Place] = Counter({(row[0], row[1], row[2]): row[3] for row in rows})
    under_way = frozenset((row[0], row[1]) for row in connection.execute("SELECT id, revision FROM under_way"))
    return Account(ends, under_way, tally(connection))


def counted(connection: sqlite3.Connection, way: Sequence[Stage]) -> Account:
    """The account by this way, counted from the outcomes themselves."""
    names = [stage.name for stage in way]
    states: Counter[State] = Counter()
    unended: dict[State, bool] = {}  # each kind is asked for once: there are millions of revisions, and few kinds
    under_way: set[Key] = set()
    for id, revision, state in _states(connection):
        states[state] += 1
        if state not in unended:
            unended[state] = is_under_way(place_of(state, names))
        if unended[state]:
            under_way.add((id, revision))
    return Account(places(states, names), frozenset(under_way), by_stage(states))


def _states(connection: sqlite3.Connection) -> Iterator[tuple[str, str, State]]:
    """Every revision and what each stage said of it, in the order in which they lie in the file."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there are millions
    cursor.execute(
        "SELECT id, revision, stage, outcome, coalesce(reason, '') FROM outcomes ORDER BY id, stage, revision"
    )
    for id, rows in groupby(cursor, itemgetter(0)):
        said: dict[str, list[tuple[str, Ending, str]]] = {}
        for _, revision, *words in rows:
            said.setdefault(revision, []).append(tuple(words))
        for revision, every in said.items():
            yield id, revision, tuple(every)


def stands(connection: sqlite3.Connection, way: Sequence[Stage], key: Key) -> Place:
    """Where one revision stands."""
    names = _names(way)
    listed = ",".join(f"({rank},?{rank + 3})" for rank in range(len(names)))
    sql = f"WITH way(rank, stage) AS (VALUES {listed}) {place('?1', '?2')}"
    row = connection.execute(sql, (*key, *names)).fetchone()
    return row[0], row[1], row[2]


def tally(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """How many outcomes of each kind each stage has entered: a few rows, cheap enough for every scrape."""
    counts: dict[str, dict[str, int]] = {}
    for stage, outcome, number in connection.execute("SELECT stage, outcome, number FROM tally WHERE number<>0"):
        counts.setdefault(stage, {})[outcome] = number
    return counts


def _names(way: Sequence[Stage]) -> list[str]:
    return [FETCH, *(stage.name for stage in way), ENDED]
