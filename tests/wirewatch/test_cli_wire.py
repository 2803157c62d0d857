"""The commands a person uses, over one installation: import, find, prove, forget."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from plain_stage import plain_stage

from runtime.local.log import Log
from schemas.alert import Alert, Delivery
from schemas.article import Article
from schemas.clock import utc_now
from schemas.outcome import Dead, Output
from schemas.topics import ARTICLES
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore


def test_an_imported_article_is_found_with_its_sentence_marked(filled: Callable[..., Any]) -> None:
    (hit,) = filled("search", "tomahawk", "--json").rows
    assert hit["title"] == "Talks on cruise missiles"
    ((start, end),) = hit["marks"]
    assert hit["snippet"][start:end] == "Tomahawk"


def test_who_said_what_is_found_by_speaker(filled: Callable[..., Any]) -> None:
    (said,) = filled("quotes", "--speaker", "Brandt", "--json").rows
    assert "every stone" in said["content"]
    assert said["speaker"]["name"] == "Ilse Brandt"
    assert said["kind"] == "direct"


def test_quotes_are_found_by_what_they_are_about(filled: Callable[..., Any]) -> None:
    speakers = {row["speaker"]["name"] for row in filled("quotes", "--about", "stone OR mistake", "--json").rows}
    assert speakers == {"Ilse Brandt", "Dmitry Peskov"}


def test_an_article_is_shown_whole_with_exact_offsets(filled: Callable[..., Any]) -> None:
    (hit,) = filled("search", "halvern", "--json").rows
    (article,) = filled("article", hit["id"], "--json").rows
    assert {"Ilse Brandt"} <= {entity["name"] for entity in article["entities"]}
    for part in article["entities"]:
        assert article["text"][part["start"] : part["end"]] == part["text"]
    assert "Ilse Brandt" in filled("article", hit["id"]).out


def test_the_ledger_balances_and_an_article_can_be_traced(filled: Callable[..., Any]) -> None:
    (account,) = filled("ledger", "--json").rows
    assert (account["fetched"], account["indexed"], account["balanced"]) == (3, 3, True)
    (hit,) = filled("search", "tomahawk", "--json").rows
    stages = [row["stage"] for row in filled("trace", hit["id"], "--json").rows]
    assert stages[:4] == ["fetch", "enrich", "story", "index"] or set(stages) >= {"fetch", "enrich", "story", "index"}


def test_what_the_store_lost_is_named_when_the_ledger_is_held_against_it(
    filled: Callable[..., Any], tmp_path: Path
) -> None:
    assert filled("ledger", "--against-store").status == 0
    (hit,) = filled("search", "tomahawk", "--json").rows
    database = Database(tmp_path / "wirewatch.db")
    EmbeddedStore(database).forget(hit["id"])
    database.close()
    assert filled("ledger").status == 0
    ran = filled("ledger", "--against-store")
    assert ran.status == 1
    assert f"not in the store: {hit['id']}" in ran.out
    assert "1 articles that are entered as indexed are not in the store" in ran.err
    assert filled("ledger", "--against-store", "--json").rows[0]["absent"] == [hit["id"]]


def test_a_second_import_changes_nothing(filled: Callable[..., Any], articles_file: Path) -> None:
    before = filled("ledger", "--json").rows
    assert "3 dropped (same revision)" in filled("import", articles_file).out
    assert filled("ledger", "--json").rows == before


def test_a_broken_row_is_told_with_its_line_and_the_rest_goes_on(
    wirewatch: Callable[..., Any], articles_file: Path
) -> None:
    good = articles_file.read_text(encoding="utf-8")
    articles_file.write_text('{"title": "no text"}\n{broken\n' + good, encoding="utf-8")
    ran = wirewatch("import", articles_file)
    assert ran.status == 1
    assert "articles.jsonl:1" in ran.err
    assert "articles.jsonl:2" in ran.err
    assert "2 rows could not be read" in ran.err
    assert wirewatch("ledger", "--json").rows[0]["indexed"] == 3


def test_of_many_broken_rows_the_first_are_told_and_all_are_counted(
    wirewatch: Callable[..., Any], tmp_path: Path
) -> None:
    good = [json.dumps({"id": str(number), "text": f"Number {number} came down."}) for number in range(40)]
    (tmp_path / "many.jsonl").write_text("\n".join([*good[:35], *["{broken"] * 103, *good[35:]]), encoding="utf-8")
    ran = wirewatch("import", "many.jsonl")
    assert ran.status == 1
    assert "many.jsonl:135: " in ran.err
    assert "many.jsonl:136: " not in ran.err
    assert "more rows cannot be read: from here on they are only counted" in ran.err
    assert "103 rows could not be read" in ran.err
    assert "40 articles taken in" in ran.out
    assert "dropped" not in ran.out
    assert wirewatch("ledger", "--json").rows[0]["indexed"] == 40


def test_a_forgotten_article_is_gone_everywhere_and_not_let_in_again(
    filled: Callable[..., Any], articles_file: Path, tmp_path: Path
) -> None:
    (hit,) = filled("search", "tomahawk", "--json").rows
    assert filled("forget", hit["id"]).status == 0
    assert filled("search", "tomahawk", "--json").rows == []
    assert filled("quotes", "--speaker", "Peskov", "--json").rows == []
    assert filled("trace", hit["id"]).status == 1
    assert filled("article", hit["id"]).status == 1
    assert "1 dropped (forgotten)" in filled("import", articles_file).out
    assert filled("search", "tomahawk", "--json").rows == []
    assert filled("forget", "unknown").status == 1


def test_a_text_taken_out_leaves_no_trace_in_the_file(filled: Callable[..., Any], tmp_path: Path) -> None:
    (hit,) = filled("search", "tomahawk", "--json").rows
    filled("forget", hit["id"])
    import sqlite3

    with sqlite3.connect(tmp_path / "wirewatch.db") as connection:
        everything = "\n".join(connection.iterdump())
    connection.close()
    assert "Peskov" not in everything


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["search", "tomahawk AND"], "does not parse"),
        (["search", "persno:trump"], "person"),
        (["search", "x"], "there is no wirewatch.db yet"),
        (["import", "nowhere.jsonl"], "nowhere.jsonl is not a file"),
        (["step", "dance"], "no step 'dance'"),
        (["step", "match"], "--queries"),
        (["step", "match", "--queries", "nowhere.txt"], "nowhere.txt cannot be read: No such file"),
        (["feeds", "import", "nowhere.opml"], "nowhere.opml cannot be read: No such file"),
        (["feeds", "try", "nowhere.xml", "--url", "https://quay.example/"], "nowhere.xml cannot be read: No such file"),
        (["work", "dance"], "no stage 'dance'"),
        (["replay", "--from", "2026-01-01", "--stage", "dance"], "no stage 'dance'"),
        (["replay", "--from", "some day"], "--from: "),
        (["train", "entities", "nowhere.jsonl", "--out", "out", "--begin", "x"], "training failed: "),
        (["feeds", "add", "ftp://example.org/"], "ftp://example.org/ is no address"),
        (["alert", "add", "x", "(("], "does not parse"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(wirewatch: Callable[..., Any], arguments: list[str], told: str) -> None:
    ran = wirewatch(*arguments)
    assert ran.status == 1
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_a_database_file_that_is_none_is_told_and_left_alone(
    wirewatch: Callable[..., Any], tmp_path: Path, articles_file: Path
) -> None:
    path = tmp_path / "wirewatch.db"
    path.write_text("dear friend, this is a letter" * 200)
    for command in (["search", "x"], ["import", articles_file], ["ledger"]):
        ran = wirewatch(*command)
        assert ran.status == 1
        assert "is not a database of wirewatch" in ran.err
        assert ran.err.count("\n") == 1
    assert path.read_text().startswith("dear friend")


def test_alerts_and_feeds_are_kept_listed_and_removed(
    wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREWATCH_CHANNEL_HOSTS", "localhost")
    secret = "json://user:s3cret@localhost/hook?%2BAuthorization=Bearer-s3cret"
    assert wirewatch("alert", "add", "Tomahawk", "tomahawk", "--to", secret).status == 0
    assert [row["query"] for row in wirewatch("alert", "list", "--json").rows] == ["tomahawk"]
    for listed in (wirewatch("alert", "list"), wirewatch("alert", "list", "--json")):
        assert "json://localhost" in listed.out
        assert "s3cret" not in listed.out
    assert wirewatch("feeds", "add", "https://example.org/feed", "--unseen", "--tag", "world").status == 0
    (feed,) = wirewatch("feeds", "list", "--json").rows
    assert (feed["url"], feed["tags"]) == ("https://example.org/feed", ["world"])
    exported = wirewatch("feeds", "export").out
    assert "https://example.org/feed" in exported
    assert wirewatch("feeds", "remove", "https://example.org/feed").status == 0
    assert wirewatch("feeds", "list", "--json").rows == []
    assert wirewatch("alert", "remove", "Tomahawk").status == 0
    assert wirewatch("alert", "list", "--json").rows == []
    assert wirewatch("alert", "remove", "Tomahawk").status == 1


def test_feeds_of_an_opml_file_are_watched(wirewatch: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "f.opml").write_text(
        '<opml version="2.0"><body><outline text="World"><outline type="rss" text="A & B" xmlUrl="https://a.example/f"/>'
        "</outline></body></opml>"
    )
    assert wirewatch("feeds", "import", "f.opml").status == 0
    assert [row["url"] for row in wirewatch("feeds", "list", "--json").rows] == ["https://a.example/f"]
    (tmp_path / "none.opml").write_text("a letter")
    assert "none.opml: no OPML" in wirewatch("feeds", "import", "none.opml").err


def test_config_and_doctor_tell_what_is_in_force(
    wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREWATCH_WORKERS", "3")
    rows = {row["name"]: row for row in wirewatch("config", "--json").rows}
    assert rows["WIREWATCH_WORKERS"]["value"] == 3
    for name in ("WIREWATCH_ELASTICSEARCH_PASSWORD", "WIREWATCH_KAFKA_PASSWORD", "WIREWATCH_WEBSUB_KEY"):
        assert rows[name]["value"] == ""
        monkeypatch.setenv(name, "open sesame")
    assert "open sesame" not in wirewatch("config").out
    assert wirewatch("doctor").status == 0
    monkeypatch.setenv("WIREWATCH_NONSENSE", "3")
    assert "WIREWATCH_NONSENSE" in wirewatch("doctor").err


def test_lines_in_a_pipe_are_whole_and_as_wide_as_is_asked(wirewatch: Callable[..., Any]) -> None:
    settings = wirewatch("config", "--json").rows
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    ask = partial(
        subprocess.run,
        [sys.executable, "-c", "from wirewatch.cli import main; main()", "config"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert max(map(len, ask(env={**environment, "COLUMNS": "60"}).stdout.splitlines())) <= 60
    lines = ask(env=environment).stdout.splitlines()
    assert len(lines) == len(settings) + 1
    assert all(row["name"] in line and row["why"] in line for row, line in zip(settings, lines[1:], strict=True))


def test_feed_files_are_parsed_a_line_each(wirewatch: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text(
        "<rss version='2.0'><channel><title>T</title><item><title>One</title><link>https://a.example/1</link></item>"
        "</channel></rss>"
    )
    (tmp_path / "bad.xml").write_text("this is a letter")
    lines = [
        json.loads(line) for line in wirewatch("feeds", "parse", "good.xml", "bad.xml", "none.xml").out.splitlines()
    ]
    assert [line["file"] for line in lines] == ["good.xml", "bad.xml", "none.xml"]
    assert [entry["title"] for entry in lines[0]["entries"]] == ["One"]
    assert lines[0]["error"] is None
    assert lines[1]["error"]
    assert "cannot be read" in lines[2]["error"]


def test_an_alert_is_tried_on_what_is_stored_before_it_goes_live(filled: Callable[..., Any]) -> None:
    assert filled("alert", "test", "tomahawk", "--json").rows == []  # its date is in January 2026
    (told,) = filled("alert", "test", "tomahawk", "--days", 36_500, "--json").rows
    assert "Tomahawk" in told["why"]
    often = filled("alert", "test", "tomahawk", "--days", 36_500).out
    assert "2026-01-03     1 ####" in often
    assert "1 in 36500 days, out of 1 articles that meet it; 1 messages as “story”" in often
    assert filled("alert", "add", "Trains", "train").status == 0
    assert [row["title"] for row in filled("alert", "test", "Trains", "--days", 36_500, "--json").rows] == [
        "Grain train derails at Halvern"
    ]


def test_what_was_alerted_is_listed_with_what_became_of_it(filled: Callable[..., Any], tmp_path: Path) -> None:
    assert "nothing was alerted" in filled("alert", "history").out
    database = Database(tmp_path / "wirewatch.db")
    EmbeddedStore(database).record([told("a", "Trains"), told("b", "Talks")])
    database.close()
    rows = filled("alert", "history", "--json").rows
    assert [(row["id"], row["status"], row["channels"]) for row in rows] == [
        ("b", "delivered", ["mailto"]),
        ("a", "delivered", ["mailto"]),
    ]
    assert [row["id"] for row in filled("alert", "history", "Trains", "--json").rows] == ["a"]
    assert "Headline of b" in filled("alert", "history").out
    assert filled("alert", "history", "Nobody's").status == 0
    (why,) = filled("alert", "why", "a", "--json").rows
    assert (why["alert"], why["telling"], why["matched_part"]) == ("Trains", "told to mailto", "q")
    assert "Headline of a" in filled("alert", "why", "a").out
    assert "there is no alert nobody" in filled("alert", "why", "nobody").err
    last = filled("trace", "1", "--json").rows[-2:]
    assert [(row["stage"], row["outcome"], row["reason"]) for row in last] == [
        ("deliver", "done", "Talks: told to mailto (alert b)"),
        ("deliver", "done", "Trains: told to mailto (alert a)"),
    ]
    assert "Trains: told to mailto" in filled("trace", "1").out


def told(identity: str, name: str) -> Delivery:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    alert = Alert(
        id=identity,
        revision="1",
        subscription=name,
        subscription_name=name,
        query="q",
        matched_part="q",
        scope="s",
        article_id="1",
        story_id="1",
        title=f"Headline of {identity}",
        first_seen=now,
        matched_at=now,
    )
    return Delivery(id=identity, subscription=name, status="delivered", at=now, told=("mailto",), alert=alert)


def test_alerts_of_a_file_are_checked_on_their_examples(wirewatch: Callable[..., Any], tmp_path: Path) -> None:
    good = tmp_path / "good.toml"
    good.write_text(
        """[[subscription]]
