"""`wirewatch alert`: alerts are added, changed, put to rest and carried in files; nothing is lost, no secret shown."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SECRET = "json://user:s3cret@localhost/hook"


@pytest.fixture
def desk(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A command line with an alert "Night" that has a channel."""
    monkeypatch.setenv("WIREWATCH_CHANNEL_HOSTS", "localhost")
    added = wirewatch(
        "alert", "add", "Night", "tomahawk", "--to", SECRET, "--cooldown", "10", "--quiet", "22:00-07:00",
        "--zone", "Europe/Kyiv", "--digest", "mon 08:00", "--most-an-hour", "3", "--must-match", "Tomahawks.",
    )  # fmt: skip
    assert added.status == 0, added.err
    return wirewatch


def shown(desk: Callable[..., Any], name: str = "Night") -> dict[str, Any]:
    ran = desk("alert", "show", name, "--json")
    assert ran.status == 0, ran.err
    assert "s3cret" not in ran.out
    (row,) = ran.rows
    assert isinstance(row, dict)
    return row


def test_every_policy_is_an_option(desk: Callable[..., Any]) -> None:
    row = shown(desk)
    assert (row["policy"], row["cooldown_minutes"], row["most_an_hour"]) == ("digest", 10, 3)
    assert row["quiet"] == {"start": "22:00", "end": "07:00", "zone": "Europe/Kyiv"}
    assert row["digest_time"] == {"at": "08:00", "zone": "Europe/Kyiv", "day": "mon"}
    words = "digest at mon 08:00 Europe/Kyiv, 10 minutes apart, at most 3 an hour, quiet 22:00 to 07:00 Europe/Kyiv"
    assert words in desk("alert", "show", "Night").out
    assert row["when"] == words
    assert (row["channels"], row["must_match"], row["state"]) == (["json://localhost"], ["Tomahawks."], "on")


def test_growth_is_an_option_and_is_taken_back_by_nought(desk: Callable[..., Any]) -> None:
    assert desk("alert", "add", "More", "putin", "--growth", "3").status == 0
    assert shown(desk, "More")["when"] == "when 3 times as usual"
    assert "growth 0.0 and not 3.0" in desk("alert", "edit", "More", "--growth", "0").out
    assert shown(desk, "More")["when"] == "story"
    assert "nothing would have been told" in desk("alert", "test", "putin", "--growth", "3").out


def test_a_name_that_is_there_is_refused_with_what_differs(desk: Callable[..., Any]) -> None:
    before = shown(desk)
    again = desk("alert", "add", "Night", "rain")
    assert again.status == 1
    assert "query 'tomahawk' and not 'rain'" in again.err
    assert "channels json://localhost and not nobody" in again.err
    assert "alert edit" in again.err
    assert again.err.count("\n") == 1
    assert shown(desk) == before


def test_an_edit_changes_what_is_given_and_nothing_else(desk: Callable[..., Any]) -> None:
    before = shown(desk)
    assert desk("alert", "edit", "Night", "--query", "rain", "--quiet", "none").status == 0
    when = before["when"].removesuffix(", quiet 22:00 to 07:00 Europe/Kyiv")
    assert shown(desk) == before | {"query": "rain", "quiet": None, "when": when}
    assert desk("alert", "edit", "Night", "--zone", "Asia/Tokyo").status == 0
    assert shown(desk)["digest_time"]["zone"] == "Asia/Tokyo"
    assert desk("alert", "edit", "Night", "--to", "none").status == 0
    assert (shown(desk)["channels"], shown(desk)["state"]) == ([], "tells nobody")
    assert "changes nothing" in desk("alert", "edit", "Night", "--query", "rain").err


def test_a_renamed_alert_stays_the_same_and_its_name_is_free(desk: Callable[..., Any]) -> None:
    before = shown(desk)
    assert desk("alert", "rename", "Night", "Day").status == 0
    assert shown(desk, "Day") == before | {"name": "Day"}
    assert "there is no alert 'Night'" in desk("alert", "show", "Night").err
    assert desk("alert", "add", "Night", "rain").status == 0
    assert shown(desk)["id"] != before["id"]
    assert "already" in desk("alert", "rename", "Night", "Day").err
    assert {row["name"] for row in desk("alert", "list", "--json").rows} == {"Night", "Day"}


def test_paused_muted_and_resumed(desk: Callable[..., Any]) -> None:
    before = shown(desk)
    assert desk("alert", "pause", "Night").status == 0
    assert shown(desk)["state"] == "paused"
    assert desk("alert", "resume", "Night").status == 0
    assert desk("alert", "mute", "Night", "--until", "2h").status == 0
    assert shown(desk)["state"].startswith("muted until ")
    assert desk("alert", "mute", "Night", "--until", "2999-01-01T00:00Z").status == 0
    assert "muted until 2999-01-01" in desk("alert", "list").out
    assert desk("alert", "resume", "Night").status == 0
    assert shown(desk) == before
    assert "needs its zone" in desk("alert", "mute", "Night", "--until", "2999-01-01").err
    assert "is no time" in desk("alert", "mute", "Night", "--until", "soon").err
    assert "is longer than any calendar" in desk("alert", "mute", "Night", "--until", "9999999999d").err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--quiet", "22-07"], "two local times"),
        (["--quiet", "22:00-07:00", "--zone", "Mars/North"], "there is no time zone Mars/North"),
        (["--zone", "Europe/Kyiv"], "--zone is of --quiet or of --digest"),
        (["--digest", "noon"], "write 08:00"),
        (["--digest", "xyz 08:00"], "digest_time.day"),
        (["--digest", "0"], "digest_minutes"),
        (["--digest", "08:00", "--policy", "story"], "--digest is of the policy digest"),
        (["--policy", "often"], "policy"),
        (["--growth", "0.5"], "growth is more than the usual"),
    ],
)
def test_an_option_that_cannot_be_is_refused_in_one_line(
    wirewatch: Callable[..., Any], options: list[str], said: str
) -> None:
    ran = wirewatch("alert", "add", "X", "x", *options)
    assert ran.status == 1
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_alerts_go_to_a_file_of_their_owner_and_back(desk: Callable[..., Any], tmp_path: Path) -> None:
    before = shown(desk)
    exported = desk("alert", "export", "mine.toml")
    assert (exported.status, "s3cret" in exported.out) == (0, False)
    assert stat.S_IMODE((tmp_path / "mine.toml").stat().st_mode) == 0o600
    assert "there already" in desk("alert", "export", "mine.toml").err
    (tmp_path / "wirewatch.db").unlink()
    assert desk("alert", "import", "mine.toml").status == 0
    assert shown(desk) == before
    assert desk("alert", "export", "again.toml").status == 0
    assert (tmp_path / "again.toml").read_text() == (tmp_path / "mine.toml").read_text()


def test_a_secret_is_revealed_on_a_terminal_only(desk: Callable[..., Any]) -> None:
    ran = desk("alert", "show", "Night", "--reveal")
    assert ran.status == 1
    assert "on a terminal only" in ran.err
    assert "s3cret" not in ran.out + ran.err
