"""A command loads what it needs and no more: what is slow to load is named here, and no time is measured."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from fleet.place import apart, environment
from typer.core import TyperGroup

from web.tokens import tokens
from wirewatch.cli import alert, feeds
from wirewatch.cli.app import COMMANDS, app
from wirewatch.cli.lazy import Lazy
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings

# Each takes a tenth of a second and more to load.
MODEL = {"spacy", "numpy", "trafilatura", "lxml", "feedparser", "py3langid"}
SERVERS = {"elasticsearch", "kafka", "aiokafka", "faust"}
FACES = {"fastapi", "starlette", "uvicorn"}
HEAVY = {*MODEL, *SERVERS, *FACES, "apprise", "httpx", "structlog", "prometheus_client"}
NOWHERE = "http://127.0.0.1:9"
RECORDS = {"pydantic", "pydantic_settings"}

_RUN = """
import sys
from pathlib import Path
from wirewatch.cli import main
sys.argv = ["wirewatch", *{arguments}]
try:
    main()
except SystemExit:
    pass
print(sorted({{name for name in {names} if name in sys.modules}}))
"""


def loaded(arguments: list[str], names: set[str], folder: Path) -> str:
    code = _RUN.format(arguments=arguments, names=names)
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()[-1]


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_help_and_version_load_no_records(asked: str, tmp_path: Path) -> None:
    assert loaded([asked], HEAVY | RECORDS, tmp_path) == "[]"


@pytest.mark.parametrize(
    "command",
    [
        *(
            "search grain",
            "quotes",
            "article x",
            "ledger",
            "trace x",
            "dead list",
            "config",
            "query grain",
            "feeds list",
        ),
        *("alert list", "alert history"),
    ],
)
def test_reading_loads_nothing_of_what_writes(command: str, tmp_path: Path) -> None:
    assert loaded(["--db", "none.db", *command.split()], HEAVY, tmp_path) == "[]"


@pytest.mark.servers
def test_reading_the_log_loads_no_store_and_no_stage(
    kafka_bootstrap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the cluster: `trace` and `ledger` read it in the same way."""
    for name, value in environment(apart(kafka_bootstrap, NOWHERE)).items():
        monkeypatch.setenv(name, value)
    assert loaded(["dead", "list"], HEAVY - {"structlog"}, tmp_path) == "['kafka']"


def test_the_lines_of_the_help_are_the_commands_own() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    _same(root, COMMANDS)
    for name, places in {"feeds": feeds.COMMANDS, "alert": alert.COMMANDS}.items():
        group = root.commands[name]
        assert isinstance(group, TyperGroup)
        _same(group, places)
        assert set(group.commands) >= set(places)


def _same(root: TyperGroup, places: dict[str, Lazy]) -> None:
    for name, place in places.items():
        whole = " ".join((root.commands[name].help or "").split())
        assert whole.startswith(place.line.rstrip(".")), name


def test_acting_by_another_process_loads_nothing_of_what_works(tmp_path: Path) -> None:
    """Beside a running `up`: what works the stages is there already, and so is the face over HTTP."""
    with LocalPipeline(Settings(db=tmp_path / "wire.db")) as working:
        command = ["--db", "wire.db", "token", "add", "desk"]
        assert loaded(command, {*MODEL, *SERVERS, *FACES, "apprise"}, tmp_path) == "[]"
        assert [token.name for token in tokens(working)] == ["desk"]
