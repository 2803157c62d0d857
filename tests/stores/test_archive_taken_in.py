"""How many articles came in by the hour, by when they were first seen, whatever their own dates say."""

from datetime import timedelta

from wire_articles import NOON, wire_article

from stores.archive.finding import taken_in
from stores.store import Store


def test_each_of_the_last_24_hours_has_its_number(store: Store) -> None:
    ago = {"now": 0, "minutes": 20, "hour": 61, "first": 23 * 60, "before": 24 * 60 + 1}
    old = NOON - timedelta(days=400)
    now = NOON + timedelta(minutes=30)
    store.write([wire_article(id, first_seen=now - timedelta(minutes=one), published=old) for id, one in ago.items()])
    intake = taken_in(store, now)
    assert [bar.count for bar in intake.histogram] == [1, *[0] * 21, 1, 2]
    assert (intake.histogram[-1].start, intake.histogram[-1].end) == (NOON, NOON + timedelta(hours=1))
    assert (intake.total, intake.interval) == (4, "hour")


def test_an_hour_without_articles_is_there(store: Store) -> None:
    assert [bar.count for bar in taken_in(store, NOON).histogram] == [0] * 24
