"""The recipes of docs/alerts.md are run as they stand there; an alert's channels are proved by a test message."""

import hashlib
import hmac
import json
import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from loopback import Reply, site

DOCUMENT = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")


def commands(section: str) -> list[list[str]]:
    """What a section has the reader type."""
    text = DOCUMENT.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    lines = [line.strip() for line in text.splitlines() if line.startswith("    wirewatch ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_recipes_do_as_they_say(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_CHANNEL_HOSTS", "127.0.0.1:8080")
    recipes = commands("Recipes")
    assert len(recipes) >= 7
    said = []
    for command in [*commands("Subscriptions"), *recipes]:
        ran = wirewatch(*command)
        assert ran.status == 0, (command, ran.err, ran.out)
        said.append(ran.out)
    assert "do as their examples say" in said[-1]
    assert not any("change-me" in text for text in said)
    shown = said[len(commands("Subscriptions")) + 1]
    for wanted in (
        "Subject: Tomahawks: A test",
        "Idempotency-Key: test-",
        "X-Wirewatch-Signature: sha256=",
        '"articles"',
    ):
        assert wanted in shown


def test_a_body_is_checked_as_the_document_says() -> None:
    code = DOCUMENT.partition("In Python:\n\n")[2].partition("\n\n")[0]
    timestamp, body = str(int(time.time())).encode(), b'{"a": 1}'
    good = "sha256=" + hmac.new(b"s", timestamp + b"." + body, hashlib.sha256).hexdigest()
    for signature, genuine in ((good, True), ("sha256=00", False)):
        names = {"hmac": hmac, "hashlib": hashlib, "time": time, "secret": b"s"}
        names |= {"timestamp": timestamp, "body": body, "signature": signature}
        exec("\n".join(line.strip() for line in code.splitlines()), names)
        assert names["genuine"] is genuine


def test_a_test_message_proves_each_channel(wirewatch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_CHANNEL_HOSTS", "127.0.0.1")
    with site() as hook:
        hook.pages["/s3cret"] = Reply(200)
        address = f"json://127.0.0.1:{hook.port}"
        assert wirewatch("alert", "add", "A", "x", "--to", f"{address}/s3cret", "--quiet", "00:00-23:59").status == 0
        ran = wirewatch("alert", "send-test", "A")
        assert (ran.status, ran.out) == (0, "told: json://127.0.0.1\n")
        assert json.loads(hook.asked[0].body)["alert"]["name"] == "A"
        wirewatch("alert", "edit", "A", "--to", f"{address}/s3cret", "--to", f"{address}/s3cret-that-is-not-there")
        ran = wirewatch("alert", "send-test", "A")
        assert ran.status == 1
        assert "told: json://127.0.0.1\nnot told: json://127.0.0.1" in ran.out
        assert "1 of 2 channels" in ran.err
        assert "s3cret" not in ran.out + ran.err
    wirewatch("alert", "edit", "A", "--to", "none")
    assert "has no channel" in wirewatch("alert", "send-test", "A").err
