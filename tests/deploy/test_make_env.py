"""deploy/make-env: passwords of its own, for its owner only, and nothing lost of what an earlier one says."""

import re
import stat
import subprocess
from pathlib import Path

import pytest
from composing import ROOT


def _made(file: Path) -> dict[str, str]:
    subprocess.run([ROOT / "deploy" / "make-env", file], check=True, capture_output=True)
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line and line[0] != "#")


def test_it_is_for_its_owner_only_and_no_two_secrets_are_alike(tmp_path: Path) -> None:
    made = _made(tmp_path / "env")
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600
    secrets = [value for name, value in made.items() if name.endswith(("_PASSWORD", "_KEY"))]
    assert len(secrets) == len(set(secrets)) == 8
    assert all(len(secret) >= 32 and secret.isalnum() for secret in secrets)


def test_an_earlier_file_keeps_what_it_says_and_gets_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "env"
    whole = _made(file)
    file.write_text("ELASTIC_PASSWORD=mine\nPARTITIONS=8\n")
    file.chmod(0o600)
    made = _made(file)
    assert (made["ELASTIC_PASSWORD"], made["PARTITIONS"]) == ("mine", "8")
    assert set(made) == set(whole)
    again = file.read_text()
    _made(file)
    assert file.read_text() == again


@pytest.mark.parametrize("text", ["ELASTIC_PASSWORD=mine\n", None], ids=["lacking", "whole"])
def test_one_that_others_may_read_is_closed(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "env"
    _made(file)
    if text is not None:
        file.write_text(text)
    file.chmod(0o644)
    _made(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_every_variable_of_the_compose_file_has_its_line(tmp_path: Path) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    named = {part.split(":")[0] for part in text.split("${")[1:]}
    assert named <= set(_made(tmp_path / "env"))


def test_a_fresh_file_says_what_the_compose_file_does_without_it(tmp_path: Path) -> None:
    made = _made(tmp_path / "env")
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", text))
    assert {name: made[name] for name in defaults} == defaults
