"""The benchmarks of growth and endurance run, small, and say what is so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "support")))
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True
    )


@pytest.mark.parametrize("runtime", ["local", pytest.param("cluster", marks=pytest.mark.servers)])
def test_a_short_soak_tells_and_indexes_all(runtime: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    length = ("--minutes", "0.2", "--rate", "3")
    done = run("benchmarks/soak.py", "--runtime", runtime, *length, "--out", str(report))
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(report.read_text())
    assert found["balanced"]
    assert found["told"] == found["to be told"] > 0
    last = found["samples"][-1]
    assert last["memory_mib"] > 50
    assert last["handles"] > 10
    assert last["files_mib"] > 0


def test_a_grown_file_is_made_and_asked(tmp_path: Path) -> None:
    done = run("benchmarks/growth.py", "--articles", "300", "--alerts", "50", "--db", str(tmp_path / "wire.db"))
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if "MiB" in line]
    assert any(row.startswith("ledger --prove") for row in rows)
    assert not [row for row in rows if "(status" in row]
