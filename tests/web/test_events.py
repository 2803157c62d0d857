"""Events: what passes comes to everybody who listens, once, within a second or so."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from served_api import LATER, Served, delivery
from wire_articles import NOON, wire_article

from schemas.alert import Alert
from schemas.outcome import Hold

Events = Iterator[tuple[str, dict[str, Any]]]


@contextmanager
def listening(
    here: Served, query: str = "*", last: str | None = None
) -> Iterator[Iterator[tuple[str, dict[str, object]]]]:
    """The events of a listener; it listens when this begins."""
    headers = {"Last-Event-ID": last} if last else {}
    with here.client.stream("GET", "/events", params={"q": query}, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        if not last:
            assert next(lines) == ": listening"
        yield _events(lines)


def _events(lines: Iterator[str]) -> Events:
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def test_a_listener_gets_what_meets_its_query_and_every_alert(here: Served) -> None:
    with listening(here, "mill") as some, listening(here) as every:
        here.pipeline.store.write([wire_article("weather", "Rain.", first_seen=LATER)])
        here.pipeline.store.write([wire_article("mill", "The mill turns.", first_seen=LATER + timedelta(seconds=1))])
        here.pipeline.store.record([delivery().model_copy(update={"alert": _later()})])
        got = [(kind, event.get("id")) for kind, event in (next(every), next(every), next(every))]
        assert sorted(got) == [("alert", "1"), ("article", "mill"), ("article", "weather")]
        assert {kind: event["id"] for kind, event in (next(some), next(some))} == {"article": "mill", "alert": "1"}


def _later() -> Alert:
    alert = delivery().alert
    assert alert
    return alert.model_copy(update={"matched_at": LATER})


def test_what_was_missed_comes_after_a_break(here: Served) -> None:
    with listening(here, last=NOON.isoformat()) as events:
        assert [next(events)[1]["id"], next(events)[1]["id"]] == ["dam", "ferry"]


def test_a_store_that_is_away_for_a_moment_costs_no_event(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    store, asked = here.pipeline.store, threading.Event()

    def away(*_: object, **__: object) -> None:
        asked.set()
        raise Hold("the store is away")

    with listening(here) as events:
        monkeypatch.setattr(store, "alerts", away)
        store.write([wire_article("mill", "The mill turns.", first_seen=LATER)])
        asked.clear()
        assert asked.wait(30)
        asked.clear()  # the look that was under way when the article came may have begun before it
        assert asked.wait(30)
        monkeypatch.undo()
        assert next(events)[1]["id"] == "mill"


def test_who_comes_while_the_store_is_away_is_told_and_later_hears(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Hold("the store is away")

    monkeypatch.setattr(here.pipeline.store, "search", away)
    assert here.client.get("/events").status_code == 503
    monkeypatch.undo()
    hears_the_mill(here)


def test_what_breaks_a_look_lets_listeners_go_and_the_next_hear(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    with listening(here) as events:
        monkeypatch.setattr(here.pipeline.store, "search", broken)
        assert list(events) == []
    monkeypatch.undo()
    hears_the_mill(here)


def hears_the_mill(here: Served) -> None:
    with listening(here) as events:
        here.pipeline.store.write([wire_article("mill", "The mill turns.", first_seen=LATER)])
        assert next(events)[1]["id"] == "mill"


def test_a_stop_ends_the_stream(here: Served) -> None:
    with listening(here) as events:
        here_again = httpx.get(f"{here.address}/api/v1/health")
        assert here_again.status_code == 200
        del events
