"""What every store promises, asked of each: writing and versions, finding, quotes, alerts, letting go."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from wire_articles import NOON, entity, wire_article

from schemas.alert import Alert, Delivery, Status, Why
from schemas.outcome import Done, Dropped, Outcome
from stores.query import parse
from stores.recorded import recorded
from stores.store import AlertPage, Said, Store

LATER = NOON + timedelta(hours=1)
Found = Callable[[str], list[str]]

FINDS = {
    "tomahawk": ["a"],
    "TOMAHAWKS": ["a"],
    '"cruise missile"': ["a"],
    '"missile cruise"': [],
    '"missiles tomahawk"~1': ["a"],
    '"missiles tomahawk"~0': [],
    "missiles*": ["b", "a"],
    "title:missile": ["b"],
    "text:missile": ["a"],
    "person:zelensky": ["a"],
    "person:zelensky*": ["a"],
    "place:kyiv OR place:lviv": ["a"],
    "zelenskiy": ["a"],
    "name:zelenskiy": ["a"],
    "person:zelenskiy": ["a"],
    "speaker:zelenskiy": ["a"],
    "quotes:(speaker:zelenskiy need)": ["a"],
    "place:zelenskiy": [],
    "text:zelenskiy": [],
    "zelensky": ["a"],
    "speaker:peskov AND nuclear": ["b"],
    "speaker:zelenskyy": ["a"],
    "quotes:(speaker:peskov AND text:nuclear)": ["b"],
    "quotes:(speaker:peskov AND text:talks)": [],
    "quotes:(speaker:peskov AND NOT nuclear)": [],
    "quotes:(kind:indirect)": ["b"],
    "quotes:(NOT kind:indirect)": ["b", "a"],
    "source:EXAMPLE.org": ["a"],
    "source:exam*": ["a"],
    "NOT source:example.org": ["c", "b"],
    "source:www.example.org": ["a"],
    "source:https://www.EXAMPLE.org/rss?x=1": ["a"],
    "source:news.example.org": [],
    "source:bbc.co.uk": ["c"],
    "source:co.uk AND source:news.bbc*": ["c"],
    "source:*": ["c", "a"],
    "NOT source:(*)": ["b"],
    "person:* OR title:*": ["b", "a"],
    "published:*": ["a"],
    "quotes:*": ["b", "a"],
    "quotes:(NOT speaker:*)": ["b"],
    "guid:TAG:example.org,2026*": ["b"],
    "lang:en": ["a"],
    "feed:https://example.org/rss?x=1": ["b"],
    "story:s1": ["b", "a"],
    "id:c": ["c"],
    "published:2026-03-02": ["a"],
    "published:[now-7d TO now]": ["a"],
    "published:{2026-03-02T11:00 TO *]": [],
    "NOT published:[now-7d TO now]": ["c", "b"],
    "first_seen:>=2026-03-02T12:00:01": ["c", "b"],
    "missile AND NOT zelensky": ["b"],
    "missile -zelensky": ["b"],
    "NOT missile": ["c"],
    "zelensky OR NOT missile": ["c", "a"],
    "dangerous nuclear OR quiet": ["c"],
    "*": ["c", "b", "a"],
    "café": ["c"],
    "cafe": ["c"],
    "“cruise missile”": ["a"],
    'tomahawk "—"': ["a"],
}

STRIKE = (
    "Zelensky's office asked for Tomahawk cruise missiles. “We need them now,” Zelensky said in Kyiv. "
    "Dmitry Peskov called the request dangerous."
)


def test_an_article_comes_back_as_it_was_written(store: Store) -> None:
    article = wire_article(
        "a",
        STRIKE,
        people=["Zelensky", "Dmitry Peskov"],
        said=[("We need them now,", "Zelensky", "Volodymyr Zelenskyy")],
        title="Kyiv asks for missiles",
        url="https://example.org/a",
        source="example.org",
        authors=("A. Writer",),
        tags=("war",),
        language="en",
        published=NOON - timedelta(hours=1),
        original=STRIKE.replace("“", "\xe2"),
        repairs=2,
        names=("Volodymyr Zelenskyy", "Zelensky"),
        signature="AAAA",
        model="m",
        generation=3,
        notes=("a note",),
    )
    place = entity(STRIKE, "place", "Kyiv").model_copy(update={"latitude": 50.45, "longitude": 30.52, "country": "ua"})
    article = article.model_copy(update={"entities": (*article.entities, place)})
    assert store.write([article]) == [Done()]
    assert store.get("a") == article
    assert store.get("a") is not None
    assert store.get("b") is None
    assert store.get("b") is None


def test_a_newer_version_replaces_an_older_is_superseded_an_equal_overwrites(store: Store, found: Found) -> None:
    old = wire_article("a", "The convoy left.")
    new = wire_article("a", "The convoy arrived.", revision="2", fetched_at=NOON + timedelta(seconds=1))
    assert store.write([new]) == [Done()]
    assert store.write([old]) == [Dropped("superseded")]
    assert found("arrived") == ["a"]
    assert found("left") == []
    assert store.write([new]) == [Done()]
    assert store.count() == 1


def test_a_newer_model_at_the_same_fetch_replaces(store: Store, found: Found) -> None:
    store.write([wire_article("a", "Paris spoke.", generation=1)])
    store.write([wire_article("a", "Paris spoke.", generation=2, people=["Paris"])])
    assert found("person:paris") == ["a"]
    assert store.write([wire_article("a", "Paris spoke.", generation=1)]) == [Dropped("superseded")]


def test_one_batch_gives_one_outcome_each_in_order(store: Store) -> None:
    store.write([wire_article("b", fetched_at=NOON + timedelta(days=1))])
    outcomes = store.write([wire_article("a"), wire_article("b"), wire_article("c")])
    assert outcomes == [Done(), Dropped("superseded"), Done()]


def test_the_same_article_twice_in_one_batch_is_stored_once(store: Store, found: Found) -> None:
    older = wire_article("a", "Old words.")
    newer = wire_article("a", "New words.", fetched_at=NOON + timedelta(seconds=5))
    assert store.write([older, newer, older]) == [Done(), Done(), Dropped("superseded")]
    assert found("words") == ["a"]
    assert found("old") == []


def test_quotes_of_an_older_revision_are_gone(store: Store) -> None:
    text = "“First,” said Ann. “Second,” said Ann. “Third,” said Ann."
    store.write([wire_article("a", text, said=[("First,", "Ann"), ("Second,", "Ann"), ("Third,", "Ann")])])
    shorter = text.replace("Second", "Other")
    newer = wire_article("a", shorter, said=[("Other,", "Ann")], fetched_at=NOON + timedelta(seconds=1))
    store.write([newer])
    assert [hit.text for hit in store.quotes(Said(speaker="ann")).quotes] == ["Other,"]
    assert store.search(parse("quotes:(third)", NOON)).total == 0


def test_a_query_finds_what_it_means(store: Store, found: Found) -> None:
    talk = "Peskov spoke of talks. He said the nuclear option stands."
    store.write(
        [
            wire_article(
                "a",
                STRIKE,
                entities=(
                    entity(STRIKE, "person", "Zelensky", "Volodymyr Zelenskyy"),
                    entity(STRIKE, "place", "Kyiv"),
                ),
                said=[("We need them now,", "Zelensky", "Volodymyr Zelenskyy")],
                names=("Volodymyr Zelenskyy", "Zelensky", "Zelenskiy", "Kyiv", "Lviv"),
                source="Example.org",
                language="en",
                story_id="s1",
                published=NOON - timedelta(hours=1),
            ),
            wire_article(
                "b",
                talk,
                title="Missiles and talks",
                said=[("the nuclear option stands.", "Peskov", "Dmitry Peskov", "indirect"), ("talks",)],
                feed="https://example.org/rss?x=1",
                guid="tag:example.org,2026:b",
                story_id="s1",
                first_seen=NOON + timedelta(seconds=1),
            ),
            wire_article(
                "c", "A quiet day at the Café.", first_seen=NOON + timedelta(seconds=2), source="news.BBC.co.uk"
            ),
        ]
    )
    assert {query: found(query) for query in FINDS} == FINDS


def test_pages_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    store.write([wire_article(f"a{n}", "tomahawk", first_seen=NOON + timedelta(seconds=n // 2)) for n in range(7)])
    query, seen, after = parse("tomahawk", NOON), [], None
    while True:
        hits = store.search(query, limit=3, after=after)
        seen += [article.id for article in hits.articles]
        after = hits.next
        if after is None:
            break
    assert sorted(seen) == [f"a{n}" for n in range(7)]
    assert seen[0] == "a6"
    assert seen[-1] in {"a0", "a1"}
    assert hits.total == 7
    assert hits.total_exact


def test_a_page_of_none_tells_the_total(store: Store) -> None:
    store.write([wire_article("a", "tomahawk", language="en")])
    hits = store.search(parse("tomahawk", NOON), limit=0, facets=["language"])
    assert (hits.total, hits.articles, hits.next, hits.facets) == (1, (), None, {"language": (("en", 1),)})


def test_any_thread_may_write_and_search(store: Store) -> None:
    query = parse("tomahawk", NOON)

    def work(name: int) -> list[Outcome]:
        outcomes = store.write([wire_article(f"{name}-{n}", f"tomahawk {n}") for n in range(10)])
        assert store.search(query).total >= 10
        return outcomes

    with ThreadPoolExecutor(4) as pool:
        outcomes = [outcome for found in pool.map(work, range(8)) for outcome in found]
    assert outcomes == [Done()] * 80
    assert store.count(query) == 80


def test_a_cursor_of_elsewhere_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no place in these results"):
        store.search(parse("a", NOON), after="elsewhere")


def test_relevance_puts_the_article_about_it_first_and_pages(store: Store) -> None:
    store.write(
        [
            wire_article("about", "Tomahawk, Tomahawk and Tomahawk again."),
            wire_article(
                "beside", "Among many other words of little weight a tomahawk.", first_seen=NOON.replace(hour=13)
            ),
        ]
    )
    query = parse("tomahawk", NOON)
    first = store.search(query, limit=1, order="relevance")
    assert [article.id for article in first.articles] == ["about"]
    second = store.search(query, limit=1, order="relevance", after=first.next)
    assert [article.id for article in second.articles] == ["beside"]
    assert second.next is None
    mixed = parse("tomahawk AND NOT published:now AND NOT (NOT tomahawk)", NOON)
    assert [article.id for article in store.search(mixed, order="relevance").articles] == ["about", "beside"]
    unranked = parse("id:a* OR id:b*", NOON)
    assert {article.id for article in store.search(unranked, order="relevance").articles} == {"about", "beside"}


def test_facets_count_articles_by_canonical_name(store: Store) -> None:
    text = "Ann met Ann and Bob."
    store.write(
        [
            wire_article("a", text, people=["Ann", "Bob"], source="one.org", said=[("met", "Ann")]),
            wire_article("b", text, people=["Ann"], source="two.org"),
            wire_article("c", text, people=["Bob", "Ann"], source="one.org", language="en"),
        ]
    )
    facets = store.search(parse("NOT id:c", NOON), facets=["person", "source", "speaker", "language", "place"]).facets
    assert facets == {
        "person": (("Ann", 2), ("Bob", 1)),
        "source": (("one.org", 1), ("two.org", 1)),
        "speaker": (("Ann", 1),),
        "language": (),
        "place": (),
    }
    with pytest.raises(ValueError, match="cannot be counted"):
        store.search(parse("*", NOON), facets=["text"])


def test_beyond_the_exact_total_facets_count_the_newest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in ("sqlite", "elastic"):
        monkeypatch.setattr(f"stores.{engine}.searching.EXACT_TOTAL", 2)
    store.write(
        [
            wire_article(f"a{days}", f"Day {days}.", source=f"{days}.org", first_seen=NOON + timedelta(days=days))
            for days in range(4)
        ]
    )
    hits = store.search(parse("day", NOON), limit=0, facets=["source"])
    assert (hits.total_exact, hits.facets) == (False, {"source": (("2.org", 1), ("3.org", 1))})
    assert store.search(parse("day source:1.org", NOON), limit=0, facets=["source"]).facets == {
        "source": (("1.org", 1),)
    }


def test_quotes_are_found_by_speaker_and_by_their_words(store: Store) -> None:
    text = "“Send them Tomahawks,” Trump said. “No,” said Peskov. Trump: “Talks.”"
    said = [("Send them Tomahawks,", "Trump", "Donald Trump"), ("No,", "Peskov"), ("Talks.", "Trump")]
    store.write([wire_article("a", text, said=said)])
    store.write(
        [wire_article("b", "“Tomahawk,” he said.", said=[("Tomahawk,", "he")], first_seen=NOON.replace(hour=13))]
    )
    about = parse("tomahawk", NOON, in_quote=True)
    assert [(hit.article.id, hit.text) for hit in store.quotes(Said()).quotes] == [
        ("b", "Tomahawk,"),
        ("a", "Send them Tomahawks,"),
        ("a", "No,"),
        ("a", "Talks."),
    ]
    assert [hit.speaker for hit in store.quotes(Said(speaker="donald trump")).quotes] == ["Donald Trump"]
    assert [hit.text for hit in store.quotes(Said(speaker="Trump", about=about)).quotes] == ["Send them Tomahawks,"]
    assert [hit.article.id for hit in store.quotes(Said(about=about)).quotes] == ["b", "a"]
    assert [hit.text for hit in store.quotes(Said(), limit=3).quotes] == ["Tomahawk,", "Send them Tomahawks,", "No,"]
    assert store.quotes(Said(speaker="—")).quotes == ()


def test_a_forgotten_article_is_found_by_nothing(store: Store, found: Found) -> None:
    store.write([wire_article("a", STRIKE, said=[("We need them now,", "Zelensky")]), wire_article("b", STRIKE)])
    assert store.forget("a")
    assert not store.forget("a")
    assert found("tomahawk") == ["b"]
    assert store.quotes(Said(speaker="zelensky")).quotes == ()
    assert store.get("a") is None


def test_what_was_first_seen_long_ago_expires_with_its_quotes(store: Store, found: Found) -> None:
    old, new = NOON.replace(year=2025), NOON
    said = [("We need them now,", "Zelensky")]
    store.write([wire_article("old", STRIKE, said=said, first_seen=old), wire_article("new", STRIKE, first_seen=new)])
    assert store.expire(before=NOON - timedelta(days=60)) == 1
    assert found("tomahawk") == ["new"]
    assert store.quotes(Said(speaker="zelensky")).quotes == ()
    assert store.count() == 1


def delivery(id: str, status: Status = "kept", seconds: float = 0, **fields: Any) -> Delivery:
    """What became of an alert so many seconds after noon; `fields` are the alert's."""
    alert = Alert(
        **{
            "id": id,
            "revision": "1",
            "subscription": "s",
            "subscription_name": "Tomahawk",
            "query": "tomahawk",
            "matched_part": "tomahawk",
            "scope": id,
            "article_id": f"article {id}",
            "story_id": f"story {id}",
            "title": f"Title {id}",
            "first_seen": NOON,
            "matched_at": NOON,
            **fields,
        }
    )
    at = NOON + timedelta(seconds=seconds)
    return Delivery(id=id, subscription=alert.subscription, status=status, at=at, alert=alert)


