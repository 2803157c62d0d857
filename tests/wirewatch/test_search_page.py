"""docs/search.md says what the program answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import archive_day
import pytest
from transcript import PAGE, WIDTH, answered, questions

from stores.sqlite.views import VIEWS
from wirewatch.cli import output


@pytest.fixture
def day(wirewatch: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The command line on the day of the page."""
    monkeypatch.setattr(output.console, "width", WIDTH)
    archive_day.write(tmp_path / "wirewatch.db")
    return wirewatch


def test_every_recipe_gives_what_the_page_says(day: Callable[..., Any]) -> None:
    page = PAGE.read_text(encoding="utf-8")

    def run(arguments: list[str]) -> str:
        ran = day(*arguments)
        wrong = [line for line in ran.err.splitlines(keepends=True) if line.startswith("wirewatch: ")]
        return str(ran.out) + "".join(wrong)

    assert len(questions(page)) > 20
    assert answered(page, run) == page, "run tests/support/transcript.py"


def test_every_view_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in VIEWS:
        assert f"| `{name}` |" in page


def test_pages_have_no_end(day: Callable[..., Any]) -> None:
    first = day("search", "*", "--limit", "5", "--sort", "published")
    place = first.out.splitlines()[-1].removeprefix("go on with --after ").strip("'")
    rest = day("search", "*", "--limit", "500", "--sort", "published", "--after", place, "--json")
    ids = [row["id"] for row in day("search", "*", "--sort", "published", "--json").rows]
    assert [row["id"] for row in rest.rows] == ids[5:]


def test_several_people_of_one_name_are_told_apart(day: Callable[..., Any]) -> None:
    assert day("person", "ILSE BRANDT", "--json").rows[0]["speaker"]["quotes"] == 6
    assert day("person", "ilse-brandt", "--json").rows[0]["speaker"]["name"] == "Ilse Brandt"
    nobody = day("person", "nobody")
    assert (nobody.status, "nobody called 'nobody' is quoted" in nobody.err) == (1, True)


def test_where_nobody_is_quoted_it_is_said_since_when(day: Callable[..., Any]) -> None:
    nobody = day("contributors", "--since", "2126-01-01")
    assert "nobody whose name is known is quoted since 2126-01-01" in nobody.out + nobody.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["search", "a", "--count", "--facets"], "ask for one of them"),
        (["search", "a", "--sort", "size"], "newest, published or relevance"),
        (["search", "a", "--stories", "--sort", "relevance"], "leave out --sort"),
        (["export", "a", "--to", "x.xml"], "end it with .jsonl, .csv, .parquet"),
        (["export", "a", "--to", "nowhere/x.csv"], "there is no folder nowhere"),
        (["changes", "nothing"], "there is no article nothing"),
        (["briefing", "--day", "soon"], "--day: “soon” is not a day"),
        (["briefing", "--zone", "Mars"], "--zone: there is no time zone Mars"),
        (["changes", "--since", "soon"], "--since: “soon” is not a time"),
    ],
)
def test_a_wrong_question_has_one_line(arguments: list[str], told: str, day: Callable[..., Any]) -> None:
    ran = day(*arguments)
    assert ran.status == 1
    assert told in ran.err
    assert ran.err.count("wirewatch: ") == 1
