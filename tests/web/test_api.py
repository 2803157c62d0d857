"""The HTTP API gives what the command line gives, and every error as a problem with what to do."""

import http.client
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from xml.etree import ElementTree

import httpx
import pytest
from served_api import DAM, Served, delivery
from wire_articles import NOON

from schemas.outcome import Hold
from web.app import AT_WORK
from web.limits import MOST_BYTES


def problem(answer: httpx.Response) -> str:
    """The detail of a problem, which says its status itself."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return str(answer.json()["detail"])


def test_articles_are_found_page_by_page_with_the_sentence_and_facets(here: Served) -> None:
    first = here.client.get("/articles", params={"q": "*", "limit": 1, "facet": "person"}).json()
    assert [one["id"] for one in first["articles"]] == ["ferry"]
    assert {value["value"] for value in first["facets"]["person"]} == {"Ilse Brandt", "Per Holm"}
    second = here.client.get("/articles", params={"q": "*", "limit": 1, "after": first["next"]}).json()
    assert [one["id"] for one in second["articles"]] == ["dam"]
    (found,) = here.client.get("/articles", params={"q": "dam AND hold"}).json()["articles"]
    assert [found["snippet"][mark["start"] : mark["end"]] for mark in found["marks"]] == ["dam", "hold"]


def test_an_article_comes_whole_and_its_quotes_are_ranges_of_its_text(here: Served) -> None:
    article = here.client.get("/articles/dam").json()
    assert article["text"] == DAM
    (quote,) = here.client.get("/articles/dam/quotes").json()["quotes"]
    assert DAM[quote["start"] : quote["end"]] == quote["content"] == "The dam at Halvern will hold."
    assert (quote["speaker"], quote["url"]) == ("Ilse Brandt", "https://quay.example/dam")
    (same,) = here.client.get("/quotes", params={"speaker": "brandt", "q": "halvern"}).json()["quotes"]
    assert same == quote
    assert here.client.get("/quotes", params={"speaker": "Holm"}).json()["quotes"] == []


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/articles?q=%28", 422, "the query does not parse: at 2"),
        ("/articles?after=nonsense", 422, "after: "),
        ("/articles?facet=mood", 422, "facet: there is none of 'mood': "),
        ("/articles?limit=0", 422, "limit: "),
        ("/articles/nobody", 404, "there is no such article"),
        ("/articles/nobody/trace", 404, "nothing is known"),
        ("/alerts/nobody", 404, "there is no such alert"),
        ("/notifications?since=2026-01-01T00:00:00", 422, "a time needs its zone"),
        ("/nothing", 404, "Not Found"),
        ("/articles?q=%00", 422, "the query does not parse"),
    ],
)
def test_every_error_is_a_problem(here: Served, path: str, status: int, told: str) -> None:
    answer = here.client.get(path)
    assert answer.status_code == status
    assert told in problem(answer)


def test_an_alert_is_put_changed_and_removed_and_its_channels_stay_secret(here: Served) -> None:
    wanted = {"query": "halvern", "channels": ["json://user:s3cret@desk.example/hook"], "policy": "every"}
    shown = here.client.put("/alerts/the dam", json=wanted).json()
    assert (shown["name"], shown["policy"]) == ("the dam", "every")
    assert "s3cret" not in json.dumps(shown)
    assert "s3cret" not in here.client.get("/alerts").text
    here.client.put("/alerts/the dam", json={"query": "dam"})
    assert [one["query"] for one in here.client.get("/alerts").json()["alerts"]] == ["dam"]
    assert here.client.delete("/alerts/the dam").status_code == 204
    assert here.client.get("/alerts").json() == {"alerts": []}
    policy = {
        "policy": "digest",
        "digest_time": {"at": "08:00", "zone": "Europe/Kyiv", "day": "mon"},
        "most_an_hour": 3,
        "growth": 2.5,
        "altered": True,
    }
    shown = here.client.put("/alerts/the dam", json={"query": "dam", "paused": True, **policy}).json()
    assert shown["paused"]
    assert {name: shown[name] for name in policy} == policy
    bad = {"query": "x", "digest_time": {"at": "08:00", "zone": "Mars"}}
    assert "there is no time zone Mars" in problem(here.client.put("/alerts/x", json=bad))
    assert "channels: " in problem(here.client.put("/alerts/x", json={"query": "x", "channels": ["nonsense"]}))
    assert "does not parse" in problem(here.client.put("/alerts/x", json={"query": "("}))
    assert "colour" in problem(here.client.put("/alerts/x", json={"query": "x", "colour": "red"}))


def test_what_an_alert_would_have_told_is_shown_before_it_goes_live(here: Served) -> None:
    result = here.client.get("/backtest", params={"q": "engineers", "days": 7}).json()
    assert (result["would_tell"], result["whole"]) == (1, True)
    assert result["told"][0]["why"] == ["Two engineers looked at it."]


def test_what_was_told_is_listed_and_is_a_feed(here: Served) -> None:
    here.pipeline.store.record([delivery()])
    (told,) = here.client.get("/notifications", params={"alert": "the dam"}).json()["notifications"]
    assert (told["title"], told["status"]) == ("The dam holds", "kept")
    since = (NOON + timedelta(hours=1)).isoformat()
    assert here.client.get("/notifications", params={"since": since}).json()["notifications"] == []
    feed = here.client.get("/notifications.json").json()
    assert [item["title"] for item in feed["items"]] == ["the dam: The dam holds"]


def test_feeds_are_found_watched_polled_and_left(here: Served) -> None:
    shown = here.client.post("/feeds", json={"url": "https://quay.example", "tags": ["sea"]})
    assert (shown.status_code, shown.json()["url"]) == (201, "https://quay.example/feed.xml")
    assert shown.json()["health"]["status"] == "new"
    assert "no feed" in problem(here.client.post("/feeds", json={"url": "https://nothing.example"}))
    assert problem(here.client.post("/feeds", json={"url": "file:///etc/passwd"})).startswith("url: ")
    assert here.client.post("/feeds/poll", json={}).json() == {"number": 1}
    opml = here.client.get("/feeds.opml")
    assert "https://quay.example/feed.xml" in opml.text
    assert here.client.delete("/feeds", params={"url": shown.json()["url"]}).status_code == 204
    assert here.client.get("/feeds").json() == {"feeds": []}
    again = here.client.post("/feeds.opml", content=opml.content, headers={"Content-Type": "text/x-opml"})
    assert (again.status_code, again.json()) == (201, {"number": 1})
    assert "no OPML" in problem(here.client.post("/feeds.opml", content=b"a letter"))


def test_operations_are_shown_and_an_article_is_forgotten(here: Served) -> None:
    stages = here.client.get("/status").json()["stages"]
    assert [stage["stage"] for stage in stages][:2] == ["enrich", "story"]
    assert here.client.get("/ledger").json()["balanced"]
    assert here.client.get("/dead-letters").json() == {"letters": []}
    assert "no such dead letter" in problem(here.client.post("/dead-letters/dam/replay"))
    assert here.client.delete("/articles/dam").status_code == 204
    assert here.client.get("/articles/dam").status_code == 404
    assert "nothing was known" in problem(here.client.delete("/articles/dam2"))


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_every_view_is_a_feed(here: Served, form: str) -> None:
    def titles(path: str) -> list[str]:
        answer = here.client.get(path)
        assert answer.status_code == 200
        if form == "json":
            return [item["title"] for item in answer.json()["items"]]
        every = [
            element.text or "" for element in ElementTree.fromstring(answer.content).iter() if "title" in element.tag
        ]
        return every[1:]

    assert titles(f"/articles.{form}?q=dam") == ["The dam holds"]
    assert titles(f"/stories/ferry.{form}") == ["The ferry sails"]
    assert titles(f"/quotes.{form}?speaker=brandt") == ["Ilse Brandt: “The dam at Halvern will hold.”"]


def test_a_body_without_end_is_refused_before_it_is_read(here: Served) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(2 * MOST_BYTES // 65536):
            yield b"x" * 65536

    refused = here.client.post("/feeds.opml", content=endless())
    assert (refused.status_code, "too large" in problem(refused)) == (413, True)
    declared = http.client.HTTPConnection(here.address.removeprefix("http://"), timeout=30)
    declared.putrequest("POST", "/api/v1/feeds.opml")
    declared.putheader("Content-Length", str(MOST_BYTES + 1))
    declared.endheaders()
    assert declared.getresponse().status == 413
    declared.close()


def test_a_store_that_is_away_is_told_with_when_to_come_again(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise Hold("the store is away")

    monkeypatch.setattr(here.pipeline.store, "search", away)
    answer = here.client.get("/articles")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "the store is away" in problem(answer)


def test_health_is_answered_while_every_thread_waits_for_the_store(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    over, waiting = threading.Event(), threading.Semaphore(0)

    def slow(*_: object, **__: object) -> None:
        waiting.release()
        over.wait(60)
        raise Hold("the store is away")

    monkeypatch.setattr(here.pipeline.store, "search", slow)
    with ThreadPoolExecutor(AT_WORK + 1) as callers:
        asked = [callers.submit(httpx.get, f"{here.address}/api/v1/articles", timeout=60) for _ in range(AT_WORK + 1)]
        for _ in range(AT_WORK):
            assert waiting.acquire(timeout=60)
        assert httpx.get(f"{here.address}/api/v1/health", timeout=30).status_code == 200
        assert not waiting.acquire(blocking=False)
        over.set()
        assert {one.result().status_code for one in asked} == {503}


def test_what_breaks_shows_nothing_of_itself(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(here.pipeline.store, "search", broken)
    answer = here.client.get("/articles")
    assert answer.status_code == 500
    assert "secret" not in answer.text
