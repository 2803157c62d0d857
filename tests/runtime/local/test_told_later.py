"""In one process: a quote that was withdrawn, and growth, are told once, through a kill."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from fleet.place import environment
from fleet.webhook import Webhook
from loopback import site
from told_later import play

from schemas.outcome import Output
from wirewatch.compose.open import open_control, open_reader
from wirewatch.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    return Settings(db=tmp_path / "wire.db", channel_hosts="127.0.0.1")


class Working:
    """Who works the file at the moment."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "fleet.local", str(self._settings.db)]
        self._process = subprocess.Popen(command, env=environment(self._settings), stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "working\n"

    def kill(self) -> None:
        with self._process as process:
            process.kill()

    def publish(self, outputs: Sequence[Output]) -> None:
        with open_control(self._settings) as control:
            control.publish(outputs)


def test_what_is_told_later_is_told_once_through_a_kill(settings: Settings) -> None:
    working = Working(settings)

    def kill() -> None:
        working.kill()
        working.start()

    try:
        with site() as running, open_reader(settings) as reader:
            play(working.publish, reader, Webhook(running), kill)
    finally:
        working.kill()
