"""`wirewatch serve`, as it is run, on a file that nobody works; and who may use it from elsewhere."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers.process import free_port

pytestmark = pytest.mark.usefixtures("counted_children")


@contextmanager
def serving(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """The command; ended by force where the test leaves it running."""
    command = [sys.executable, "-c", "from wirewatch.cli import main; main()", "serve"]
    environment = os.environ | {"WIREWATCH_HTTP_PORT": str(port), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_answers_until_it_is_asked_to_stop(imported: Path, tmp_path: Path) -> None:
    shutil.copy(imported, tmp_path)
    with serving(tmp_path, free_port()) as process:
        assert process.stdout is not None
        said = re.fullmatch(r"pages: (\S+); for programs: (\S+); Ctrl-C stops\n", process.stdout.readline())
        assert said is not None
        pages, programs = said.groups()
        (hit,) = httpx.get(f"{programs}/articles", params={"q": "tomahawk"}).raise_for_status().json()["articles"]
        assert hit["title"] == "Talks on cruise missiles"
        assert "<html" in httpx.get(pages, follow_redirects=True).raise_for_status().text
        process.terminate()
        _, complained = process.communicate(timeout=60)
    assert process.returncode == 0, complained


def test_a_port_that_cannot_be_had_is_told_in_one_line(imported: Path, tmp_path: Path) -> None:
    shutil.copy(imported, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        for port, why in ((0, "no port to serve on"), (other.getsockname()[1], "set WIREWATCH_HTTP_PORT")):
            with serving(tmp_path, port) as process:
                told, complained = process.communicate(timeout=60)
            assert (process.returncode, told, complained.count("\n")) == (1, "", 1)
            assert why in complained


def test_a_token_is_in_force_until_it_is_removed(wirewatch: Callable[..., Any]) -> None:
    refused = wirewatch("token", "add", "desk", "--scope", "fly")
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "there is no scope 'fly'" in refused.err
    secret = wirewatch("token", "add", "desk", "--scope", "read").out.strip()
    assert [row["name"] for row in wirewatch("token", "list", "--json").rows] == ["desk"]
    assert secret not in wirewatch("token", "list").out
    assert "is refused from now on" in wirewatch("token", "remove", "desk").out
    assert wirewatch("token", "list", "--json").rows == []
    assert "there is no token of 'desk'" in wirewatch("token", "remove", "desk").err
