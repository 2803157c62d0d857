"""The JDK that runs the servers and compiles their plugin: the first that is new enough, wherever JDKs are kept."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Elasticsearch 9 wants Java 21 or later; Kafka 4 is content with 17.
RELEASE = 21
# Where distributions put them (Debian, Fedora and Arch; SDKMAN in the home; macOS has a folder more inside).
KEPT = ("/usr/lib/jvm/*", "~/.sdkman/candidates/java/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


class MissingError(Exception):
    """What the servers need is not on this machine; the message says what."""


@cache
def java_home() -> Path:
    """The folder of the JDK. Raises MissingError."""
    found: dict[Path, int | None] = {}
    for home in _homes():
        if home not in found:
            found[home] = _release(home)
            if (found[home] or 0) >= RELEASE:
                return home
    seen = ", ".join(f"{release} in {home}" for home, release in found.items() if release) or "none"
    raise MissingError(f"a JDK {RELEASE} or later is needed (java and javac), and found was {seen}")


def _homes() -> Iterator[Path]:
    """Where a JDK may be, as a person who set something would expect: JAVA_HOME, the path, and where they are kept."""
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named).resolve()
    if on_path := shutil.which("javac"):
        yield Path(on_path).resolve().parents[1]
    for pattern in KEPT:
        first, _, rest = str(Path(pattern).expanduser()).partition("*")
        yield from (path.resolve() for path in sorted(Path(first).glob("*" + rest)))


def _release(home: Path) -> int | None:
    """21 for a JDK 21.0.2; None where there is no JDK."""
    try:
        said = subprocess.run([home / "bin" / "javac", "-version"], capture_output=True, text=True, check=True).stdout
        return int(said.split()[1].partition(".")[0].partition("-")[0])
    except (OSError, subprocess.CalledProcessError, IndexError, ValueError):
        return None


if __name__ == "__main__":  # .ci/run asks
    try:
        print(java_home())
    except MissingError as missing:
        sys.exit(str(missing))