def test_an_alert_comes_back_as_it_was_recorded(store: Store) -> None:
    known = delivery(
        "a",
        "waiting",
        url="https://example.org/a",
        source="Example.org",
        feed="https://example.org/rss",
        speakers=("Ann", "Bob"),
        why=(Why(sentence="Send Tomahawks, said Ann.", marks=((5, 14),), speaker="Ann"), Why(sentence="Tomahawks!")),
        published=NOON - timedelta(hours=1),
    ).model_copy(
        update={"waiting_for": "digest", "due": LATER, "told": ("mailto",), "left": ("x://secret",), "problem": "no"}
    )
    assert store.record([known]) == [Done()]
    (row,) = store.alerts().alerts
    assert row == recorded(known)
    assert row.why == ("Send Tomahawks, said Ann.", "Tomahawks!")
    assert "secret" not in row.model_dump_json()
    assert (row.channels, row.waiting_for, row.due, row.told_at) == (("mailto",), "digest", LATER, None)


def test_of_an_alert_the_last_change_stands(store: Store) -> None:
    assert store.record([delivery("a", "waiting"), delivery("a", "delivered", 5)]) == [Done(), Done()]
    assert store.record([delivery("a", "waiting", 1)]) == [Dropped("superseded")]
    assert store.record([delivery("a", "delivered", 5), delivery("b", "refused")]) == [Done(), Done()]
    told = {row.id: (row.status, row.told_at) for row in store.alerts().alerts}
    assert told == {"a": ("delivered", NOON + timedelta(seconds=5)), "b": ("refused", None)}


