"""The account of the cluster's ledger: what it says of revisions, however often it is taken apart."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime import account
from runtime.account import Table, place
from schemas.account import State
from schemas.ledger import Ending, OutcomeRow

NOW = datetime(2026, 1, 2, tzinfo=UTC)
WAY = ("enrich", "index")
ENDINGS: tuple[Ending, ...] = ("done", "dropped", "dead")


def said(id: str, stage: str, outcome: Ending = "done", reason: str | None = None, revision: str = "1") -> OutcomeRow:
    return OutcomeRow(id=id, revision=revision, stage=stage, outcome=outcome, reason=reason, at=NOW)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(["fetch", *WAY, "match"]), st.sampled_from(ENDINGS)
    ),
    max_size=60,
)


@given(ROWS, st.integers(0, 60), st.integers(0, 60))
def test_what_is_taken_apart_and_read_on_from_an_earlier_place_is_the_same(
    rows: list[tuple[str, str, Ending]], kept: int, again: int
) -> None:
    """The last word of each stage counts, as in a dictionary; what is fed twice changes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(account, "PART", 3)
        whole, first = Table(), Table()
        expected: dict[str, dict[str, Ending]] = {}
        for number, (id, stage, outcome) in enumerate(rows):
            whole.feed(said(id, stage, outcome), number // 4)
            expected.setdefault(id, {})[stage] = outcome
            if number < kept:
                first.feed(said(id, stage, outcome), number // 4)
        second = Table()
        second.restore(first.changes())
        for number, (id, stage, outcome) in enumerate(rows):
            if number >= min(kept, again):
                second.feed(said(id, stage, outcome), number // 4)
        for table in (whole, second):
            assert {id: {one[0]: one[1] for one in table.state(id, "1")} for id in expected} == expected
            for id in expected:
                assert table.blocks(id) == {number // 4 for number, row in enumerate(rows) if row[0] == id}
        assert whole.counted(lambda block: False) == second.counted(lambda block: False)


def test_a_part_is_written_only_where_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "PART", 2)
    table = Table()
    for id in "abcde":
        table.feed(said(id, "fetch"), 0)
    assert [part.id for part in table.changes()] == ["0", "1", "2"]
    table.feed(said("c", "enrich"), 1)
    assert [part.id for part in table.changes()] == ["1"]
    assert list(table.changes()) == []


def test_the_ids_in_a_state_are_known_by_their_hashes_and_where_they_begin() -> None:
    table = Table()
    for block, id in enumerate("abc"):
        table.feed(said(id, "fetch"), block)
        table.feed(said(id, "index", "dropped" if id == "b" else "done"), 7)
    indexed = table.hashes(lambda state: ("index", "done", "") in state, lambda block: block == 0)
    assert indexed == {account.id_hash("c")}
    assert table.first_blocks({account.id_hash("a"), account.id_hash("c")}, lambda block: block == 0) == {2}


def test_what_the_log_has_let_go_of_leaves_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "PART", 2)
    table = Table()
    for number, id in enumerate("abcde"):
        table.feed(said(id, "fetch"), number)
    parts = {part.id: part for part in table.changes()}
    table.let_go(lambda block: block < 3)
    parts |= {part.id: part for part in table.changes()}
    assert (len(parts["0"].rows), bool(parts["1"].rows)) == (0, True)
    restored = Table()
    restored.restore(parts.values())
    assert restored.state("a", "1") == ()
    assert sum(restored.counted(lambda block: block < 3).values()) == 2
    table.feed(said("f", "fetch"), 5)
    assert [part.id for part in table.changes()] == ["2"]


def test_revisions_of_one_id_are_told_apart_and_found_together() -> None:
    table = Table()
    table.feed(said("a", "fetch", revision="1"), 1)
    table.feed(said("a", "fetch", revision="2"), 7)
    table.feed(said("a", "enrich", "dead", "too long", revision="2"), 9)
    assert table.state("a", "1") == (("fetch", "done", ""),)
    assert table.state("a", "2") == (("enrich", "dead", "too long"), ("fetch", "done", ""))
    assert table.blocks("a") == {1, 7, 9}
    assert (table.state("b", "1"), table.blocks("b")) == ((), set())


@pytest.mark.parametrize(
    ("state", "stands"),
    [
        ((("enrich", "done", ""),), ("fetch", "", "")),
        ((("fetch", "dead", "too large"),), ("fetch", "dead", "too large")),
        ((("fetch", "done", ""),), ("enrich", "", "")),
        ((("enrich", "dropped", "not news"), ("fetch", "done", "")), ("enrich", "dropped", "not news")),
        ((("enrich", "done", ""), ("fetch", "done", ""), ("index", "done", "")), ("", "", "")),
    ],
)
def test_where_a_revision_stands(state: State, stands: tuple[str, str, str]) -> None:
    assert place(state, WAY) == stands
