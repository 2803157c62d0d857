"""What a long life costs: a file as it is after a million articles, and what is asked of it.

    PYTHONPATH=. python benchmarks/growth.py [--articles 1000000] [--alerts 260000] [--days 300] [--db FILE]

The file is made with the outcomes, stories and tellings of so many articles, spread over so many days up to now, as a
version would have left it that kept no account. Each command then runs in a process of its own: seconds of wall time
and of CPU, and the most memory that it held.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from processors.sketch import signature_of
from schemas.alert import Alert, Delivery, Why
from schemas.story import StoryMember

Row = tuple[Any, ...]

WAY = ("fetch", "enrich", "story", "index", "match")
TABLES = """
PRAGMA auto_vacuum=INCREMENTAL;
PRAGMA journal_mode=WAL;
CREATE TABLE state(topic TEXT, key TEXT, record TEXT NOT NULL, PRIMARY KEY(topic, key)) WITHOUT ROWID;
CREATE TABLE outcomes(
  id TEXT, stage TEXT, revision TEXT, outcome TEXT NOT NULL, reason TEXT, at TEXT NOT NULL,
  PRIMARY KEY(id, stage, revision)) WITHOUT ROWID;
"""
# Signatures are those of so many texts: to sign each of a million would take longer than all that is measured.
SIGNATURES = tuple(signature_of(f"Title {n}", " ".join(f"w{n * 7 + k}" for k in range(300))) for n in range(200))
WHY = "The council said on Tuesday that the bridge over the river will stay closed until the spring of next year."
COMMANDS = {
    "first opening": ["dead", "list"],
    "ledger": ["ledger", "--json"],
    "ledger --prove": ["ledger", "--prove", "--json"],
    "trace": ["trace", "{some}"],
    "dead list": ["dead", "list"],
    "forget": ["forget", "{some}"],
}
# Gives story its first article, which has to be compared: the days that it asks for are read then.
FIRST = """
from datetime import UTC, datetime
from processors.sketch import signature_of
from schemas.article import Enriched
def first(step):
    text = " ".join(f"v{number}" for number in range(300))
    article = {"id": "first", "revision": "1", "title": "", "text": text, "fetched_at": datetime.now(UTC)}
    step([Enriched(**article, signature=signature_of("", text))])
"""
# Opens the file and every stage but enrich, whose children read a model whatever the file holds.
START = f"""
import sys
from pathlib import Path
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import load
{FIRST}
with LocalPipeline(load(db=Path(sys.argv[1]))) as pipeline:
    for stage in pipeline.topology.stages:
        if stage.name != "enrich":
            step = stage.open(pipeline._services)
            if stage.name == "story":
                first(step)
"""
# Lets go of half, while another thread publishes all the time; prints the longest that a publish took.
RETIRE = """
import sys, threading, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from runtime.local.retention import retire
from schemas.outcome import Output
from schemas.story import StoryMember
from schemas.topics import STORIES
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import load
with LocalPipeline(load(db=Path(sys.argv[1]))) as pipeline:
    now, waits, over = datetime.now(UTC), [0.0], threading.Event()
    def publish():
        while not over.is_set():
            began = time.monotonic()
            member = StoryMember(id=f"new {len(waits)}", story_id="new", first_seen=now, signature="")
            pipeline.publish([Output(STORIES, member)])
            waits.append(time.monotonic() - began)
            time.sleep(0.01)
    thread = threading.Thread(target=publish)
    thread.start()
    retire(pipeline.database, now, int(sys.argv[2]))
    over.set()
    thread.join()
    waits.sort()
    print(f"{len(waits)} publishes meanwhile: the longest took {waits[-1]:.2f} s, 99 of 100 at most "
          f"{waits[len(waits) * 99 // 100]:.2f} s")
