"""What cannot be read holds its stage where everybody sees it, and kills none: by a real file."""

import errno
import io
import sqlite3
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import structlog
from fleet.waiting import until
from plain_stage import plain_stage

from runtime.local import retention
from runtime.local.log import Log
from runtime.local.worker import Workers
from runtime.memory import DefaultSettings, MemorySink
from runtime.metrics import Metrics
from runtime.services import ProcessServices
from schemas.alert import Subscription
from schemas.article import Article, Enriched
from schemas.clock import utc_now
from schemas.outcome import Done, Hold, Outcome, Output
from schemas.stage import Stage
from schemas.topics import ARTICLES, DEAD, ENRICHED, SUBSCRIPTIONS
from stores.sqlite import bodies
from stores.sqlite.database import Database
from wirewatch.compose import local
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.local_reader import LocalReader
from wirewatch.logging import log_to_terminal
from wirewatch.settings import Settings


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "wire.db")
    yield made
    made.close()


@pytest.fixture
def log(database: Database) -> Log:
    return Log(database)


def article(id: str) -> Output:
    return Output(ARTICLES, Article(id=id, revision="1", title="A title", text=f"Text {id}.", fetched_at=utc_now()))


def enrich(batch: Sequence[Any]) -> list[Outcome]:
    return [Done((Output(ENRICHED, Enriched(**dict(one))),)) for one in batch]


def working(log: Log, stage: Stage) -> Workers:
    runtime = Workers((stage,), ProcessServices(DefaultSettings(), log, MemorySink), log, Metrics())
    runtime.start()
    return runtime


def held(log: Log, runtime: Workers) -> str:
    """Why the stage is held, once it is."""
    for _ in range(6000):
        if waits := runtime.held()["enrich"]:
            return waits[0].why
        log.pulse.wait(0.01)
    raise AssertionError("it was never held")


def test_an_article_that_is_forgotten_while_it_is_read_kills_nothing(
    log: Log, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.publish([article("a"), article("b")])
    log = Log(database)  # one that knows nothing but what it reads
    forgetting = threading.Thread(
        target=lambda: retention.forget(log, database, MemorySink(), "a", utc_now()), name="forget"
    )

    real = bodies.get

    def get(connection: sqlite3.Connection, id: int) -> tuple[str, str | None]:
        if forgetting.ident is None:  # the rows are read, the bodies are not
            forgetting.start()
            forgetting.join()
        return real(connection, id)

    monkeypatch.setattr(bodies, "get", get)
    runtime = working(log, plain_stage("enrich", ARTICLES, enrich, writes=(ENRICHED,)))
    runtime.drain()
    runtime.stop()
    assert [ENRICHED.key_of(entry.record) for entry in log.read(ENRICHED, 0, 10)] == ["b"]


def test_a_record_of_a_newer_version_is_held_and_not_lost(log: Log, database: Database) -> None:
    log.publish([article("a")])
    with database.write() as connection:
        connection.execute("UPDATE log SET record=json_set(record, '$.mood', 'new')")
    log = Log(database)  # one that knows nothing but what it reads
    runtime = working(log, plain_stage("enrich", ARTICLES, enrich, writes=(ENRICHED,)))
    assert "articles is of another version (mood" in held(log, runtime)
    with database.write() as connection:
        connection.execute("UPDATE log SET record=json_remove(record, '$.mood')")
    log.wake()
    runtime.drain()
    runtime.stop()
    assert len(list(log.read(ENRICHED, 0, 10))) == 1


def test_a_state_of_a_newer_version_is_held_and_makes_no_dead_letters(log: Log, database: Database) -> None:
    log.publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="S", query="x")), article("a")])
    with database.write() as connection:
        connection.execute("UPDATE state SET record=json_set(record, '$.mood', 'new') WHERE topic='subscriptions'")

    def asking(batch: Sequence[Any]) -> list[Outcome]:
        log.mapping(SUBSCRIPTIONS, Subscription)
        return enrich(batch)

    runtime = working(log, plain_stage("enrich", ARTICLES, asking, writes=(ENRICHED,)))
    assert "subscriptions is of another version" in held(log, runtime)
    runtime.stop()
    assert list(log.read(DEAD, 0, 10)) == []
    assert log.lag(plain_stage("enrich", ARTICLES, asking)) == 1


def test_a_page_that_cannot_be_read_is_held_and_makes_no_dead_letters(log: Log) -> None:
    log.publish([article("a")])
    damage = [sqlite3.DatabaseError("database disk image is malformed")] * 3

    def damaged(batch: Sequence[Any]) -> list[Outcome]:
        if damage:
            raise damage.pop()
        return enrich(batch)

    runtime = working(log, plain_stage("enrich", ARTICLES, damaged, writes=(ENRICHED,)))
    assert "malformed" in held(log, runtime)
    runtime.drain()
    runtime.stop()
    assert list(log.read(DEAD, 0, 10)) == []


class Full(io.StringIO):
    """A log on a disk without room, or one whose reader has gone."""

    def write(self, line: str) -> int:
        raise OSError(errno.ENOSPC, f"no room for {line!r}")


def test_a_log_that_cannot_be_written_ends_no_stage_and_makes_no_dead_letters(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", Full())
    log_to_terminal()
    log.publish([article("a")])
    away = [Hold("it is away")] * 3

    def saying(batch: Sequence[Any]) -> list[Outcome]:
        if away:
            raise away.pop()
        structlog.get_logger().warning("a channel is away")
        return enrich(batch)

    runtime = working(log, plain_stage("enrich", ARTICLES, saying, writes=(ENRICHED,)))
    assert held(log, runtime) == "it is away"
    until(lambda: not any(runtime.waiting().values()), within=60)
    until(lambda: runtime.held() == {"enrich": ()}, within=60)
    runtime.stop()
    assert list(log.read(DEAD, 0, 10)) == []


def test_housekeeping_that_breaks_is_seen_from_everywhere_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(db=tmp_path / "wire.db")
    broken, rounds = threading.Event(), threading.Semaphore(0)
    broken.set()

    def prune(*_: object) -> int:
        rounds.release()
        if broken.is_set():
            raise ValueError("a surprise")
        return 0

    monkeypatch.setattr(local, "ROUND_SECONDS", 0.01)
    monkeypatch.setattr(retention, "prune", prune)
    with LocalPipeline(settings) as pipeline:
        pipeline.start()
        assert [rounds.acquire(timeout=60) for _ in range(3)] == [True] * 3
        with LocalReader(settings) as reader:
            reports = {report.stage: report.held for report in reader.status()}
        assert "a surprise" in reports["housekeeping"][0].why
        assert "housekeeping" in {wait.what for wait in pipeline.metrics.waits()}
        broken.clear()
        until(lambda: "housekeeping" not in pipeline.held(), within=60)
