"""Pages of strangers in `step fulltext` and `import`: one that hangs is a line, and the others go on.

One that swells ends in the same way (tests/runtime/test_subprocess_pool.py).
"""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from archived_pages import record

from wirewatch.compose import sandbox as reading

GOOD = "<html><body><article>" + "<p>The ferry sails again from the old quay, said the harbour master.</p>" * 9
# libxml2 compares each of an element's attributes with all before it
HANGS = "<html><body><p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x"


def row(number: int, html: str) -> dict[str, object]:
    return {"id": number, "url": f"https://harbour.example/{number}", "html": html}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "EXTRACT_SECONDS", 3.0)


def test_a_page_that_hangs_costs_one_line(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(1, GOOD), row(2, HANGS), row(3, GOOD)]
    lines = "\n".join(map(json.dumps, rows)).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(lines)))
    ran = wirewatch("step", "fulltext")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 3]
    assert all(answer["text"].startswith("The ferry sails") for answer in answers)
    assert ran.status == 1
    (complaint,) = [line for line in ran.err.splitlines() if "line 2" in line]
    assert "https://harbour.example/2: its text could not be taken: took longer than 3 s" in complaint


def test_a_feed_that_takes_too_long_is_answered_all_the_same(
    wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREWATCH_PARSE_SECONDS", "0.0001")
    line = json.dumps(
        {"id": 1, "url": "https://harbour.example/feed", "body": "<rss version='2.0'/>" + " " * 1_000_000}
    )
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(line.encode())))
    (answer,) = map(json.loads, wirewatch("step", "parse").out.splitlines())
    assert (answer["id"], answer["entries"]) == (1, [])
    assert "took longer than 0.0001 s" in answer["error"]


def test_a_page_of_an_archive_that_hangs_costs_one_line(wirewatch: Callable[..., Any], tmp_path: Path) -> None:
    pages = [GOOD, HANGS, GOOD.replace("ferry", "tug")]
    archive = tmp_path / "crawl.warc"
    archive.write_bytes(
        b"".join(
            record(f"https://harbour.example/{number}", "200 OK", "text/html", html.encode())
            for number, html in enumerate(pages)
        )
    )
    ran = wirewatch("import", archive)
    assert ran.status == 1
    assert "crawl.warc:https://harbour.example/1: its text could not be taken" in ran.err
    assert "2 articles taken in" in ran.out