"""


def main() -> None:
    """Make the file where it is not there, and print what each command costs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--alerts", type=int, default=260_000)
    parser.add_argument("--days", type=int, default=300)
    parser.add_argument("--db", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = given.db or Path(folder) / "wire.db"
        if not db.exists():
            write(db, given.articles, given.alerts, given.days)
        print(f"{given.articles:,} articles, {given.alerts:,} alerts told: {db.stat().st_size >> 20} MiB")
        some = identity("article", given.articles // 2)
        for name, words in COMMANDS.items():
            command = ["-c", "from wirewatch.cli.app import main; main()", "--db", str(db)]
            measure(name, [*command, *(word.format(some=some) for word in words)])
        measure("start", ["-c", START, str(db)])
        measure("retire half", ["-c", RETIRE, str(db), str(given.days // 2)], shown=True)
        print(f"at the end {db.stat().st_size >> 20} MiB")


def write(db: Path, articles: int, alerts: int, days: int) -> None:
    """Make the file."""
    connection = sqlite3.connect(db)
    connection.executescript(TABLES)
    with connection:
        connection.executemany("INSERT INTO outcomes VALUES(?,?,?,?,?,?)", outcomes(articles, alerts, days))
        connection.executemany("INSERT INTO state VALUES(?,?,?)", _stories(articles, days))
        connection.executemany("INSERT INTO state VALUES(?,?,?)", _deliveries(articles, alerts, days))
    connection.close()


def identity(kind: str, number: int) -> str:
    """The id of the article or alert of this number: a hash, as they are."""
    return blake2b(f"{kind} {number}".encode(), digest_size=16).hexdigest()


def moment(number: int, of: int, days: int) -> datetime:
    """When the article of this number came: evenly, up to now."""
    return datetime.now(UTC) - timedelta(days=days) * (of - number) / of


def outcomes(articles: int, alerts: int, days: int) -> Iterator[Row]:
    """One article in fifty is dropped by enrich."""
    for number in range(articles):
        id, at = identity("article", number), moment(number, articles, days).isoformat()
        revision = id[:16]
        way = WAY if number % 50 else WAY[:2]
        for stage in way:
            dropped = stage == "enrich" and not number % 50
            yield id, stage, revision, "dropped" if dropped else "done", "not news" if dropped else None, at
    for number in range(alerts):
        at = moment(number, alerts, days).isoformat()
        for stage in ("deliver", "record"):
            yield identity("alert", number), stage, "", "done", None, at


def member(number: int, articles: int, days: int) -> StoryMember:
    """An article's place: every third belongs to the story of the one before it."""
    return StoryMember(
        id=identity("article", number),
        story_id=identity("article", number - (number % 3 == 2)),
        first_seen=moment(number, articles, days),
        signature=SIGNATURES[number % len(SIGNATURES)],
    )


def delivery(number: int, articles: int, alerts: int, days: int) -> Delivery:
    """An alert that was told."""
    at, article = moment(number, alerts, days), identity("article", number * articles // max(alerts, 1))
    alert = Alert(
        id=identity("alert", number),
        revision="1",
        subscription=f"subscription {number % 500}",
        subscription_name="The bridge",
        query='bridge AND "closed until"',
        matched_part="bridge",
        scope=article,
        article_id=article,
        story_id=article,
        title="The bridge over the river stays closed until spring",
        url=f"https://news.example/{article}",
        source="news.example",
        feed="https://news.example/feed",
        why=(Why(sentence=WHY, marks=((46, 52),)),),
        first_seen=at,
        matched_at=at,
    )
    return Delivery(
        id=alert.id, subscription=alert.subscription, status="delivered", at=at, told=("json",), alert=alert
    )


def _stories(articles: int, days: int) -> Iterator[Row]:
    for number in range(articles):
        one = member(number, articles, days)
        yield "stories", one.id, one.model_dump_json(exclude_defaults=True)


def _deliveries(articles: int, alerts: int, days: int) -> Iterator[Row]:
    for number in range(alerts):
        one = delivery(number, articles, alerts, days)
        yield "delivery", one.id, one.model_dump_json(exclude_defaults=True)


def measure(name: str, words: Sequence[str], shown: bool = False) -> None:
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, *words], stdout=None if shown else subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    failed = f"  (status {os.waitstatus_to_exitcode(status)})" if status else ""
    worked = used.ru_utime + used.ru_stime
    print(f"{name:20} {seconds:7.2f} s ({worked:.2f} of CPU) {used.ru_maxrss >> 10:6,} MiB{failed}", flush=True)


if __name__ == "__main__":
    main()
