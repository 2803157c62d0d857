"""An import that is repeated makes no second article of one that was stored before the canonical form changed."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from producers.article.build import from_row
from producers.article.canonical import former_url
from producers.article.identity import article_id, id_of_form
from runtime.local.log import Log
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import ARTICLES
from stores.sqlite.database import Database

URL = "https://harbour.example/news?b=1&a=2"
FORMER = id_of_form(former_url(URL))
ROW = {"title": "Ferry", "text": "The ferry sails again.", "url": URL}

Wirewatch = Callable[..., Any]


@pytest.fixture
def stored(wirewatch: Wirewatch, tmp_path: Path) -> Wirewatch:
    """With an article under the id that an earlier version gave it."""
    return _stored(wirewatch, tmp_path, ROW)


def _stored(wirewatch: Wirewatch, folder: Path, row: dict[str, str]) -> Wirewatch:
    with closing(Database(folder / "wirewatch.db")) as database:
        article = from_row(row, "rows.jsonl", utc_now())
        former = article.model_copy(update={"id": id_of_form(former_url(row["url"]))})
        Log(database).publish([Output(ARTICLES, former)])
    _imported(wirewatch, {"title": "Other", "text": "Something else.", "url": "https://harbour.example/other"})
    return wirewatch


def _imported(wirewatch: Wirewatch, row: dict[str, str]) -> str:
    Path("rows.jsonl").write_text(json.dumps(row))
    return str(wirewatch("import", "rows.jsonl").out)


def _ids(wirewatch: Wirewatch) -> list[str]:
    return [row["id"] for row in wirewatch("search", "ferry", "--json").rows]


def test_the_same_row_is_the_same_article(stored: Wirewatch) -> None:
    assert article_id(URL) != FORMER
    assert _ids(stored) == [FORMER]
    assert "0 articles taken in, 1 dropped (same revision)" in _imported(stored, ROW)
    assert _ids(stored) == [FORMER]


def test_a_row_that_was_edited_is_its_new_revision(stored: Wirewatch) -> None:
    assert "1 articles taken in" in _imported(stored, ROW | {"text": "The ferry sails no more."})
    assert _ids(stored) == [FORMER]
    assert "no more" in stored("article", FORMER).out


def test_what_was_forgotten_stays_forgotten(stored: Wirewatch) -> None:
    assert stored("forget", FORMER).status == 0
    _imported(stored, ROW)
    assert _ids(stored) == []


def test_two_articles_that_the_former_form_made_one_are_two(wirewatch: Wirewatch, tmp_path: Path) -> None:
    one, other = "https://harbour.example/tag", "https://harbour.example/tag/amp"
    assert former_url(one) == former_url(other)
    _stored(wirewatch, tmp_path, ROW | {"url": one})
    _imported(wirewatch, ROW | {"url": other, "text": "Another ferry."})
    assert set(_ids(wirewatch)) == {article_id(one), article_id(other)}
