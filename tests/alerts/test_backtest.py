"""A query tried on what is stored says what it would have told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from wire_articles import NOON, wire_article

from alerts.backtest import backtest, grown, often
from alerts.cost import messages
from schemas.alert import Subscription
from stores.query import QueryError
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    database = Database(tmp_path / "wire.db")
    yield EmbeddedStore(database)
    database.close()


def test_a_story_would_have_been_told_once(store: EmbeddedStore) -> None:
    store.write(
        [
            wire_article("old", "Tomahawk.", first_seen=NOON - 31 * DAY),
            wire_article("first", "Tomahawk.", story_id="s", first_seen=NOON - 3 * DAY),
            wire_article("copy", "Tomahawk.", story_id="s", first_seen=NOON - 2 * DAY),
            wire_article("new", "A tomahawk, rain.", first_seen=NOON - DAY),
            wire_article("other", "Rain.", first_seen=NOON - DAY),
        ]
    )
    tried = backtest("tomahawk", store, NOON)
    assert str(tried) == str(often("tomahawk", store, NOON, 30, 200)) == "2 in 30 days"
    assert [one.article.id for one in tried.told] == ["new", "first"]
    assert tried.articles == 3
    assert [why.sentence[a:b] for why in tried.told[0].why for a, b in why.marks] == ["tomahawk"]
    assert str(backtest("tomahawk", store, NOON, policy="every")) == "3 in 30 days"
    assert str(backtest("tomahawk", store, NOON, days=365, policy="every")) == "4 in 365 days"
    assert str(backtest("rain OR tomahawk", store, NOON, days=1)) == "2 in 1 days"


def test_now_is_when_the_article_passed(store: EmbeddedStore) -> None:
    seen = NOON - 3 * DAY
    store.write([wire_article("a", "Tomahawk.", first_seen=seen, published=seen - DAY)])
    for spoken_of in ("tomahawk AND published:[now-2d TO now]", "snow OR (tomahawk AND published:[now-2d TO now])"):
        assert str(backtest(spoken_of, store, NOON)) == str(often(spoken_of, store, NOON, 30, 200)) == "1 in 30 days"
    assert str(backtest("tomahawk AND NOT published:[now-2d TO now]", store, NOON)) == "0 in 30 days"


def test_an_imported_article_is_of_its_own_date(store: EmbeddedStore) -> None:
    store.write(
        [
            wire_article("archive", "Rain.", first_seen=NOON, published=NOON - 40 * DAY),
            wire_article("late", "Rain.", story_id="s", first_seen=NOON, published=NOON - 3 * DAY),
            wire_article("copy", "Rain.", story_id="s", first_seen=NOON - 2 * DAY),
            wire_article("ahead", "Rain.", first_seen=NOON - DAY, published=NOON + DAY),
        ]
    )
    tried = backtest("rain", store, NOON)
    assert [one.article.id for one in tried.told] == ["ahead", "late"]
    assert tried.often == often("rain", store, NOON, 30, 200)
    begin = (NOON - 3 * DAY).date()
    assert tried.by_day() == [(begin, 1), (begin + DAY, 0), (begin + 2 * DAY, 1)]
    assert str(backtest("rain", store, NOON, days=60)) == "3 in 60 days"
    assert backtest("snow", store, NOON).by_day() == []


@pytest.mark.parametrize(
    ("fields", "cost"),
    [
        ({}, 7),
        ({"cooldown_minutes": 60}, 3),
        ({"most_an_hour": 2}, 4),
        ({"quiet": {"start": "11:00", "end": "12:30"}}, 2),
        ({"policy": "digest", "digest_minutes": 1440}, 2),
    ],
)
def test_what_alerts_would_have_cost_in_messages(fields: dict[str, object], cost: int) -> None:
    subscription = Subscription.model_validate({"id": "s", "name": "S", "query": "x", **fields})
    moments = [NOON + n * timedelta(minutes=5) for n in range(6)] + [NOON + DAY]
    assert messages(subscription, moments) == cost


def test_when_it_would_have_been_more_than_usual(store: EmbeddedStore) -> None:
    weeks = [NOON - week * 7 * DAY - n * timedelta(minutes=30) for week in range(1, 7) for n in range(-2, 5)]
    burst = [NOON - timedelta(minutes=20 + n) for n in range(15)]
    store.write([wire_article(f"{n}", "Rain.", first_seen=seen) for n, seen in enumerate([*weeks, *burst])])
    (found,) = grown("rain", store, NOON, days=10, times=3)
    assert NOON - timedelta(minutes=25) < found.at < NOON
    assert found.growth.usual.median == 2
    assert grown("rain", store, NOON, days=10, times=30) == []
    assert grown("snow", store, NOON, days=10, times=3) == []


def test_more_than_a_page(store: EmbeddedStore) -> None:
    store.write([wire_article(f"{n}", "Rain.", first_seen=NOON - n * timedelta(minutes=1)) for n in range(450)])
    assert str(backtest("rain", store, NOON)) == "450 in 30 days"
    assert str(often("rain", store, NOON, 30, 400)) == "400 or more in 30 days"


def test_a_query_that_cannot_be_read(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError):
        backtest('"open', store, NOON)
