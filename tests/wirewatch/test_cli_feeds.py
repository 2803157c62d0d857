"""What a feed would become, why, and what became of its entries: seen by a person, without the web."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from runtime.local.log import Log
from schemas.clock import utc_now
from schemas.feed import EntryCounts, FeedState
from schemas.outcome import Output
from schemas.topics import FEEDSTATE
from stores.sqlite.database import Database

Wirewatch = Callable[..., Any]

FEED = "https://quay.example/feed"


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>Q</title><language>en</language>{''.join(items)}</channel></rss>"


def item(title: str, link: str, guid: str) -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid></item>"


def test_a_feed_is_tried_document_by_document(wirewatch: Wirewatch, tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text(rss(item("Two", "/n?ref=2", "b"), item("One", "/n?ref=1", "a")))
    twice = item("Two!", "/n?ref=2", "b"), item("Two", "/n?ref=2", "b")
    (tmp_path / "2.xml").write_text(rss(item("Three", "/n?ref=3", "c"), *twice))
    (tmp_path / "3.xml").write_text("a letter")
    files = "1.xml", "2.xml", "3.xml"
    run = wirewatch("feeds", "try", *files, "--url", FEED, "--header", "Content-Type: text/xml", "--json")
    rows = [json.loads(line) for line in run.out.splitlines()]
    said = [(row["document"], row.get("became"), row.get("title"), row.get("url")) for row in rows]
    assert said == [
        (1, "new", "Two", "https://quay.example/n?ref=2"),
        (1, "new", "One", "https://quay.example/n?ref=1"),
        (2, "new", "Three", "https://quay.example/n?ref=3"),
        (2, "dropped", "Two!", "https://quay.example/n?ref=2"),
        (2, "known", "Two", "https://quay.example/n?ref=2"),
        (3, None, None, None),
    ]
    assert len({row["id"] for row in rows if row.get("became") == "new"}) == 3
    assert "check that the address" in rows[-1]["error"]
    assert run.status == 1
    assert "no header" in wirewatch("feeds", "try", "1.xml", "--url", FEED, "--header", "nonsense").err
    assert "same as another entry" in wirewatch("feeds", "try", "1.xml", "2.xml", "--url", FEED).out


def test_an_address_is_identified(wirewatch: Wirewatch, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://www.google.com/url?url=https://www.quay.example/n%3Fb%3D1%26a%3D2%26utm_source%3Dx&ct=ga"
    given = io.TextIOWrapper(io.BytesIO(json.dumps({"id": "1", "url": url}).encode()))
    monkeypatch.setattr("sys.stdin", given)
    row = json.loads(wirewatch("step", "identify").out)
    assert row["url"] == "https://quay.example/n?a=2&b=1"
    assert len(row["article_id"]) == 32


def test_a_feed_is_asked_for_now(wirewatch: Wirewatch) -> None:
    wirewatch("feeds", "add", FEED, "--unseen")
    (first,) = wirewatch("feeds", "list", "--json").rows
    assert "is not watched" in wirewatch("feeds", "poll", "https://other.example/feed").err
    assert "asked for 1 feeds" in wirewatch("feeds", "poll").out
    (second,) = wirewatch("feeds", "list", "--json").rows
    assert second["asked"] > first["asked"]


def remember(path: Path, state: FeedState) -> None:
    database = Database(path / "wirewatch.db")
    try:
        Log(database).publish([Output(FEEDSTATE, state)])
    finally:
        database.close()


def test_a_feed_shows_its_own_title_and_forgets_old_errors_when_it_is_added_again(
    wirewatch: Wirewatch, tmp_path: Path
) -> None:
    wirewatch("feeds", "add", FEED, "--unseen")
    wirewatch("feeds", "remove", FEED)
    before, later = utc_now() - timedelta(hours=1), utc_now() + timedelta(hours=9)
    state = FeedState(url=FEED, title="The Quay", failures=7, error="answered 500", polled_at=before, next_poll=later)
    remember(tmp_path, state)
    wirewatch("feeds", "add", FEED, "--unseen")
    (feed,) = wirewatch("feeds", "list", "--json").rows
    assert (feed["title"], feed["error"], feed["failures"]) == ("The Quay", None, 0)


def test_the_ledger_begins_at_the_entry(wirewatch: Wirewatch, tmp_path: Path) -> None:
    wirewatch("feeds", "add", FEED, "--unseen")
    counts = EntryCounts(read=9, published=4, known=3, dropped={"same as another entry": 2})
    remember(tmp_path, FeedState(url=FEED, entries=counts))
    assert wirewatch("ledger").status == 0
    (account,) = wirewatch("ledger", "--json").rows
    assert account["entries"] == counts.model_dump() | {"unaccounted": {}}
    remember(tmp_path, FeedState(url=FEED, entries=counts.model_copy(update={"read": 10})))
    ran = wirewatch("ledger")
    assert ran.status == 1
    assert f"unaccounted for: 1 entries of {FEED}" in ran.out
    assert "entries of 1 feeds are unaccounted for" in ran.err
