"""`wirewatch user`: who may sign in. The password comes on standard input, and is seen nowhere afterwards."""

import io
import os
import pty
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

PASSWORD = "correct horse battery"


@pytest.fixture
def told(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """told(password, arguments…): a `wirewatch user` that is given this on standard input."""

    def run(password: str, *arguments: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        return wirewatch("user", *arguments)

    return run


def test_people_are_added_listed_and_removed(told: Callable[..., Any], tmp_path: Path) -> None:
    assert "nobody may sign in" in told("", "list").out or told("", "list").status == 1
    assert told(PASSWORD, "add", "anna").status == 0
    assert "'bert' may sign in, as editor" in told(PASSWORD, "add", "bert", "--role", "editor").out
    rows = [(row["name"], row["role"], row["sessions"]) for row in told("", "list", "--json").rows]
    assert rows == [("anna", "reader", 0), ("bert", "editor", 0)]
    again = told(PASSWORD, "add", "anna")
    assert (again.status, "may sign in already" in again.err) == (1, True)
    assert "signed out everywhere" in told("another horse entirely", "password", "anna").out
    assert "'anna' is editor now" in told("", "role", "anna", "editor").out
    assert [row["role"] for row in told("", "list", "--json").rows] == ["editor", "editor"]
    assert "there is no role 'owner'" in told("", "role", "anna", "owner").err
    assert "may sign in no more" in told("", "remove", "anna").out
    assert [row["name"] for row in told("", "list", "--json").rows] == ["bert"]
    for gone in (("password", "anna"), ("remove", "anna"), ("role", "anna", "reader")):
        assert "nobody is called 'anna'" in told(PASSWORD, *gone).err
    assert PASSWORD.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())


@pytest.mark.parametrize(
    ("password", "arguments", "line"),
    [
        ("short", ["anna"], "a password has 12 to 1000 characters, this one 5"),
        ("", ["anna"], "a password has 12 to 1000 characters, this one 0"),
        (PASSWORD, ["anna/7"], "'anna/7' is no name"),
        (PASSWORD, ["a" * 101], "is no name"),
        (PASSWORD, ["anna", "--role", "owner"], "there is no role 'owner': it is one of reader, editor"),
    ],
)
def test_what_is_wrong_is_one_line(told: Callable[..., Any], password: str, arguments: list[str], line: str) -> None:
    ran = told(password, "add", *arguments)
    assert (ran.status, line in ran.err, ran.err.count("\n")) == (1, True, 1)
    assert password not in ran.err or not password


def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(
    wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, terminal = pty.openpty()
    asked: dict[str, Any] = {}

    def prompt(text: str, **how: Any) -> str:
        asked.update(how, text=text)
        return PASSWORD

    monkeypatch.setattr(typer, "prompt", prompt)
    with os.fdopen(terminal) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert wirewatch("user", "add", "anna").status == 0
    assert asked == {"text": "Password", "hide_input": True, "confirmation_prompt": True}
