"""Whatever a command prints with --json has a shape that is written down, and keeps to it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from loopback import Reply, Site, site
from typer.core import TyperGroup

from runtime.local.log import Log
from schemas.commands import SHAPES
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS
from stores.sqlite.database import Database
from wirewatch.cli.app import app

RSS = b"<rss version='2.0'><channel><title>Q</title><item><title>A</title><link>/a</link></item></channel></rss>"
# These have lines of several shapes, each asked for in tests/wirewatch/test_search_page.py.
SEVERAL = {"search": {"search", "search-stories", "search-summary"}}


def with_json(name: str, command: Any) -> Iterator[str]:
    """The names of the commands that have --json, those of a group behind it."""
    if isinstance(command, TyperGroup):
        for part in command.commands:
            yield from with_json(f"{name}-{part}".strip("-"), command.commands[part])
    elif any("--json" in option.opts for option in command.params):
        yield name


def test_every_command_with_json_has_a_shape() -> None:
    asked = set(with_json("", typer.main.get_command(app)))
    shapes = {shape for name in asked for shape in SEVERAL.get(name, {name})}
    assert {one for one in shapes if not one.startswith("alert-")} == set(SHAPES)


@pytest.fixture
def publisher() -> Iterator[Site]:
    with site() as running:
        running.pages["/"] = Reply(body=b"<link rel=alternate type=application/rss+xml href=/feed>")
        running.pages["/feed"] = Reply(body=RSS, headers={"Content-Type": "application/rss+xml"})
        yield running


def test_lines_about_the_installation_keep_to_their_shape(
    wirewatch: Callable[..., Any], publisher: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREWATCH_ALLOW_HOSTS", "127.0.0.1")
    (tmp_path / "feed.xml").write_bytes(RSS)
    (tmp_path / "letter.txt").write_text("a letter")
    database = Database(tmp_path / "wirewatch.db")
    Log(database).publish([Output(FEEDS, Feed(url=publisher.url + "/feed"))])
    database.close()
    assert wirewatch("token", "add", "desk").status == 0
    lines = {
        "config": ["config"],
        "doctor": ["doctor"],
        "ledger": ["ledger", "--against-store"],
        "feeds-list": ["feeds", "list"],
        "feeds-health": ["feeds", "health"],
        "feeds-find": ["feeds", "find", publisher.url],
        "feeds-check": ["feeds", "check"],
        "feeds-try": ["feeds", "try", "feed.xml", "letter.txt", "--url", "https://quay.example/feed"],
        "token-list": ["token", "list"],
    }
    for shape, arguments in lines.items():
        rows = wirewatch(*arguments, "--json").rows
        assert rows, shape
        for row in rows:
            SHAPES[shape].model_validate_json(json.dumps(row))
