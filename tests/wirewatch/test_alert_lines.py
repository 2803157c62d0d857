"""A line an alert while `up` runs, and what became of an alert in words."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk import alert
from wire_articles import NOON

from alerts import in_words
from schemas.alert import Delivery
from stores.recorded import recorded
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from wirewatch.alert_lines import AlertLines


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    database = Database(tmp_path / "wire.db")
    yield EmbeddedStore(database)
    database.close()


def delivery(id: str, status: str = "delivered", **fields: object) -> Delivery:
    given = {"id": id, "subscription": "s", "status": status, "at": NOON, "alert": alert(id)}
    return Delivery.model_validate(given | fields)


def test_each_alert_is_a_line_once(store: EmbeddedStore) -> None:
    told: list[str] = []
    store.record([delivery("before", alert=alert("before", at=NOON - timedelta(minutes=2)))])
    lines = AlertLines(store, told.append, lambda: NOON)
    store.record([delivery("a", told=("json",)), delivery("b", "kept")])
    lines.start()
    lines.close()
    assert told == [
        "12:00:00 Tomahawk: Title a (told to json)",
        "12:00:00 Tomahawk: Title b (kept, told to nobody: it had no channel, or was muted, paused or removed)",
    ]


@pytest.mark.parametrize(
    ("became", "said"),
    [
        (
            delivery("a", "waiting", waiting_for="quiet", due=NOON),
            "waits for the end of quiet hours until 2026-03-02",
        ),
        (delivery("a", "waiting", waiting_for="cap"), "waits for an hour with fewer messages"),
        (delivery("a", "waiting", waiting_for="channel", told=("json",)), "a channel that is away, told to json"),
        (delivery("a", "refused", problem="hook says no"), "refused: hook says no"),
        (delivery("a", "kept", problem="old news: of 2020"), "kept, told to nobody: old news: of 2020"),
    ],
)
def test_what_became_of_an_alert_in_words(became: Delivery, said: str) -> None:
    one = recorded(became)
    assert one is not None
    assert said in in_words.telling(one)
