"""What programs are given has the shape that is written down, for each command that has `--json`."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import archive_day
import loopback
import pytest
import typer.main
from plain_stage import plain_stage
from typer.core import TyperGroup
from wire_articles import wire_article

from runtime.local.log import Log
from schemas.alert import Alert, Delivery
from schemas.article import Article, WireArticle
from schemas.clock import utc_now
from schemas.commands import SHAPES
from schemas.feed import FeedState
from schemas.outcome import Dead, Output
from schemas.topics import ARTICLES, FEEDSTATE
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from wirewatch.cli.app import app

FEED = "https://quay.example/feed"
DOCUMENT = "<rss version='2.0'><channel><title>Q</title><item><title>One</title><link>/1</link></item></channel></rss>"

LINES = [
    ("search", ["search", "halvern"]),
    ("search-stories", ["search", "halvern", "--stories"]),
    ("search-summary", ["search", "halvern", "--count"]),
    ("search-summary", ["search", "halvern", "--facets"]),
    ("search-summary", ["search", "halvern", "--histogram"]),
    ("quotes", ["quotes"]),
    ("person", ["person", "vick"]),
    ("who", ["who", "cracks"]),
    ("contributors", ["contributors", "--since", "2026"]),
    ("changes", ["changes"]),
    ("like", ["like", "a1"]),
    ("spread", ["spread", "a1:0"]),
    ("export", ["export", "halvern", "--to", "x.jsonl"]),
    ("article", ["article", "a1"]),
    ("ledger", ["ledger"]),
    ("ledger", ["ledger", "--against-store"]),
    ("trace", ["trace", "x"]),
    ("trace", ["trace", "a1"]),
    ("dead-list", ["dead", "list"]),
    ("alert-list", ["alert", "list"]),
    ("alert-show", ["alert", "show", "Halvern"]),
    ("alert-history", ["alert", "history"]),
    ("alert-why", ["alert", "why", "told"]),
    ("alert-test-growth", ["alert", "test", "grown", "--growth", "3", "--days", "60"]),
    ("briefing", ["briefing", "--day", "2026-03-02"]),
    ("alert-test-digest", ["alert", "test", "Evening"]),
    ("alert-test", ["alert", "test", "halvern", "--days", "36500"]),
    ("feeds-list", ["feeds", "list"]),
    ("feeds-find", ["feeds", "find", "SITE"]),
    ("feeds-check", ["feeds", "check", "SITE", "http://nowhere.invalid/feed"]),
    ("feeds-health", ["feeds", "health"]),
    ("feeds-try", ["feeds", "try", "1.xml", "letter.txt", "--url", FEED]),
    ("token-list", ["token", "list"]),
    ("user-list", ["user", "list"]),
    ("config", ["config"]),
    ("doctor", ["doctor"]),
]
FAIL = {"feeds-check", "feeds-try", "doctor"}
"""Commands that end with 1 where something is wrong, as here; what they print is whole all the same."""


@pytest.fixture
def feed() -> Iterator[str]:
    """The address of a feed."""
    with loopback.site() as site:
        site.pages["/feed"] = loopback.Reply(200, DOCUMENT.encode(), {"Content-Type": "application/rss+xml"})
        yield f"{site.url}/feed"


@pytest.fixture
def desk(wirewatch: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The command line on an installation that has something for each command to show."""
    monkeypatch.setenv("WIREWATCH_ALLOW_HOSTS", "127.0.0.1")
    (tmp_path / "1.xml").write_text(DOCUMENT)
    (tmp_path / "letter.txt").write_text("a letter")
    archive_day.write(tmp_path / "wirewatch.db")
    database = Database(tmp_path / "wirewatch.db")
    _work(Log(database))
    store = EmbeddedStore(database)
    store.record([_told()])
    store.write([*_growing()])
    database.close()
    assert wirewatch("feeds", "add", FEED, "--unseen").status == 0
    assert wirewatch("alert", "add", "Halvern", "halvern").status == 0
    assert wirewatch("alert", "add", "Evening", "*", "--policy", "briefing", "--digest", "20:00").status == 0
    assert wirewatch("token", "add", "desk").status == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    assert wirewatch("user", "add", "anna").status == 0
    return wirewatch


def _growing() -> Iterator[WireArticle]:
    """Of three weeks one article, and then a dozen within minutes."""
    now = utc_now()
    seen = [now - timedelta(days=21), *(now - timedelta(hours=2, minutes=number) for number in range(12))]
    for number, at in enumerate(seen):
        source = f"paper{number}.example"
        yield wire_article(f"g{number}", f"It has grown {number}.", source=source, first_seen=at, published=at)


def _work(log: Log) -> None:
    """A feed that was polled, and an article that a stage could not handle."""
    now = utc_now()
    article = Article(id="x", revision="1", title="Rain", text="It rained.", fetched_at=now)
    log.publish([Output(FEEDSTATE, FeedState(url=FEED, polled_at=now, succeeded_at=now)), Output(ARTICLES, article)])
    stage = plain_stage("enrich", ARTICLES, lambda batch: [Dead("unlucky", "it rained") for _ in batch])
    entries = log.batch(stage)
    log.commit(stage, entries, stage.open(None)([entry.record for entry in entries]))


def _told() -> Delivery:
    now = utc_now()
    alert = Alert(
        id="told",
        revision="1",
        subscription="1",
        subscription_name="Halvern",
        query="halvern",
        matched_part="halvern",
        scope="a1",
        article_id="a1",
        story_id="a1",
        title="Halvern",
        first_seen=now,
        matched_at=now,
    )
    return Delivery(id="told", subscription="1", status="delivered", at=now, told=("mailto",), alert=alert)


@pytest.mark.parametrize(("shape", "arguments"), LINES)
def test_each_line_has_the_shape_that_is_written_down(
    shape: str, arguments: list[str], desk: Callable[..., Any], feed: str
) -> None:
    ran = desk(*(feed if one == "SITE" else one for one in arguments), "--json")
    assert ran.status == 0 or shape in FAIL, ran.err
    assert ran.rows
    _have(shape, ran.out)


def test_a_dead_letter_is_shown_whole_in_its_shape(desk: Callable[..., Any]) -> None:
    _have("dead-show", desk("dead", "show", "x").out)


def _have(shape: str, out: str) -> None:
    """Every field is there (but for an error where there is none), none is unknown, and times have the one form."""
    for line in out.splitlines():
        record, row = SHAPES[shape].model_validate_json(line), json.loads(line)
        assert ({"error": None} | row if shape == "feeds-try" else row) == record.model_dump(mode="json")


def test_every_command_that_prints_lines_has_a_shape_and_every_shape_is_asked_of() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    asked = {shape for shape, _ in LINES}
    assert set(_printing("", root)) <= asked
    assert asked | {"dead-show"} == set(SHAPES)


def _printing(name: str, group: TyperGroup) -> Iterator[str]:
    for sub, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _printing(f"{name}{sub}-", command)
        elif any("--json" in parameter.opts for parameter in command.params):
            yield f"{name}{sub}"
