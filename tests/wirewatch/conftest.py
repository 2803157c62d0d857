"""A command line in a folder of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from wirewatch.cli.app import main
from wirewatch.cli.context import options


@dataclass
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str
    rows: list[Any] = field(default_factory=list)


@pytest.fixture
def wirewatch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `wirewatch ARGUMENTS` in this process, in an empty folder; with --json, `rows` are what was listed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> Ran:
        options.clear()
        monkeypatch.setattr(sys, "argv", ["wirewatch", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        told = capfd.readouterr()
        rows = [json.loads(line) for line in told.out.splitlines()] if "--json" in arguments else []
        return Ran(status, told.out, told.err, rows)

    return run


@pytest.fixture
def articles_file(tmp_path: Path) -> Path:
    """A file with three articles of ours."""
    return write_articles(tmp_path)


def write_articles(folder: Path) -> Path:
    """Three articles of ours, as an import takes them."""
    rows = [
        {
            "id": "1",
            "url": "https://news.example/halvern",
            "title": "Grain train derails at Halvern",
            "published": "2026-01-02T03:04:05Z",
            "source": "news.example",
            "text": "A grain train derailed near Halvern. “We will look at every stone,” said Ilse Brandt.",
        },
        {
            "id": "2",
            "title": "Talks on cruise missiles",
            "published": "2026-01-03T03:04:05Z",
            "source": "wire.example",
            "text": "Ministers in Brussels spoke of the Tomahawk. Dmitry Peskov said the talks were a mistake.",
        },
        {"id": "3", "title": "Weather", "text": "It will rain in Leeds until Friday, the weather service said."},
    ]
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the three articles, made once by the command itself."""
    folder = tmp_path_factory.mktemp("imported")
    file = write_articles(folder)
    command = [sys.executable, "-c", "from wirewatch.cli import main; main()", "import", str(file)]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "3 articles taken in" in ran.stdout
    return folder / "wirewatch.db"


@pytest.fixture
def filled(wirewatch: Callable[..., Any], imported: Path, tmp_path: Path) -> Callable[..., Ran]:
    shutil.copy(imported, tmp_path)
    return wirewatch
