"""`wirewatch.open()`: typed records without an end, from a file beside whoever writes it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from served_api import DAM, delivery, news
from wire_articles import NOON, wire_article

import wirewatch
from runtime.ports import ControlError
from schemas.alert import Subscription
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS, SUBSCRIPTIONS
from stores.query import QueryError
from web.shapes.articles import FoundArticle
from wirewatch.compose.local import LocalPipeline
from wirewatch.desk import Desk, desk
from wirewatch.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[LocalPipeline]:
    """A file with two articles, held by whoever works it."""
    with LocalPipeline(Settings(db=tmp_path / "wirewatch.db")) as pipeline:
        pipeline.store.write(news())
        pipeline.store.record([delivery()])
        yield pipeline


@pytest.fixture
def opened(pipeline: LocalPipeline) -> Iterator[Desk]:
    with wirewatch.open(pipeline.settings.db) as opened:
        yield opened


def test_articles_and_quotes_are_found_with_their_places(opened: Desk) -> None:
    (found,) = opened.search("engineers")
    assert isinstance(found, FoundArticle)
    assert (found.id, DAM[found.start : found.end]) == ("dam", "Two engineers looked at it.")
    (quote,) = opened.quotes(speaker="brandt", about="halvern")
    assert (quote.content, quote.article_id) == ("The dam at Halvern will hold.", "dam")
    assert list(opened.quotes(speaker="Holm")) == []
    assert list(opened.quotes(speaker="—")) == []
    assert [one.id for one in opened.story("ferry")] == ["ferry"]
    assert [(one.story_id, one.lead.id, one.copies) for one in opened.stories("engineers")] == [("dam", "dam", 0)]
    person = opened.person("Ilse Brandt")
    assert person is not None
    assert [one.content for one in person.said.quotes] == ["The dam at Halvern will hold."]
    assert opened.person("nobody") is None
    article = opened.article("dam")
    assert article is not None
    assert article.text == DAM
    assert opened.article("nobody") is None


def test_a_list_has_no_end_but_the_last_and_is_read_as_far_as_it_is_asked_for(
    pipeline: LocalPipeline, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.store.write(
        [
            wire_article(
                f"more-{number}",
                "“Yes,” said Ann. “No,” said Bo.",
                said=[("Yes,", "Ann"), ("No,", "Bo")],
                first_seen=NOON + timedelta(days=1, minutes=number),
            )
            for number in range(7)
        ]
    )
    monkeypatch.setattr(desk, "PAGE", 2)
    newest = [f"more-{number}" for number in reversed(range(7))]
    rows = opened.search("*")
    assert [one.id for one in rows] == [one.id for one in rows] == [*newest, "ferry", "dam"]
    assert [one.article_id for one in opened.quotes(speaker="ann")] == newest
    assert [one.content for one in islice(opened.quotes(), 3)] == ["Yes,", "No,", "Yes,"]
    first = iter(rows)
    next(first)
    pipeline.store.forget("more-0")
    assert "more-0" not in [one.id for one in first]


def test_alerts_notifications_and_feeds_are_listed(pipeline: LocalPipeline, opened: Desk) -> None:
    secret = "json://user:s3cret@desk.example/hook"
    pipeline.publish(
        [
            Output(SUBSCRIPTIONS, Subscription(id="s", name="the dam", query="halvern", channels=(secret,))),
            Output(FEEDS, Feed(url="https://quay.example/feed.xml")),
        ]
    )
    (alert,) = opened.alerts()
    assert alert.name == "the dam"
    assert "s3cret" not in alert.model_dump_json()
    assert [told.title for told in opened.notifications("the dam")] == ["The dam holds"]
    assert list(opened.notifications(since=NOON + timedelta(days=1))) == []
    assert [feed.health.status for feed in opened.feeds()] == ["new"]
    assert [stage.stage for stage in opened.status()][:2] == ["enrich", "story"]
    assert opened.ledger().balanced


def test_what_is_wrong_is_said_when_it_is_asked(opened: Desk, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="at 2"):
        opened.search("(")
    with pytest.raises(QueryError):
        opened.quotes(about="(")
    with pytest.raises(ValueError, match="zone"):
        opened.notifications(since=datetime(2026, 1, 1))
    with pytest.raises(ControlError, match="there is no "):
        wirewatch.open(tmp_path / "nothing.db")
    with pytest.raises(SettingsError, match="did you mean"):
        wirewatch.open(tmp_path / "wirewatch.db", kafak="broker:9092")


def test_a_path_is_that_file_whatever_the_environment_names(
    pipeline: LocalPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREWATCH_KAFKA", "127.0.0.1:9")
    monkeypatch.setenv("WIREWATCH_ELASTICSEARCH", "http://127.0.0.1:9")
    with wirewatch.open(pipeline.settings.db) as opened:
        assert [one.id for one in opened.search("ferry")] == ["ferry"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_table_has_a_column_a_field(opened: Desk, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """By a stand-in: neither is among the dependencies."""

    def frame(rows: list[dict[str, Any]], **given: Any) -> tuple[list[dict[str, Any]], list[str]]:
        return rows, given.get("columns") or given["schema"]

    rows = opened.search("*")
    monkeypatch.setitem(sys.modules, library, SimpleNamespace(DataFrame=frame))
    values, columns = getattr(rows, f"to_{library}")()
    assert columns == list(FoundArticle.model_fields)
    assert [one["title"] for one in values] == ["The ferry sails", "The dam holds"]
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModuleNotFoundError, match=f"pip install {library}"):
        getattr(rows, f"to_{library}")()


def test_the_notebook_runs(
    pipeline: LocalPipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = json.loads((ROOT / "docs" / "desk.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    shown = capsys.readouterr().out
    assert "Ilse Brandt: “The dam at Halvern will hold.”  https://quay.example/dam" in shown
    assert "the dam The dam holds kept" in shown


def test_the_package_alone_loads_nothing() -> None:
    told = """
import sys
before = set(sys.modules)
import wirewatch
print(sorted({name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names))"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['wirewatch']"


def test_a_desk_on_a_file_loads_no_models_and_no_servers_clients(pipeline: LocalPipeline) -> None:
    told = f"""
import sys, wirewatch
with wirewatch.open({str(pipeline.settings.db)!r}) as desk:
    assert [one.id for one in desk.search("dam")] == ["dam"]
print(sorted({{"spacy", "kafka", "aiokafka", "faust", "elasticsearch", "fastapi"}} & set(sys.modules)))"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
