"""What a person types into a feed's address to be let in is not shown again: in no list, file, error or log."""

from collections.abc import Callable
from typing import Any

import pytest
import structlog

from wirewatch.logging import log_to_terminal

ADDRESSES = {
    "http://user:S3CRET@127.0.0.1:1/feed": "http://127.0.0.1:1/feed",
    "http://127.0.0.1:1/feed?a=1&api_key=S3CRET": "http://127.0.0.1:1/feed?a=1",
}
COMMANDS = ["list", "health", "export", "check", "poll"]


@pytest.mark.parametrize(("url", "shown"), ADDRESSES.items())
def test_no_command_shows_it(
    wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, url: str, shown: str
) -> None:
    monkeypatch.setenv("WIREWATCH_ALLOW_HOSTS", "127.0.0.1")
    said = [wirewatch("feeds", "add", url)]
    for command in COMMANDS:
        said.append(wirewatch("feeds", command))
        if command not in ("export", "poll"):
            said.append(wirewatch("feeds", command, "--json"))
    said += [wirewatch("feeds", "check", url), wirewatch("feeds", "find", url), wirewatch("feeds", "poll", url)]
    said.append(wirewatch("feeds", "remove", url))
    assert said[-1].status == 0
    said += [wirewatch("feeds", "remove", url), wirewatch("feeds", "poll", url)]
    told = "".join(ran.out + ran.err for ran in said)
    assert "S3CRET" not in told
    assert told.count(shown) > 8
    assert "no feeds are watched" in wirewatch("feeds", "list").out


def test_what_is_shown_is_enough_to_name_it(wirewatch: Callable[..., Any]) -> None:
    wirewatch("feeds", "add", "http://user:S3CRET@127.0.0.1:1/feed", "--unseen")
    assert wirewatch("feeds", "poll", "http://127.0.0.1:1/feed").status == 0
    assert wirewatch("feeds", "remove", "http://127.0.0.1:1/feed").status == 0


def test_no_line_of_the_log_shows_it(capfd: pytest.CaptureFixture[str]) -> None:
    log_to_terminal()
    try:
        structlog.get_logger().warning("asked", line="http://user:S3CRET@h.example/f: away", number=3)
    finally:
        structlog.reset_defaults()
    told = capfd.readouterr().err
    assert "S3CRET" not in told
    assert "http://h.example/f: away" in told
