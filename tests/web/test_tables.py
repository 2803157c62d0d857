"""Every view as CSV: what it shows, in the columns of an export, harmless to a spreadsheet."""

import csv
import io
from datetime import timedelta

import pytest
from served_api import Served, delivery
from wire_articles import NOON, wire_article


def rows(here: Served, path: str, **parameters: str) -> list[dict[str, str]]:
    answer = here.client.get(path, params=parameters)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].endswith('.csv"')
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_a_search_and_a_story_are_tables_of_articles(here: Served) -> None:
    assert [one["title"] for one in rows(here, "/articles.csv", q="halvern OR lindholm")] == [
        "The ferry sails",
        "The dam holds",
    ]
    assert [one["id"] for one in rows(here, "/stories/dam.csv")] == ["dam"]
    assert rows(here, "/articles.csv", q="nobodysaidthis") == []


def test_a_table_has_the_time_of_its_search(here: Served) -> None:
    late = wire_article("late", "The dam leaks.", published=NOON + timedelta(days=3))
    here.pipeline.store.write([late])
    assert [one["id"] for one in rows(here, "/articles.csv", q="dam", since="2026-03-04")] == ["late"]
    assert here.client.get("/articles.csv?since=yesterday").status_code == 422


def test_quotes_and_what_was_told_are_tables(here: Served) -> None:
    found = rows(here, "/quotes.csv", speaker="brandt")
    assert [(one["speaker"], one["content"]) for one in found] == [("Ilse Brandt", "The dam at Halvern will hold.")]
    here.pipeline.store.record([delivery()])
    assert [(one["alert"], one["status"]) for one in rows(here, "/notifications.csv")] == [("the dam", "kept")]


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)"])
def test_a_headline_is_no_formula(here: Served, title: str) -> None:
    here.pipeline.store.write([wire_article("sum", "A sum.", title=title)])
    assert rows(here, "/articles.csv", q="sum")[0]["title"] == f"'{title}"
