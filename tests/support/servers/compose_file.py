"""The services that `docker compose up` starts, with an .env put in, as a test starts them without containers.

composing.py reads the file; `make check-containers` has it read by the real parser.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from composing import ROOT, read


def fresh_environment(folder: Path) -> dict[str, str]:
    """What `deploy/make-env` writes for a new installation."""
    file = folder / "env"
    subprocess.run([ROOT / "deploy" / "make-env", file], check=True, capture_output=True)
    lines = file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def services(environment: Mapping[str, str]) -> dict[str, Any]:
    """The services by name, as `docker compose config --format json` gives them: values are text."""
    every: dict[str, Any] = read(environment)["services"]
    for service in every.values():
        given = service.get("environment", {})
        service["environment"] = {name: _as_text(value) for name, value in given.items()}
    return every


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