name = "Peskov"
query = "quotes:(speaker:peskov AND text:mistake)"
must_match = ["Dmitry Peskov said the talks were a mistake."]
must_not_match = ["Dmitry Peskov made a mistake."]
"""
    )
    ran = wirewatch("alert", "check", good)
    assert ran.status == 0, ran.out
    bad = tmp_path / "bad.toml"
    bad.write_text(good.read_text().replace("the talks were a mistake", "nothing"))
    assert wirewatch("alert", "check", bad).status == 1
    assert wirewatch("alert", "import", good).status == 0
    assert [row["name"] for row in wirewatch("alert", "list", "--json").rows] == ["Peskov"]
    assert "nowhere.toml cannot be read" in wirewatch("alert", "check", "nowhere.toml").err


def test_a_replay_reads_what_is_stored_again_under_the_same_ids(filled: Callable[..., Any]) -> None:
    before = {row["id"] for row in filled("search", "*", "--json").rows}
    ran = filled("replay", "--from", "now-1d")
    assert ran.status == 0, ran.err
    assert "3 records went through enrich again" in ran.out
    assert {row["id"] for row in filled("search", "*", "--json").rows} == before
    (account,) = filled("ledger", "--json").rows
    assert (account["fetched"], account["indexed"], account["balanced"]) == (3, 3, True)


def test_a_query_is_shown_as_elasticsearch_takes_it(wirewatch: Callable[..., Any]) -> None:
    shown = json.loads(wirewatch("query", "person:zelensky* AND tomahawk", "--show", "elastic").out)
    assert "bool" in shown
    assert wirewatch("query", "x", "--show", "sphinx").status == 1


def test_a_dead_letter_is_listed_shown_and_sent_on_its_way_again(filled: Callable[..., Any], tmp_path: Path) -> None:
    _kill_one(tmp_path / "wirewatch.db")
    (letter,) = filled("dead", "list", "--json").rows
    assert (letter["stage"], letter["reason"]) == ("enrich", "unlucky")
    shown = json.loads(filled("dead", "show", letter["id"]).out)
    assert shown["record"]["text"] == "It rained."
    assert filled("ledger", "--json").rows[0]["dead"] == {"enrich: unlucky": 1}
    assert filled("dead", "replay", letter["id"]).status == 0
    assert filled("dead", "list", "--json").rows == []
    (account,) = filled("ledger", "--json").rows
    assert (account["fetched"], account["indexed"], account["dead"]) == (4, 4, {})
    assert filled("dead", "replay", letter["id"]).status == 1
    assert filled("dead", "show", letter["id"]).status == 1


def _kill_one(path: Path) -> None:
    """An article that a stage could not handle, as a runtime would have left it."""
    database = Database(path)
    log = Log(database)
    article = Article(id="x", revision="1", title="Rain", text="It rained.", fetched_at=utc_now())
    log.publish([Output(ARTICLES, article)])
    stage = plain_stage("enrich", ARTICLES, lambda batch: [Dead("unlucky", "it rained") for _ in batch])
    entries = log.batch(stage)
    log.commit(stage, entries, stage.open(None)([entry.record for entry in entries]))
    database.close()


def test_the_index_is_built_anew_without_losing_what_is_found(filled: Callable[..., Any]) -> None:
    before = filled("search", "*", "--json").rows
    for anew in ("reindex", "upgrade"):
        ran = filled("index", anew)
        assert (ran.status, "is built anew" in ran.out) == (0, True)
        assert filled("search", "*", "--json").rows == before
    assert "WIREWATCH_ELASTICSEARCH" in filled("index", "init").err


def test_servers_are_asked_for_by_name_where_they_are_needed(wirewatch: Callable[..., Any]) -> None:
    for command in (["work", "enrich"], ["produce"]):
        ran = wirewatch(*command)
        assert ran.status == 1
        assert "WIREWATCH_KAFKA" in ran.err
    assert "no stage 'dance'" in wirewatch("work", "dance").err


@pytest.mark.parametrize(
    "address", ["json://[::1", "json://hook.example/?+X-Desk=Ж", "json://10.0.0.1/hook", "syslog://", "nonsense"]
)
def test_a_channel_that_can_never_be_told_is_refused_in_one_line(
    wirewatch: Callable[..., Any], tmp_path: Path, address: str
) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(f'[[subscription]]\nname = "Desk"\nquery = "tomahawk"\nchannels = ["{address}"]\n')
    file.chmod(0o600)  # else another line says that others may read it
    added = wirewatch("alert", "add", "Desk", "tomahawk", "--to", address)
    imported, checked = wirewatch("alert", "import", file), wirewatch("alert", "check", file)
    assert (added.status, imported.status, checked.status) == (1, 1, 1)
    assert (added.err.count("\n"), imported.err.count("\n")) == (1, 1)
    assert checked.out.startswith("Desk: ")
    assert wirewatch("alert", "list", "--json").rows == []