def test_an_alert_that_was_refused_and_matched_again_in_another_month_is_there_once(store: Store) -> None:
    again = delivery("a", "delivered", 40 * 86_400, matched_at=NOON + timedelta(days=40), article_id="copy")
    assert store.record([delivery("a", "refused")]) == [Done()]
    assert store.record([again]) == [Done()]
    assert store.record([delivery("a", "refused")]) == [Dropped("superseded")]
    assert [(row.status, row.article_id) for row in store.alerts().alerts] == [("delivered", "copy")]


def test_alerts_are_found_by_subscription_article_and_time(store: Store) -> None:
    store.record(
        [
            delivery("a"),
            delivery("b", matched_at=NOON + timedelta(seconds=2), subscription="t", subscription_name="Other"),
            delivery("c", matched_at=NOON + timedelta(seconds=1), article_id="article a"),
        ]
    )

    def ids(**wanted: Any) -> list[str]:
        return [row.id for row in store.alerts(**wanted).alerts]

    assert ids() == ["b", "c", "a"]
    assert ids(subscription="Tomahawk") == ids(subscription="s") == ["c", "a"]
    assert ids(subscription="t") == ["b"]
    assert ids(subscription="nobody's") == []
    assert ids(article="article a") == ["c", "a"]
    assert ids(id="b") == ["b"]
    assert ids(id="nobody's") == ids(id="b", subscription="s") == []
    assert ids(since=NOON + timedelta(seconds=1)) == ["b", "c"]
    assert ids(since=NOON + timedelta(seconds=1), article="article a", subscription="s") == ["c"]


