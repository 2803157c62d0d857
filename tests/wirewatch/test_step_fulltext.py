"""`step fulltext`: a page, and what a feed says of it -> what the article becomes, and what stood in its place."""

import base64
import json
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

Wirewatch = Callable[..., Any]

URL = "https://harbour.example/1"
TEXT = "Die Fähre fährt wieder, sagte die Kapitänin am Dienstag. „Alle drei Boote sind zurück“, fügte sie hinzu."
PAGE = f"<html><head><meta charset='windows-1252'></head><body><article><h1>Fähre</h1><p>{TEXT}</p></article></body>"
WALL = "<html><body><main><h1>Halt</h1><p>Sie sehen unser Angebot mit Werbung oder gegen Geld, wie Sie es wollen.</p>"


def answers(
    wirewatch: Wirewatch, monkeypatch: pytest.MonkeyPatch, *rows: dict[str, Any]
) -> tuple[list[dict[str, Any]], str]:
    lines = "\n".join(map(json.dumps, rows)).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(lines)))
    ran = wirewatch("step", "fulltext")
    return [json.loads(line) for line in ran.out.splitlines()], ran.err


def test_text_bytes_and_a_wall(wirewatch: Wirewatch, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"title": "Fähre fährt wieder", "summary": "Alle drei Boote sind zurück am Kai.", "language": "de"}
    told, _ = answers(
        wirewatch,
        monkeypatch,
        {"id": 1, "url": URL, "html": PAGE},
        {"id": 2, "url": URL, "html_base64": base64.b64encode(PAGE.encode("cp1252")).decode()} | said,
        {"id": 3, "url": URL, "html": WALL} | said,
        {"id": 4},
    )
    assert [row["id"] for row in told] == [1, 2, 3, 4]
    assert [row["text"] for row in told] == [TEXT, TEXT, said["summary"], ""]
    assert [row["wall"] for row in told] == [None, None, "unrelated", None]
    assert told[1]["title"] == said["title"]


def test_what_is_no_base64_is_told(wirewatch: Wirewatch, monkeypatch: pytest.MonkeyPatch) -> None:
    told, complaint = answers(wirewatch, monkeypatch, {"id": 1, "html_base64": "<html>"})
    assert told == []
    assert "html_base64" in complaint
