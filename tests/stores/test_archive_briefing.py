"""A briefing: the stories of most origins first, told by headlines and by what named people said."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from wire_articles import NOON, wire_article

from stores.archive.briefing import QUOTES, briefing
from stores.query import parse
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.store import Store

TEXT = "“We will pay,” said Ada Lind. “They must go,” said Per Holm. Somebody said “no”. “So be it,” said Ada Lind."
SAID = [("“We will pay,”", "Ada Lind"), ("“They must go,”", "Per Holm"), ("“no”",), ("“So be it,”", "Ada Lind")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = Database(tmp_path / "wire.db")
    yield EmbeddedStore(database)
    database.close()


def told(store: Store, query: str = "*", limit: int = 10) -> list[tuple[str, int, int]]:
    stories = briefing(store, parse(query, NOON), limit)
    return [(one.title, one.origins, one.articles) for one in stories]


def test_what_most_told_independently_comes_first(store: Store) -> None:
    later = NOON + timedelta(hours=1)
    store.write(
        [
            wire_article("a", title="One paper, twice", source="quay.example", story_id="s"),
            wire_article("b", title="Again", source="quay.example", story_id="s", first_seen=later),
            wire_article("c", title="Two papers", source="quay.example", story_id="t"),
            wire_article("d", title="The other one", source="wire.example", story_id="t", first_seen=later),
            wire_article("e", title="Alone", source="wire.example", story_id="u", language="de"),
        ]
    )
    assert told(store) == [("Two papers", 2, 2), ("One paper, twice", 1, 2), ("Alone", 1, 1)]
    assert told(store, limit=1) == [("Two papers", 2, 2)]
    assert told(store, "language:de") == [("Alone", 1, 1)]


def test_only_named_people_speak_each_once(store: Store) -> None:
    copies = [wire_article(id, TEXT, people=["Ada Lind", "Per Holm"], said=SAID, story_id="s") for id in ("a", "b")]
    store.write(copies)
    (story,) = briefing(store, parse("*", NOON), 5)
    assert [quote.content for quote in story.quotes] == ["“We will pay,”", "“They must go,”", "“So be it,”"]
    assert len(story.quotes) == QUOTES
    assert all(TEXT[quote.start : quote.end] == quote.content for quote in story.quotes)


def test_two_wordings_of_one_utterance_are_told_once(store: Store) -> None:
    text = "“The dam will hold until spring,” said Ada Lind. She said the dam will hold until the spring."
    said = [("The dam will hold until spring,", "Ada Lind"), ("the dam will hold until the spring", "Ada Lind")]
    store.write([wire_article("a", text, people=["Ada Lind"], said=said)])
    (story,) = briefing(store, parse("*", NOON), 5)
    assert [quote.content for quote in story.quotes] == ["The dam will hold until spring,"]


def test_nothing_is_told_of_a_time_without_stories(store: Store) -> None:
    assert told(store) == []
