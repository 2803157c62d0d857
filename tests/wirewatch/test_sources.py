"""Sources: one is a file and a line, runs beside the others in both runtimes, and is run again when it breaks."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fleet.waiting import until
from folder_source import FolderSource

from producers.source import Source
from runtime.memory import MemoryLog
from schemas.outcome import Hold
from schemas.state import Publish, State
from wirewatch import sources
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings
from wirewatch.sources import RunningSources, run_sources

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


class Script:
    """A source that does at each run what the test says, and ends."""

    name = "script"

    def __init__(self, *runs: Exception | None) -> None:
        self.left = list(runs)
        self.done = threading.Event()

    def run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        trouble = self.left.pop(0)
        if not self.left:
            self.done.set()
        if trouble is not None:
            raise trouble


class Endless:
    """A source that waits for its stop."""

    name = "endless"

    def __init__(self) -> None:
        self.began, self.ended = threading.Event(), threading.Event()

    def run(self, publish: Publish, state: State, stop: threading.Event) -> None:
        self.began.set()
        stop.wait()
        self.ended.set()


def running(*given: Source) -> RunningSources:
    log = MemoryLog()
    made = RunningSources(given, log.publish, log)
    made.start()
    return made


def test_a_source_that_is_held_or_breaks_is_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "AGAIN_FIRST_S", 0.01)
    script, other = Script(Hold("the log is away"), ZeroDivisionError(), None), Endless()
    made = running(script, other)
    assert script.done.wait(PATIENCE)
    assert other.began.wait(PATIENCE)
    assert not other.ended.is_set(), "one source's trouble is not the others'"
    made.close()
    assert other.ended.is_set()


def test_a_source_that_has_no_more_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "AGAIN_FIRST_S", 0.0)
    script = Script(None, None)
    made = running(script)
    made._threads[0].join(PATIENCE)
    made.close()
    assert len(script.left) == 1


def test_a_stop_is_heard_while_a_source_waits_to_be_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "AGAIN_FIRST_S", 3600.0)
    script = Script(Hold("the log is away"))
    made = running(script)
    until(lambda: [wait.why for wait in made.waits()] == ["the log is away"], PATIENCE)
    made.close()
    assert script.left == []


def test_feeds_are_in_the_list() -> None:
    assert [getattr(make, "name", None) for make in sources.SOURCES if isinstance(make, type)] == ["feeds"]


def test_a_bad_address_for_hubs_is_told_before_anything_runs(tmp_path: Path) -> None:
    log = MemoryLog()
    with pytest.raises(ValueError, match="give a public http"):
        run_sources(Settings(db=tmp_path / "a.db", websub_callback="ftp://me.example"), log.publish, log)


def test_a_source_of_ones_own_runs_into_the_local_runtime(tmp_path: Path, articles_file: Path) -> None:
    with LocalPipeline(Settings(db=tmp_path / "wirewatch.db")) as wire:
        made = RunningSources([FolderSource(tmp_path)], wire.publish, wire.log)  # the line
        made.start()
        until(lambda: wire.waiting()["enrich"] == 3, PATIENCE)
        made.close()
    assert articles_file.with_suffix(".done").exists()
    assert not articles_file.exists()


def test_up_runs_it_beside_the_feeds(wirewatch: Callable[..., Any], imported: Path, tmp_path: Path) -> None:
    shutil.copy(imported, tmp_path)  # with a feed that nobody answers for, so that the starter feeds are not asked
    assert wirewatch("feeds", "add", "http://127.0.0.1:9/feed", "--unseen").status == 0
    folder = tmp_path / "folder"
    folder.mkdir()
    command = [sys.executable, str(ROOT / "tests" / "support" / "folder_source.py"), str(folder), "up"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert any("watching 1 feeds" in line for line in process.stdout)
        laid = folder / "new.laid"
        laid.write_text('{"id": "9", "title": "Zeppelin", "text": "A zeppelin came down in Ghent."}\n')
        laid.rename(folder / "new.jsonl")
        until(lambda: wirewatch("search", "zeppelin", "--json").rows, PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.communicate()
