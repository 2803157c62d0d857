"""Which of a machine's JDKs runs the servers; the JDKs here are scripts that say a release."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import jdk

Keep = Callable[[str, str], Path]


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keep]:
    """Puts a JDK of a release into a folder of a machine that has no other."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/bin-without-java")
    monkeypatch.setattr(jdk, "KEPT", (f"{tmp_path}/kept/*",))
    jdk.java_home.cache_clear()

    def put(place: str, release: str) -> Path:
        (tmp_path / place / "bin").mkdir(parents=True)
        javac = tmp_path / place / "bin" / "javac"
        javac.write_text(f"#!/bin/sh\necho javac {release}\n")
        javac.chmod(0o755)
        return tmp_path / place

    yield put
    jdk.java_home.cache_clear()


def test_a_newer_one_is_found_beside_an_older_default(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    older = keep("kept/a-17", "17.0.15")
    newer = keep("kept/b-25", "25.0.1")
    monkeypatch.setenv("PATH", str(older / "bin"), prepend=None)
    monkeypatch.setenv("JAVA_HOME", str(older))
    assert jdk.java_home() == newer


def test_the_one_that_was_named_goes_first(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("kept/a-25", "25")
    named = keep("named", "21-ea")
    monkeypatch.setenv("JAVA_HOME", str(named))
    assert jdk.java_home() == named


def test_where_none_is_new_enough_it_says_what_was_found(keep: Keep, tmp_path: Path) -> None:
    older = keep("kept/a-17", "17.0.15")
    (tmp_path / "kept" / "no-jdk").mkdir()
    with pytest.raises(jdk.MissingError, match=rf"JDK 21 or later is needed .* 17 in {older}$"):
        jdk.java_home()
