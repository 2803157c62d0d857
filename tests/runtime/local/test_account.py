"""The account that triggers keep is the one that is counted anew, whatever is written, by whomever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_stage import plain_stage

from runtime.local import account
from runtime.local.ledger import ledger
from runtime.local.log import Log
from runtime.ports import ControlError
from schemas.topics import ARTICLES, ENRICHED, WIRE
from stores.sqlite.database import Database

WAY = [
    plain_stage("enrich", ARTICLES, lambda batch: []),
    plain_stage("story", ENRICHED, lambda batch: []),
    plain_stage("index", WIRE, lambda batch: []),
]
STAGES = st.sampled_from(["fetch", "enrich", "story", "index", "match"])
ENDS = st.sampled_from([("done", None), ("dropped", "a rule"), ("dead", "a reason"), ("dead", "another")])
PUT = (
    "INSERT INTO outcomes VALUES(?,?,?,?,?,'2026')"
    " ON CONFLICT DO UPDATE SET outcome=excluded.outcome, reason=excluded.reason"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "wire.db")
    Log(made)
    yield made
    made.close()


def put(database: Database, id: str, stage: str, outcome: str = "done", reason: str | None = None) -> None:
    with database.write() as connection:
        connection.execute(PUT, (id, stage, "1", outcome, reason))


@given(st.lists(st.tuples(st.sampled_from("abc"), STAGES, st.none() | ENDS), max_size=25), st.integers(0, 25))
def test_the_kept_account_is_the_counted_one(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, str, tuple[str, str | None] | None]], begun: int
) -> None:
    """Rows put, put again and taken out, before it is kept and after."""
    database = Database(tmp_path_factory.mktemp("account") / "log.db")
    try:
        Log(database)
        for number, (id, stage, end) in enumerate(written):
            if number == begun:
                account.keep(database, WAY)
            with database.write() as connection:
                if end is None:
                    connection.execute("DELETE FROM outcomes WHERE id=? AND stage=?", (id, stage))
                else:
                    connection.execute(PUT, (id, stage, "1", *end))
        account.keep(database, WAY)
        assert account.kept(database.read) == account.counted(database.read, WAY)
        for id in "abc":
            stands = account.stands(database.read, WAY, (id, "1"))
            assert stands[0] == "fetch" or account.kept(database.read).ends[stands] > 0
    finally:
        database.close()


def test_a_way_of_other_stages_is_counted_anew(database: Database) -> None:
    account.keep(database, WAY)
    put(database, "a", "fetch")
    put(database, "a", "enrich")
    assert account.kept(database.read).ends == {("story", "", ""): 1}
    account.keep(database, WAY[:1])
    assert account.kept(database.read).ends == {("", "", ""): 1}


def test_a_proof_says_what_is_wrong_and_puts_it_right(database: Database) -> None:
    account.keep(database, WAY)
    put(database, "a", "fetch", "dropped", "a rule")
    assert ledger(database, WAY, prove=True).dropped == {"fetch: a rule": 1}
    with database.write() as connection:
        connection.execute("UPDATE ends SET number=5")
    assert ledger(database, WAY).fetched == 5
    with pytest.raises(ControlError, match=r"wire\.db was wrong: it is counted anew"):
        ledger(database, WAY, prove=True)
    assert ledger(database, WAY, prove=True).fetched == 1


def test_what_is_written_past_the_program_is_seen(database: Database) -> None:
    """Also by an older version, or by hand: a row that goes takes its article out of the account."""
    account.keep(database, WAY)
    for stage in ("fetch", "enrich", "story", "index"):
        put(database, "a", stage)
    assert (ledger(database, WAY).indexed, account.tally(database.read)["index"]) == (1, {"done": 1})
    with database.write() as connection:
        connection.execute("DELETE FROM outcomes WHERE stage='story'")
    assert ledger(database, WAY).unaccounted == (("a", "1"),)
    with database.write() as connection:
        connection.execute("DELETE FROM outcomes WHERE stage='fetch'")
    assert (ledger(database, WAY).fetched, ledger(database, WAY).balanced) == (0, True)
