"""`step story`: rows are given their story, and keep what else they have."""

import json
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

TEXT = " ".join(f"word{number}" for number in range(180))


def test_rows_are_given_their_story(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"id": "a", "title": "T", "text": TEXT, "own": 1},
        {"id": "b", "text": TEXT},
        {"id": "c", "text": ""},
    ]
    lines = "\n".join(map(json.dumps, rows)).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(lines)))
    answers = list(map(json.loads, wirewatch("step", "story").out.splitlines()))
    assert [answer["story_id"] for answer in answers] == ["a", "a", "c"]
    assert answers[0]["own"] == 1
