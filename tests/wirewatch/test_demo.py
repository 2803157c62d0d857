"""The demo shows the whole way: repaired text, who and what, who said what, the search and the alert."""

import pytest


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, counted_children: None) -> str:
    import os
    import subprocess
    import sys

    command = [sys.executable, "-c", "from wirewatch.cli import main; main()", "demo"]
    environment = os.environ | {"COLUMNS": "300"}
    ran = subprocess.run(
        command, cwd=tmp_path_factory.mktemp("demo"), env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_seed_article_is_shown_repaired(shown: str) -> None:
    assert "Zelenskyy lobbies allies" in shown
    assert "â" not in shown


def test_the_copy_of_a_wire_story_is_told_as_one(shown: str) -> None:
    assert shown.count("same story") == 1


def test_who_and_what_it_names(shown: str) -> None:
    for name in ("Volodymyr Zelenskyy", "Donald Trump", "Emmanuel Macron", "Dmitry Peskov", "Kyiv", "Moscow"):
        assert name in shown


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Donald Trump", "Look, if this war is not going to get settled, I’m going to send them Tomahawks"),
        ("Dmitry Peskov", "any Tomahawk launches could be construed by Moscow as harboring nuclear payloads"),
        ("Volodymyr Zelenskyy", "Russia is now taking advantage of the moment"),
    ],
)
def test_who_said_what(shown: str, speaker: str, words: str) -> None:
    (line,) = [line for line in shown.splitlines() if words in line and line.strip().startswith(speaker)]
    assert line


def test_the_alert_that_fired_says_why(shown: str) -> None:
    alert = shown[shown.index("the alert on") :]
    assert "*Tomahawk*" in alert
    assert "Matched: tomahawk" in alert


def test_nothing_is_lost(shown: str) -> None:
    assert "14 fetched = 14 indexed" in shown


def test_a_title_is_as_wide_as_a_usual_terminal_where_there_is_none(shown: str) -> None:
    titles = [line for line in shown.splitlines() if line.startswith("──")]
    assert len(titles) == 7
    assert {len(line) for line in titles} == {80}
