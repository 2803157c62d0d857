"""The image: what the Dockerfile copies is there and let through by .dockerignore, and every package is copied."""

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from composing import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
# COPY --from=… takes from another image, not from the context.
COPIES = re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE)
COPIED = [source for line in COPIES for source in line.split()[:-1]]
PATTERNS = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"]
PACKAGED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
PACKAGES = {name.removesuffix("*") for name in PACKAGED["packages"]["find"]["include"]}


def _files(source: str) -> Iterator[Path]:
    path = ROOT / source
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(ROOT)


def _is_sent(path: Path) -> bool:
    """As Docker reads .dockerignore: the last pattern that meets the path, or a folder above it, decides."""
    sent = True
    above = [path, *path.parents][:-1]
    for pattern in PATTERNS:
        wanted = pattern.removeprefix("!").removeprefix("**/")
        names = [one.name if "**/" in pattern else one.as_posix() for one in above]
        if any(fnmatchcase(name, wanted) for name in names):
            sent = pattern.startswith("!")
    return sent


def test_all_that_is_copied_is_in_the_context() -> None:
    files = {source: list(_files(source)) for source in COPIED}
    assert [source for source, found in files.items() if not found] == []
    assert [file for found in files.values() for file in found if not _is_sent(file)] == []


def test_nothing_else_is_in_the_context() -> None:
    assert not any(_is_sent(Path(name)) for name in (".env", ".git/config", "tests/conftest.py", "wirewatch.db"))
    assert {pattern[1:] for pattern in PATTERNS if pattern[0] == "!"} == set(COPIED)


def test_the_image_is_of_the_python_that_the_project_runs_on() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert set(bases) == {"python:3.13-slim-trixie"}


def test_every_kind_of_file_is_packaged() -> None:
    patterns = PACKAGED["package-data"]["*"]
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.is_file()]
    data = {path.relative_to(ROOT) for path in files if path.suffix not in {".py", ".pyc"}}
    assert data
    assert not [path for path in data if not any(path.match(pattern) for pattern in patterns)]


def test_every_package_is_in_the_image() -> None:
    copied = re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE)
    assert set(copied) == PACKAGES
