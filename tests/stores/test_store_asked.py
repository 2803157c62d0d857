"""What a desk asks of every store: by date, story by story, over time, who is quoted how often."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wire_articles import NOON, entity, placed, wire_article

from schemas.article import Quote, Speaker, WireArticle
from stores.query import QueryError, parse
from stores.store import Said, SpeakerCount, Store, StoryPage

DAY = timedelta(days=1)
EVERYTHING = parse("*", NOON)


def test_by_date_the_publishers_date_decides_and_the_undated_come_last(store: Store) -> None:
    store.write(
        [
            wire_article("old", "tomahawk", published=NOON - 400 * DAY, first_seen=NOON + 2 * DAY),
            wire_article("before 1970", "tomahawk", published=datetime(1945, 5, 8, tzinfo=UTC)),
            wire_article("undated", "tomahawk", first_seen=NOON + 3 * DAY),
            wire_article("undated too", "tomahawk", first_seen=NOON + 4 * DAY),
            wire_article("new", "tomahawk", published=NOON, first_seen=NOON - DAY),
            wire_article("new too", "tomahawk", published=NOON, first_seen=NOON),
            wire_article("another", "rain", published=NOON),
        ]
    )
    wanted = ["new too", "new", "old", "before 1970", "undated too", "undated"]
    assert _by_date(store, "tomahawk", 100) == wanted
    assert _by_date(store, "tomahawk", 1) == wanted
    assert _by_date(store, "tomahawk NOT id:new*", 2) == wanted[2:]
    assert _by_date(store, "NOT rain", 3) == wanted
    for elsewhere in ("elsewhere", "[1]", '["a", "b"]'):
        with pytest.raises(ValueError, match="no place in these results"):
            store.search(EVERYTHING, order="published", after=elsewhere)


def _by_date(store: Store, query: str, limit: int) -> list[str]:
    seen: list[str] = []
    after = None
    while True:
        page = store.search(parse(query, NOON), limit, after, "published")
        seen += [article.id for article in page.articles]
        after = page.next
        if after is None:
            return seen


def test_a_story_is_one_line_where_its_newest_match_stands(store: Store) -> None:
    store.write(
        [
            _copy("a1", "A", 0, "one.org"),
            _copy("b1", "b", 1, "one.org"),
            _copy("a2", "A", 2, "two.org"),
            _copy("a3", "A", 3, None, text="The text was cut."),
            _copy("c1", "c", 4, "one.org", text="Rain."),
            _copy("b2", "b", 5, "one.org"),
        ]
    )
    page = store.stories(parse("tomahawk", NOON))
    assert [(hit.lead.id, hit.matching, hit.articles, hit.sources) for hit in page.stories] == [
        ("b2", 2, 2, (("one.org", 2),)),
        ("a2", 2, 3, ((None, 1), ("one.org", 1), ("two.org", 1))),
    ]
    assert page.next is None
    first = store.stories(EVERYTHING, limit=1)
    second = store.stories(EVERYTHING, limit=1, after=first.next)
    third = store.stories(EVERYTHING, limit=1, after=second.next)
    assert [[hit.lead.id for hit in page.stories] for page in (first, second, third)] == [["b2"], ["c1"], ["a3"]]
    assert third.next is None
    assert store.stories(parse("nothing", NOON)) == StoryPage(())


def test_stories_go_on_over_many_copies(store: Store) -> None:
    store.write([_copy(f"x{number}", "x", number, "one.org") for number in range(230)])
    store.write([_copy("y", "y", -1, "one.org")])
    page = store.stories(parse("tomahawk", NOON), limit=1)
    assert [(hit.lead.id, hit.articles) for hit in page.stories] == [("x229", 230)]
    rest = store.stories(parse("tomahawk", NOON), limit=1, after=page.next)
    assert [hit.lead.id for hit in rest.stories] == ["y"]
    assert rest.next is None


def test_stories_in_numbers_are_the_same_stories(store: Store) -> None:
    store.write([_copy(f"x{number}", f"X{number % 7}", number, f"{number % 3}.org") for number in range(20)])
    for query in (EVERYTHING, parse("source:1.org", NOON)):
        whole, counts = store.stories(query, 5), store.story_counts(query, 5)
        assert [(hit.lead.story_id.lower(), hit.matching, hit.articles, hit.sources) for hit in whole.stories] == [
            (one.story_id.lower(), one.matching, one.articles, one.sources) for one in counts.stories
        ]
        assert len(counts.stories) == 5
        assert [one.story_id.lower() for one in store.story_counts(query, 5, counts.next).stories] == [
            hit.lead.story_id.lower() for hit in store.stories(query, 5, whole.next).stories
        ]


def test_the_places_of_articles_are_listed_newest_first(store: Store) -> None:
    kyiv = placed("k", "Rain in Kyiv.", "Kyiv", 50.45, 30.52, story_id="k")
    store.write([
        kyiv.model_copy(update={"entities": kyiv.entities * 2}),
        wire_article("z", "Rain in Zarvik.", places=["Zarvik"], story_id="z", first_seen=NOON + timedelta(seconds=1)),
    ])  # fmt: skip
    page = store.places(EVERYTHING)
    assert [(one.story_id, [(place.name, place.latitude, place.longitude) for place in one.places])
            for one in page.articles] == [("z", []), ("k", [("Kyiv", 50.45, 30.52)])]  # fmt: skip
    first = store.places(EVERYTHING, 1)
    assert (first.articles, page.next) == (page.articles[:1], None)
    assert store.places(EVERYTHING, 1, first.next).articles == page.articles[1:]
    assert store.places(parse("kyiv", NOON)).articles == page.articles[1:]
    with pytest.raises(ValueError, match="pass what `next` gave"):
        store.places(EVERYTHING, 1, "nowhere")


def _copy(id: str, story: str, seconds: int, source: str | None, text: str = "A tomahawk flew.") -> WireArticle:
    seen = NOON + timedelta(seconds=seconds)
    return wire_article(id, text, story_id=story, source=source, first_seen=seen)


def test_how_articles_lie_in_time(store: Store) -> None:
    dates = [NOON, NOON + timedelta(hours=1), NOON - DAY, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), None]
    store.write([wire_article(f"a{number}", "rain", published=date) for number, date in enumerate(dates)])
    midnight = NOON.replace(hour=0)
    days = store.histogram(parse("rain", NOON))
    assert days.bars == ((datetime(1969, 12, 31, tzinfo=UTC), 1), (midnight - DAY, 1), (midnight, 2))
    assert days.undated == 1
    hours = store.histogram(parse("published:2026-03-02", NOON), "hour")
    assert hours.bars == ((NOON, 1), (NOON + timedelta(hours=1), 1))
    seen = store.histogram(EVERYTHING, moment="first_seen")
    assert (seen.bars, seen.undated) == (((midnight, 5),), 0)
    assert store.histogram(parse("snow", NOON)).bars == ()


TALK = "“We need rain,” said Ann Lee in Oslo. “Rain again,” she said. Bob: “No.” “Who knows,” somebody said."


def said_by(id: str, quotes: Sequence[tuple[str, str | None, str | None]], **fields: object) -> WireArticle:
    """An article with TALK; of each quote its words, the words for its speaker, and the canonical name."""
    made = []
    for words, surface, name in quotes:
        start = TALK.index(words)
        speaker = None
        if surface is not None:
            at = TALK.index(surface)
            speaker_id = f"person:{name.lower().replace(' ', '-')}" if name else None
            speaker = Speaker(start=at, end=at + len(surface), text=surface, name=name, id=speaker_id)
        made.append(Quote(start=start, end=start + len(words), kind="direct", speaker=speaker))
    return wire_article(id, TALK, **{"quotes": tuple(made), **fields})  # type: ignore[arg-type]  # fields by name


ANN = [("We need rain,", "Ann Lee", "Ann Lee"), ("Rain again,", "she", "Ann Lee")]
BOB = [("No.", "Bob", "Bob Ray")]


def _write_talks(store: Store) -> None:
    store.write(
        [
            said_by("a", [*ANN, *BOB], source="one.org", published=NOON, language="en", first_seen=NOON),
            said_by("b", ANN, source="news.two.org", published=NOON - 9 * DAY, first_seen=NOON + timedelta(seconds=1)),
            said_by(
                "c",
                [("Who knows,", None, None), ("No.", "somebody", None)],
                entities=(entity(TALK, "place", "Oslo"),),
                first_seen=NOON + timedelta(seconds=2),
            ),
        ]
    )


def test_quotes_are_found_by_person_and_by_what_their_article_is(store: Store) -> None:
    _write_talks(store)

    def found(**wanted: object) -> list[tuple[str, str]]:
        said = Said(**wanted)  # type: ignore[arg-type]  # by name
        page = store.quotes(said)
        assert page.total == len(page.quotes)
        assert page.total_exact
        return [(hit.article.id, hit.text) for hit in page.quotes]

    of_a, of_b = [("a", "We need rain,"), ("a", "Rain again,")], [("b", "We need rain,"), ("b", "Rain again,")]
    assert found(person="Ann Lee") == found(person="person:ann-lee") == [*of_b, *of_a]
    assert found(person="Ann") == []
    assert found(speaker="ann", where=parse("source:two.org", NOON)) == of_b
    assert found(where=parse("lang:en published:2026-03-02", NOON)) == [*of_a, ("a", "No.")]
    assert found(where=parse("place:oslo", NOON)) == [("c", "Who knows,"), ("c", "No.")]
    assert found(where=parse("NOT source:*", NOON), about=parse("no", NOON, in_quote=True)) == [("c", "No.")]
    assert found(person="Ann Lee", about=parse("again", NOON, in_quote=True)) == [of_b[1], of_a[1]]
    for refused, place in (("oslo", 0), ("lang:en text:oslo", 8), ("quotes:(oslo)", 0)):
        with pytest.raises(QueryError) as caught:
            store.quotes(Said(where=parse(refused, NOON)))
        assert caught.value.position == place


def test_pages_of_quotes_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    _write_talks(store)
    seen, after = [], None
    while True:
        page = store.quotes(Said(), limit=2, after=after)
        assert page.total == 7
        seen += [(hit.article.id, hit.text) for hit in page.quotes]
        after = page.next
        if after is None:
            break
    assert [id for id, _ in seen] == ["c", "c", "b", "b", "a", "a", "a"]
    assert len(set(seen)) == 7
    with pytest.raises(ValueError, match="no place"):
        store.quotes(Said(), after="elsewhere")


def test_how_often_each_is_quoted(store: Store) -> None:
    _write_talks(store)
    ann, bob = store.speakers(Said())
    assert ann == SpeakerCount(
        "Ann Lee",
        "person:ann-lee",
        quotes=4,
        articles=2,
        words=10,
        sources=(("news.two.org", 2), ("one.org", 2)),
        first_published=NOON - 9 * DAY,
        last_published=NOON,
        first_seen=NOON,
    )
    assert (bob.name, bob.quotes, bob.words, bob.sources) == ("Bob Ray", 1, 1, (("one.org", 1),))
    assert store.speakers(Said(), names=["Bob Ray", "Nobody"]) == (bob,)
    assert store.speakers(Said(), limit=1) == (ann,)
    (again,) = store.speakers(Said(about=parse("again", NOON, in_quote=True), where=parse("source:one.org", NOON)))
    assert (again.name, again.quotes, again.articles, again.sources) == ("Ann Lee", 1, 1, (("one.org", 1),))
    assert store.speakers(Said(speaker="nobody")) == ()
    with pytest.raises(QueryError):
        store.speakers(Said(where=parse("oslo", NOON)))


def test_what_was_said_is_gone_with_its_article(store: Store) -> None:
    _write_talks(store)
    store.write([said_by("a", BOB, source="one.org", fetched_at=NOON + DAY)])
    assert [(one.name, one.quotes) for one in store.speakers(Said())] == [("Ann Lee", 2), ("Bob Ray", 1)]
    store.forget("b")
    assert [(one.name, one.quotes) for one in store.speakers(Said())] == [("Bob Ray", 1)]


def test_what_an_article_was_is_kept_when_it_is_changed(store: Store) -> None:
    first = wire_article("a", "The convoy left.", first_seen=NOON - DAY)
    second = wire_article("a", "The convoy stood.", revision="2", fetched_at=NOON + DAY, first_seen=NOON - DAY)
    third = wire_article("a", "The convoy arrived.", revision="3", fetched_at=NOON + 2 * DAY, first_seen=NOON - DAY)
    other = wire_article("b", "Rain.")
    store.write([first, other])
    assert store.revisions("a") == []
    store.write([second])
    store.write([first])  # superseded, and known
    store.write([second.model_copy(update={"generation": 1})])  # read again: the same revision
    store.write([third, wire_article("b", "Snow.", revision="2", fetched_at=NOON + DAY)])
    assert [one.text for one in store.revisions("a")] == ["The convoy left.", "The convoy stood."]
    assert store.revisions("a")[0] == first
    assert store.get("a") == third
    assert store.search(parse("left OR stood", NOON)).total == 0
    everything = store.replaced()
    assert [(one.article_id, one.revision, one.at) for one in everything.replaced] == [
        ("a", "2", NOON + 2 * DAY),
        ("b", "1", NOON + DAY),
        ("a", "1", NOON + DAY),
    ]
    page = store.replaced(limit=2)
    rest = store.replaced(limit=2, after=page.next)
    assert (*page.replaced, *rest.replaced) == everything.replaced
    assert rest.next is None
    assert [one.revision for one in store.replaced(since=NOON + 2 * DAY).replaced] == ["2"]
    with pytest.raises(ValueError, match="no place among these changes"):
        store.replaced(after="elsewhere")


def test_what_an_article_was_is_forgotten_with_it(store: Store) -> None:
    old = NOON.replace(year=2025)
    for number in range(2):
        changed: dict[str, Any] = {"revision": str(number), "fetched_at": NOON + number * DAY}
        store.write([wire_article("a", f"Rain {number}.", **changed)])
        store.write([wire_article("old", f"Snow {number}.", first_seen=old, **changed)])
    assert len(store.replaced().replaced) == 2
    assert store.forget("a")
    assert [one.article_id for one in store.replaced().replaced] == ["old"]
    assert store.expire(before=NOON - 60 * DAY) == 1
    assert store.replaced().replaced == ()
    assert store.revisions("a") == store.revisions("old") == []
