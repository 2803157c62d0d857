"""Feeds: agreement with what other readers expect, speed, and hostile input, beside feedparser's defaults.

    PYTHONPATH=. python benchmarks/feeds.py [DATA]   # DATA: a folder with feeds/ and hostile-feeds/, ../shared/data

Agreement is counted by the data's own scorer (feeds/score_feeds.py). Each hostile feed is read in a process of
its own, which is killed after 15 seconds; memory is that process's highest, the interpreter's 30 MB included.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from producers.parse import FeedError, parse_feed, report

DATA = Path("../shared/data")
FATTEST = 14
ROUNDS = 3
PATIENCE_S = 15


def main(data: Path = DATA) -> None:
    """Print the three tables."""
    warnings.simplefilter("ignore")
    if not (data / "feeds").is_dir():
        sys.exit(f"{data}/feeds is not there: the data is not part of the project; name its folder")
    agreement(data / "feeds")
    speed(data / "feeds")
    hostile(data / "hostile-feeds")


def agreement(feeds: Path) -> None:
    """What each peer expects of its own feeds: the share on which we, and feedparser, agree."""
    names = [json.loads(line)["file"] for line in (feeds / "expected.jsonl").open(encoding="utf-8")]
    for title, read in (("wirewatch", report), ("feedparser", feedparser_report)):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answers:
            for name in names:
                answers.write(json.dumps(read(name, (feeds / name).read_bytes())) + "\n")
            answers.flush()
            command = [sys.executable, str(feeds / "score_feeds.py"), str(feeds / "expected.jsonl"), answers.name]
            print(f"{title}, {len(names)} feeds\n{subprocess.run(command, capture_output=True, text=True).stdout}")


def feedparser_report(name: str, body: bytes) -> dict[str, Any]:
    """As producers.parse.report, by feedparser with its defaults."""
    try:
        result = feedparser.parse(io.BytesIO(body))
    except Exception as error:  # noqa: BLE001 - whatever it raises is its answer
        return {"file": name, "error": repr(error), "entries": []}
    problem = None if result.version or result.entries else "no feed"
    return {"file": name, "error": problem, "entries": [feedparser_entry(entry) for entry in result.entries]}


def feedparser_entry(entry: Any) -> dict[str, Any]:
    """Its fields under the report's names."""
    plain = {name: entry.get(name) for name in ("id", "title", "link", "author", "summary")}
    dates = {name: iso(dict.get(entry, f"{name}_parsed")) for name in ("published", "updated")}
    return plain | dates | {"content": next((part.value for part in entry.get("content", ())), None)}


def iso(parsed: time.struct_time | None) -> str | None:
    """A date of feedparser's."""
    return datetime(*parsed[:6], tzinfo=UTC).isoformat() if parsed else None


def speed(feeds: Path) -> None:
    """CPU time over the fattest real feeds; feedparser's own test feeds are made to be odd, and left out."""
    files = [path for path in feeds.rglob("*.*") if path.suffix in (".xml", ".rss", ".atom")]
    real = [path for path in files if path.relative_to(feeds).parts[0] != "feedparser"]
    bodies = [path.read_bytes() for path in sorted(real, key=lambda path: path.stat().st_size)[-FATTEST:]]
    megabytes = sum(map(len, bodies)) / 1e6
    readers: dict[str, Callable[[bytes], int]] = {
        "wirewatch": lambda body: len(parse_feed(body, "https://example.org/feed").entries),
        "feedparser": lambda body: len(feedparser.parse(io.BytesIO(body)).entries),
    }
    print(f"the {len(bodies)} fattest real feeds, {megabytes:.1f} MB")
    for title, read in readers.items():
        best, entries = min(timed(read, bodies) for _ in range(ROUNDS))
        print(f"  {title:12} {megabytes / best:6.1f} MB/s {entries / best:7.0f} entries/s")


def timed(read: Callable[[bytes], int], bodies: list[bytes]) -> tuple[float, int]:
    """CPU seconds, and entries."""
    start = time.process_time()
    entries = sum(map(read, bodies))
    return time.process_time() - start, entries


def hostile(folder: Path) -> None:
    """Each hostile feed alone."""
    print("\nhostile feeds: seconds, MB, answer")
    for path in sorted(folder.iterdir()):
        command: list[str | Path] = [sys.executable, __file__, "--one", str(path)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
            print(f"  {path.name:36} {done.stdout.strip() or done.stderr.strip()[-100:]}")
        except subprocess.TimeoutExpired:
            print(f"  {path.name:36} killed after {PATIENCE_S} s")


def one(path: Path) -> None:
    """Read one feed and say what it took."""
    start = time.perf_counter()
    try:
        answer = f"{len(parse_feed(path.read_bytes(), '').entries)} entries"
    except FeedError as error:
        answer = error.what
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - start:5.2f} {peak:4.0f}  {answer}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]))
    else:
        main(*map(Path, sys.argv[1:2]))
