"""What the commands that read an archive show of people, changes and copies."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore


def test_a_name_of_several_people_is_to_be_given_whole(filled: Callable[..., Any], tmp_path: Path) -> None:
    text = "“The bridge stays shut,” said Karl Brandt."
    _store(tmp_path, wire_article("k", text, said=[("The bridge stays shut,", "Karl Brandt")]))
    ran = filled("person", "Brandt")
    assert ran.status == 1
    assert "may be several people: give one of these whole names: " in ran.err
    assert {"Ilse Brandt (1)", "Karl Brandt (1)"} <= set(ran.err.strip().partition("names: ")[2].split(", "))
    assert "The bridge stays shut" in filled("person", "Karl Brandt").out


def test_who_said_it_after_all_is_shown_among_the_changes_of_an_article(
    filled: Callable[..., Any], tmp_path: Path
) -> None:
    words = "The bridge stays shut until the inspectors have looked at each of its piers,"
    for number, name in enumerate(("Karl Brandt", "Ada Noor")):
        text = f"“{words}” said {name}."
        fetched = NOON + timedelta(hours=number)
        said = [(words, name)]
        _store(tmp_path, wire_article("k", text, said=said, revision=str(number), fetched_at=fetched))
    assert "Karl Brandt → Ada Noor: quote reattributed" in filled("changes", "k").out
    assert [row["article_id"] for row in filled("changes", "k", "--quotes", "--json").rows] == ["k"]
    assert "there is no article z" in filled("changes", "z").err


def test_copies_of_an_article_stand_before_what_is_like_it(filled: Callable[..., Any], tmp_path: Path) -> None:
    (hit,) = filled("search", "tomahawk", "--json").rows
    _store(tmp_path, wire_article("copy", "Ministers spoke of the Tomahawk.", title="Copied", story_id=hit["story_id"]))
    shown = filled("like", hit["id"]).out.splitlines()
    assert shown[0].startswith("Copied")
    assert "same story" in shown[0]


def _store(folder: Path, *articles: WireArticle) -> None:
    database = Database(folder / "wirewatch.db")
    EmbeddedStore(database).write(articles)
    database.close()
