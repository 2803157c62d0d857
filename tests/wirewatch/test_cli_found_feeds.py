"""`feeds add`, `find` and `check` ask a real site on loopback, and say in words what they found."""

from collections.abc import Callable, Iterator
from typing import Any

import loopback
import pytest

Wirewatch = Callable[..., Any]

LINK = "<link rel=alternate type='application/rss+xml' title='{0}' href='/{0}'>"
WHOLE = "<item><title>Dam</title><link>/dam</link><pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate></item>"


def feed(*items: str) -> loopback.Reply:
    text = f"<rss version='2.0'><channel><title>Quay</title>{''.join(items)}</channel></rss>"
    return loopback.Reply(200, text.encode(), {"Content-Type": "application/rss+xml"})


def page(head: str = "") -> loopback.Reply:
    text = f"<html><head>{head}</head><body>The quay</body></html>"
    return loopback.Reply(200, text.encode(), {"Content-Type": "text/html"})


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[loopback.Site]:
    """A site of two feeds."""
    monkeypatch.setenv("WIREWATCH_ALLOW_HOSTS", "127.0.0.1")
    monkeypatch.setenv("WIREWATCH_HOST_PAUSE_SECONDS", "0")
    with loopback.site() as made:
        made.pages |= {"/": page(LINK.format("one") + LINK.format("two")), "/one": feed(WHOLE), "/two": feed(WHOLE)}
        yield made


def watched(wirewatch: Wirewatch) -> list[str]:
    return [row["url"] for row in wirewatch("feeds", "list", "--json").rows]


def test_the_first_feed_of_a_site_is_watched_and_the_others_are_told(wirewatch: Wirewatch, site: loopback.Site) -> None:
    ran = wirewatch("feeds", "add", f"{site.url}/")
    assert f"it also has {site.url}/two" in ran.out
    assert watched(wirewatch) == [f"{site.url}/one"]
    assert [row["url"] for row in wirewatch("feeds", "find", f"{site.url}/", "--json").rows] == [
        f"{site.url}/one",
        f"{site.url}/two",
    ]


def test_a_site_without_a_feed_is_told_in_one_line(wirewatch: Wirewatch, site: loopback.Site) -> None:
    site.pages = {"/": page()}
    ran = wirewatch("feeds", "add", f"{site.url}/")
    assert ran.status == 1
    assert "has no feed that could be found: give the feed's own address, or --unseen" in ran.err
    assert ran.err.count("\n") == 1


def test_one_that_cannot_be_asked_now_is_watched_all_the_same(wirewatch: Wirewatch, site: loopback.Site) -> None:
    site.close()
    ran = wirewatch("feeds", "add", f"{site.url}/one")
    assert ran.status == 0
    assert "it will be tried again, but now: " in ran.err
    assert watched(wirewatch) == [f"{site.url}/one"]
    found = wirewatch("feeds", "find", f"{site.url}/one")
    assert (found.status, found.out, found.err.count("\n")) == (1, "", 1)


def test_all_that_are_watched_are_checked(wirewatch: Wirewatch, site: loopback.Site) -> None:
    site.pages["/two"] = feed(WHOLE, "<item><title>Ferry</title></item>", "<item><link>/rain</link></item>")
    for name in ("one", "two", "gone"):
        wirewatch("feeds", "add", f"{site.url}/{name}", "--unseen")
    ran = wirewatch("feeds", "check", "--json")
    told = {row["url"].rpartition("/")[2]: (row["ok"], row["told"]) for row in ran.rows}
    assert told["one"] == (True, "1 entries")
    assert told["two"] == (
        True,
        "3 entries; 2 entries without a date; 1 entries without a link; 1 entries without a title",
    )
    assert told["gone"][0] is False
    assert "404" in told["gone"][1]
    assert ran.status == 1
    assert "1 of 3 feeds are not well" in ran.err
    assert f"WRONG {site.url}/gone: " in wirewatch("feeds", "check").out
