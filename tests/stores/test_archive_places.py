"""Places by the stories that name them: alike in every store."""

import pytest
from wire_articles import NOON, placed, wire_article

from stores.archive import places
from stores.archive.places import named_places
from stores.query import parse
from stores.store import Store

EVERYTHING = parse("*", NOON)
KYIV, PARIS, TEXAS = ("Kyiv", 50.45, 30.52), ("Paris", 48.86, 2.35), ("Paris", 33.66, -95.56)


def test_a_place_counts_its_stories_and_not_its_copies(store: Store) -> None:
    copies = [placed(f"k{number}", "Rain in Kyiv.", *KYIV, story_id="k0") for number in range(3)]
    store.write([*copies, placed("p", "A fair in Paris.", *PARIS), placed("q", "A fire in Paris.", *PARIS)])
    found = [(one.name, one.stories, one.articles) for one in named_places(store, EVERYTHING, 10).places]
    assert found == [("Paris", 2, 2), ("Kyiv", 1, 3)]
    assert [one.name for one in named_places(store, EVERYTHING, 1).places] == ["Paris"]
    assert [one.name for one in named_places(store, parse("rain", NOON), 10).places] == ["Kyiv"]


def test_two_towns_of_one_name_are_two_and_one_named_twice_is_one(store: Store) -> None:
    twice = placed("p", "Paris. A fair in Paris.", *PARIS)
    again = twice.entities[0].model_copy(update={"start": 17, "end": 22})
    twice = twice.model_copy(update={"entities": (*twice.entities, again)})
    store.write([twice, placed("t", "A fire in Paris.", *TEXAS)])
    assert sorted((one.latitude, one.articles) for one in named_places(store, EVERYTHING, 10).places) == [
        (33.66, 1),
        (48.86, 1),
    ]


def test_what_has_no_position_is_left_out(store: Store) -> None:
    store.write([wire_article("a", "Rain in Zarvik.", places=["Zarvik"])])
    found = named_places(store, EVERYTHING, 10)
    assert (found.places, found.articles, found.complete) == ((), 1, True)


def test_it_is_said_where_not_all_were_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "READ", 2)
    monkeypatch.setattr(places, "PAGE", 1)
    store.write([placed(f"k{number}", "Rain in Kyiv.", *KYIV) for number in range(3)])
    found = named_places(store, EVERYTHING, 10)
    assert (found.articles, found.complete, found.places[0].articles) == (2, False, 2)
