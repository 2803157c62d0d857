"""A day's stories: ranked by their origins on that day, and told with what was written and said."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from wire_articles import NOON, wire_article

from schemas.answers import Briefing
from schemas.article import WireArticle
from stores.archive.briefing import briefing, day_of
from stores.archive.window import WindowError
from stores.query import parse
from stores.store import Store

SAID = "Ilse Brandt said: “The dam at Halvern will hold until the spring.” “We looked at it,” she said."


def _copy(id: str, source: str, minutes: int = 0, **fields: Any) -> WireArticle:
    return wire_article(id, **{
        "title": f"Headline of {id}", "story_id": "dam", "source": source, "url": f"https://{source}/{id}",
        "first_seen": NOON + timedelta(minutes=minutes), **fields,
    })  # fmt: skip


def _of_the_day(store: Store, query: str = "*", limit: int = 10) -> Briefing:
    _, start, end = day_of(None, "UTC", NOON)
    return briefing(store, parse(query, NOON), start, end, limit)


def test_the_story_of_the_most_origins_is_first(store: Store) -> None:
    one_house = [_copy(f"o{number}", f"{number}.house.com", number, story_id="o0") for number in range(3)]
    agency = [
        _copy(f"r{number}", f"paper{number}.com", number, story_id="r0", authors=("Reuters",)) for number in (0, 1)
    ]
    store.write([*one_house, *agency, _copy("a", "quay.com"), _copy("b", "mill.com"), _copy("c", "weir.com")])
    told = [(one.story_id, one.origins, one.articles) for one in _of_the_day(store).stories]
    assert told == [("dam", 3, 3), ("o0", 1, 3), ("r0", 1, 2)]
    assert [one.story_id for one in _of_the_day(store, limit=1).stories] == ["dam"]


def test_only_what_is_of_the_day_and_meets_the_query_counts(store: Store) -> None:
    earlier = [_copy(f"e{number}", f"paper{number}.com", -1440) for number in range(3)]
    dated = _copy("dated", "late.com", published=NOON - timedelta(days=2))
    store.write([*earlier, dated, _copy("a", "quay.com", text="A ferry."), _copy("b", "mill.com", 1, text="A dam.")])
    (story,) = _of_the_day(store).stories
    assert ([one.article_id for one in story.headlines], story.articles) == (["a", "b"], 2)
    (story,) = _of_the_day(store, "ferry").stories
    assert [one.article_id for one in story.headlines] == ["a"]


def test_headlines_are_of_different_origins_and_none_comes_twice(store: Store) -> None:
    same = _copy("d", "weir.com", 3, title="headline of A")
    store.write([_copy("a", "quay.com"), _copy("b", "www.quay.com", 1), _copy("c", "mill.com", 2), same])
    (story,) = _of_the_day(store).stories
    assert [one.title for one in story.headlines] == ["Headline of a", "Headline of c"]


def test_what_most_articles_have_said_is_first_and_told_once(store: Store) -> None:
    said = [("The dam at Halvern will hold until the spring.", "Ilse Brandt")]
    also = [("We looked at it", "she", "Ilse Brandt"), *said]
    store.write([_copy("a", "quay.com", text=SAID, said=also), _copy("b", "mill.com", 1, text=SAID, said=said)])
    (story,) = _of_the_day(store).stories
    assert [(one.content[:8], one.articles, one.article_id) for one in story.quotes] == [
        ("The dam ", 2, "a"),
        ("We looke", 1, "a"),
    ]


@pytest.mark.parametrize(
    "said", [("We looked at it", "she"), ("We looked at it", "Ilse Brandt", "Ilse Brandt", "indirect")]
)
def test_nobody_is_given_words_that_are_not_theirs(store: Store, said: tuple[str, ...]) -> None:
    article = _copy("a", "quay.com", text=SAID, said=[said])
    (quote,) = article.quotes
    if len(said) == 2:  # the reporter's "she", who is nobody by herself
        assert quote.speaker
        article = article.model_copy(
            update={"quotes": (quote.model_copy(update={"speaker": quote.speaker.model_copy(update={"name": None})}),)}
        )
    store.write([article])
    assert _of_the_day(store).stories[0].quotes == ()


@pytest.mark.parametrize(
    ("day", "zone", "start", "hours"),
    [
        ("2026-03-02", "UTC", "2026-03-02T00:00+00:00", 24),
        (None, "Pacific/Auckland", "2026-03-02T11:00+00:00", 24),
        ("2026-03-29", "Europe/Kyiv", "2026-03-28T22:00+00:00", 23),
    ],
)
def test_a_day_begins_where_it_is_lived(day: str | None, zone: str, start: str, hours: int) -> None:
    _, begins, ends = day_of(day, zone, NOON)
    assert (begins, ends - begins) == (datetime.fromisoformat(start), timedelta(hours=hours))


def test_today_is_named() -> None:
    assert day_of(None, "UTC", NOON)[0] == date(2026, 3, 2)
    assert day_of(None, "Pacific/Auckland", NOON)[0] == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("day", "zone"), [("soon", "UTC"), ("9999-12-31", "UTC"), ("2026-03-02", "Mars"), (None, "Europe")]
)
def test_what_is_no_day_is_told(day: str | None, zone: str) -> None:
    with pytest.raises(WindowError):
        day_of(day, zone, NOON)