def test_pages_of_alerts_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    store.record([delivery(f"a{n}", matched_at=NOON + timedelta(seconds=n // 3)) for n in range(8)])
    seen, after = [], None
    while True:
        page = store.alerts(limit=3, after=after)
        seen += [row.id for row in page.alerts]
        after = page.next
        if after is None:
            break
    assert seen == ["a7", "a6", "a5", "a4", "a3", "a2", "a1", "a0"]
    assert store.alerts(limit=8).next is None
    for elsewhere in ("elsewhere", "[1]", "7"):
        with pytest.raises(ValueError, match="no place among these alerts"):
            store.alerts(after=elsewhere)


def test_a_forgotten_article_takes_its_alerts_along(store: Store) -> None:
    store.write([wire_article("article a"), wire_article("article b")])
    store.record([delivery("a"), delivery("b"), delivery("of another", article_id="article a")])
    assert store.forget("article a")
    assert [row.id for row in store.alerts().alerts] == ["b"]
    store.record([delivery("c", article_id="never stored")])
    assert not store.forget("never stored")
    assert [row.id for row in store.alerts().alerts] == ["b"]


def test_an_alert_whose_words_were_taken_away_is_taken_out(store: Store) -> None:
    store.record([delivery("a"), delivery("b")])
    wordless = Delivery(id="a", subscription="s", status="kept", at=NOON)
    assert (
        store.record([wordless, delivery("c"), Delivery(id="d", subscription="s", status="kept", at=NOON)])
        == [Done()] * 3
    )
    assert {row.id for row in store.alerts().alerts} == {"b", "c"}


def test_alerts_matched_long_ago_expire(store: Store) -> None:
    old = NOON.replace(year=2025)
    store.record([delivery("old", matched_at=old, first_seen=old), delivery("new")])
    assert store.expire(before=NOON - timedelta(days=60)) == 0
    assert [row.id for row in store.alerts().alerts] == ["new"]


def test_recording_nothing_is_nothing(store: Store) -> None:
    assert store.record([]) == []
    assert store.alerts() == AlertPage(())


def test_counting_is_exact(store: Store) -> None:
    store.write([wire_article(f"a{n}", "tomahawk" if n % 3 else "quiet") for n in range(12)])
    assert store.count() == 12
    assert store.count(parse("tomahawk", NOON)) == 8


def test_writing_nothing_is_nothing(store: Store) -> None:
    assert store.write([]) == []
    assert store.count() == 0


def test_which_of_many_are_there(store: Store) -> None:
    store.write([wire_article(f"a{n}") for n in range(3)])
    assert store.there([f"a{n}" for n in range(1_000)]) == {"a0", "a1", "a2"}
    assert store.there([]) == set()


def test_the_ids_of_all_and_of_the_last_days(store: Store) -> None:
    assert list(store.ids()) == []
    earlier = wire_article("earlier", first_seen=NOON - timedelta(days=40))
    store.write([earlier, *(wire_article(f"a{n}", first_seen=NOON) for n in range(3))])
    assert sorted(store.ids()) == ["a0", "a1", "a2", "earlier"]
    assert sorted(store.ids(since=NOON - timedelta(days=1))) == ["a0", "a1", "a2"]
    assert sorted(store.ids(since=NOON)) == ["a0", "a1", "a2"]
    assert list(store.ids(since=NOON + timedelta(milliseconds=1))) == []
