"""docker-compose.yml as Compose reads it, its variables filled in, and its first one-shot run as the file would."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PASSWORDS = {
    name: f"{name.lower().replace('_', '-')}-only-for-tests"
    for name in ("ELASTIC_PASSWORD", "KIBANA_PASSWORD", "WORKERS_PASSWORD", "NEWSROOM_PASSWORD")
}


def read(variables: Mapping[str, str]) -> dict[str, Any]:
    """The file; a variable that must be given and is not is "missing"."""

    def filled(match: re.Match[str]) -> str:
        return variables.get(match[1]) or (match[3] if match[2] == ":-" else "missing")

    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{(\w+)(:[-?])([^}]*)\}", filled, text))
    return found


def setup(url: str, passwords: Mapping[str, str] = PASSWORDS) -> "subprocess.Popen[str]":
    """The first one-shot, started with an .env of these passwords."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "deploy" / "setup-elasticsearch")],
        env=os.environ | dict(passwords) | {"ELASTICSEARCH": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
