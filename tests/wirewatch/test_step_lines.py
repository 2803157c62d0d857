"""`step NAME` over JSON lines: what goes through, what is added, and each bad line told and passed over."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Step = Callable[..., Any]


@pytest.fixture
def step(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Step:
    """A step over lines: objects, or bytes as they are. Its answers lie in `rows`."""

    def run(name: str, *lines: dict[str, Any] | bytes, options: tuple[str, ...] = ()) -> Any:
        given = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(given)))
        ran = wirewatch("step", name, *options)
        ran.rows = [json.loads(line) for line in ran.out.splitlines()]
        return ran

    return run


def test_a_text_is_repaired_and_all_else_goes_through(step: Step) -> None:
    (row,) = step("repair", {"id": 1, "text": "It â€œholdsâ€\x9d.", "own": [2]}).rows
    assert (row["id"], row["text"], row["own"]) == (1, "It “holds”.", [2])
    assert row["repairs"]


def test_names_and_quotes_are_found_in_code_points_of_the_text_given(step: Step) -> None:
    text = "🚢 “The dam will hold,” said Angela Merkel in Paris."
    (row,) = step("enrich", {"id": "a", "text": text, "own": 1}).rows
    assert {text[one["start"] : one["end"]] for one in row["entities"]} >= {"Angela Merkel", "Paris"}
    (quote,) = row["quotes"]
    assert "The dam will hold" in text[quote["start"] : quote["end"]]
    assert (row["language"], row["own"]) == ("en", 1)


def test_rows_are_matched_with_numbered_queries(step: Step, tmp_path: Path) -> None:
    (tmp_path / "queries.txt").write_text("dam AND quay\n\ntitle:dam\n")
    rows = {"id": 1, "text": "The dam at the quay."}, {"id": 2, "title": "Dam", "text": "It holds."}
    answers = step("match", *rows, options=("--queries", "queries.txt")).rows
    assert answers == [{"id": 1, "matches": [0]}, {"id": 2, "matches": [2]}]


def test_each_bad_line_is_told_and_the_rest_goes_on(step: Step) -> None:
    good = {"id": "a", "text": "The dam holds."}
    ran = step("story", b"a letter", b"[1]", b"", {"id": "b"}, good | {"text": 3}, {"text": "x"}, good)
    assert [row["id"] for row in ran.rows] == ["a"]
    told = ran.err.splitlines()
    assert [line.partition(":")[0] for line in told[:-1]] == [f"standard input, line {at}" for at in (1, 2, 4, 5, 6)]
    for line, what in zip(
        told, ("not JSON", "one object a line", "text: it is", "text: it must", "id: it"), strict=False
    ):
        assert what in line
    assert "5 lines could not be handled" in told[-1]
    assert ran.status == 1


def test_a_field_that_cannot_be_is_named(step: Step) -> None:
    ran = step("story", {"id": "a", "text": "The dam holds.", "fetched_at": "at noon"})
    assert ran.rows == []
    assert "standard input, line 1: fetched_at: " in ran.err


def test_whatever_a_row_breaks_by_is_its_own_line(step: Step, tmp_path: Path) -> None:
    (tmp_path / "queries.txt").write_text("dam\n")
    rows = {"text": "A dam without an id."}, {"id": 2, "text": "A dam."}
    ran = step("match", *rows, options=("--queries", "queries.txt"))
    assert ran.rows == [{"id": 2, "matches": [0]}]
    assert "standard input, line 1: KeyError: 'id'" in ran.err


@pytest.mark.parametrize(
    ("queries", "told"),
    [
        (b"dam\n\n((\n", "queries.txt: at 3: line 3: '(('"),
        (b"dam\n\xff", "queries.txt cannot be read: it is not UTF-8"),
    ],
)
def test_queries_that_cannot_be_read_are_told_in_one_line(
    step: Step, tmp_path: Path, queries: bytes, told: str
) -> None:
    (tmp_path / "queries.txt").write_bytes(queries)
    ran = step("match", {"id": 1, "text": "A dam."}, options=("--queries", "queries.txt"))
    assert (ran.status, ran.rows) == (1, [])
    assert told in ran.err
    assert ran.err.count("\n") == 1
