"""docker-compose.yml as the tests read it: the services that `docker compose up` starts, with an .env put in.

Reads what that file uses of the format; `make check-containers` has it read by the real parser.
"""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
# ${NAME}, ${NAME:-what stands for it} and ${NAME:?what to do}; two dollars are one, and are left as they are.
VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?:(:[-?])([^}]*))?\}")


def fresh_environment(folder: Path) -> dict[str, str]:
    """What `deploy/make-env` writes for a new installation."""
    file = folder / "env"
    subprocess.run([ROOT / "deploy" / "make-env", file], check=True, capture_output=True)
    lines = file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def services(environment: Mapping[str, str]) -> dict[str, Any]:
    """The services by name, as `docker compose config --format json` gives them: a dollar is written as two.

    Raises KeyError for a variable that must be given and is not.
    """
    read = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    every = {name: _put_in(service, environment) for name, service in read.items() if "profiles" not in service}
    for service in every.values():
        given = service.get("environment", {})
        service["environment"] = {name: _as_text(value) for name, value in given.items()}
    return every


def _put_in(value: Any, environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _put_in(one, environment) for name, one in value.items()}
    if isinstance(value, list):
        return [_put_in(one, environment) for one in value]
    return VARIABLE.sub(lambda found: _variable(found, environment), value) if isinstance(value, str) else value


def _variable(found: "re.Match[str]", environment: Mapping[str, str]) -> str:
    name, how, instead = found.groups()
    if name is None:
        return found[0]
    given = environment.get(name, "")
    if not given and how == ":?":
        raise KeyError(f"{name}: {instead}")
    return given or (instead if how else "")


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
