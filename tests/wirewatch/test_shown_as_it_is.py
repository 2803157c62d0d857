"""Strangers' words cannot turn around what a terminal, a mail or a log shows, and are stored as they were written."""

import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from wire_articles import wire_article

from alerts import message
from schemas.alert import Alert, Why
from schemas.visible import visible
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from wirewatch.logging import log_to_terminal

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f"
TITLE = "Ferry \u202egnp.exe\u2069 sails"
SHOWN = "Ferry <U+202E>gnp.exe<U+2069> sails"
TEXT = f"“It sails, \u2067and sails,” said Ada Quay of {TITLE}."
SOURCE = "q\u202euay"


@pytest.fixture
def found(wirewatch: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """With an article as a version stored it that did not take such characters out of texts."""
    database = Database(tmp_path / "wirewatch.db")
    article = wire_article("a", title=TITLE, text=TEXT, source=SOURCE, said=[("It sails, \u2067and sails", "Ada Quay")])
    EmbeddedStore(database).write([article])
    database.close()
    return wirewatch


def test_no_command_obeys_it_and_none_hides_it(found: Callable[..., Any]) -> None:
    [row] = found("search", "ferry", "--json").rows
    said = {
        command: found(*command).out
        for command in (
            ("search", "ferry"),
            ("search", "ferry", "--json"),
            ("article", row["id"]),
            ("article", row["id"], "--json"),
            ("quotes",),
            ("alert", "test", "ferry", "--days", "10000"),
        )
    }
    for command, out in said.items():
        assert not set(TURNING) & set(out), command
        assert "<U+202E>" in out or "\\u202e" in out, command
    assert row["title"] == TITLE
    [whole] = found("article", row["id"], "--json").rows
    assert (whole["title"], whole["text"], whole["source"]) == (TITLE, TEXT, SOURCE)


def test_markup_and_names_of_pictures_are_words(wirewatch: Callable[..., Any], tmp_path: Path) -> None:
    row = {"title": "[red]Ferry[/red] :end: [link=http://x]y", "text": "It sails.", "id": "1"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    wirewatch("import", "rows.jsonl")
    assert "[red]Ferry[/red] :end: [link=http://x]y" in wirewatch("search", "ferry").out


def test_an_error_that_repeats_it_does_not_obey_it(found: Callable[..., Any]) -> None:
    told = found("article", "a\u202eb\x1b[2J").err
    assert "a<U+202E>b<U+001B>[2J" in told


def test_a_list_shows_it(wirewatch: Callable[..., Any]) -> None:
    wirewatch("feeds", "add", "http://h.example/", "--unseen", "--title", "x\u202ey")
    assert "x<U+202E>y" in wirewatch("feeds", "list").out


def test_what_is_told_shows_it(capfd: pytest.CaptureFixture[str]) -> None:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    alert = Alert(
        id="a", revision="1", subscription="t", subscription_name="Ferries", query="q", matched_part="ferry",
        scope="s", article_id="a", story_id="s", title=TITLE, why=(Why(sentence=TEXT, marks=((1, 3),)),),
        speakers=("Ada\u202e",), source="q", published=now, first_seen=now, matched_at=now,
    )  # fmt: skip
    told = message.title([alert]) + message.body([alert, alert])
    assert not set(TURNING) & set(told)
    assert message.title([alert]) == f"Ferries: {SHOWN}"
    assert "“*It* sails, <U+2067>and sails,”" in told


def test_no_line_of_the_log_obeys_it(capfd: pytest.CaptureFixture[str]) -> None:
    log_to_terminal()
    try:
        structlog.get_logger().warning("polled", line=f"{TITLE}\x1b]0;title\x07")
    finally:
        structlog.reset_defaults()
    told = capfd.readouterr().err
    assert SHOWN in told
    assert "\x1b]0" not in told


def test_every_control_of_direction_is_one_of_them() -> None:
    controls = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    known = [chr(n) for n in range(0x110000) if unicodedata.bidirectional(chr(n)) in controls]
    assert known
    assert all(visible(mark) == f"<U+{ord(mark):04X}>" for mark in (*known, *TURNING))
    plain = "Ærø, שלום, مرحبا, 日本語\tand\nmore — 👩‍🚀"
    assert visible(plain) == plain
