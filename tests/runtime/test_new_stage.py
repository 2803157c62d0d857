"""The proof of the stage: a new one is one file and one line, and both runtimes give it all they give the others.

The stage is tests/new_stage/words.py; nothing else in the project knows of it.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fleet.articles import article, generated
from fleet.fleet import Fleet
from fleet.place import Place, apart, environment
from fleet.waiting import until
from new_stage.light import working
from new_stage.words import HOURS, POISON, WORDS, HourOfWords
from servers.process import free_port

from runtime.kafka.state import KafkaState
from runtime.local.ledger import ledger, trace
from runtime.memory import MemoryServices, run_through
from runtime.metrics import serve
from schemas.article import Article, WireArticle
from schemas.ledger import OutcomeRow
from schemas.outcome import Dropped, Hold, Output
from schemas.topics import ARTICLES
from wirewatch import pipeline
from wirewatch.compose.cluster_control import ClusterPipeline

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 2, 3, 30, tzinfo=UTC)


def words(articles: list[Article]) -> int:
    """What the stage must count."""
    return sum(len(one.text.split()) for one in articles)


def counted(hours: list[HourOfWords]) -> tuple[int, int]:
    """(articles, words) of all hours."""
    return sum(len(one.articles) for one in hours), sum(one.words for one in hours)


@pytest.fixture
def signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the test leaves signs for the stage."""
    monkeypatch.setenv("WIREWATCH_TEST_SIGNS", str(tmp_path))
    return tmp_path


def test_in_memory_it_restores_ticks_and_holds(signs: Path) -> None:
    services = MemoryServices(clock=lambda: NOW)
    wire = [WireArticle(**dict(one), story_id=one.id, first_seen=NOW) for one in generated(3, "m")]
    run_through(WORDS, wire[:2], services)
    run_through(WORDS, wire, services)  # opened anew: two of them it knows
    [hour] = services.state.items(HOURS, HourOfWords)
    assert (len(hour.articles), hour.ended) == (3, False)
    run_through(WORDS, [], services, at=lambda: NOW + timedelta(hours=1))
    assert [hour.ended for hour in services.state.items(HOURS, HourOfWords)] == [True]
    (signs / "words hold").touch()
    with pytest.raises(Hold):
        run_through(WORDS, wire, services)


def test_in_one_process_it_is_killed_and_goes_on(signs: Path) -> None:
    db, articles = signs / "wire.db", generated(150, "k")
    with working(db) as wire:
        wire.publish([Output(ARTICLES, one) for one in articles])
    for wanted in (20, 60):
        process = subprocess.Popen(
            [sys.executable, "-m", "new_stage.light", str(db)],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}"},
        )
        _kill_when(process, db, wanted)
    with working(db) as wire:
        wire.start().drain()
        assert counted(list(wire.log.items(HOURS, HourOfWords))) == (150, words(articles))
        balance = ledger(wire.database, wire.topology.way)
        assert (balance.indexed, balance.stages["words"]) == (150, {"done": 150})


def _kill_when(process: "subprocess.Popen[bytes]", db: Path, wanted: int) -> None:
    """At work: so many articles counted, and more to come."""
    until(lambda: _known(db) >= wanted, within=60)
    assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()


def _known(db: Path) -> int:
    """The articles that the stage has counted, by the ledger, read beside who works on the file."""
    from stores.sqlite.database import Database

    database = Database(db)
    try:
        return int(database.read.execute("SELECT count(*) FROM outcomes WHERE stage='words'").fetchone()[0])
    finally:
        database.close()


def test_in_one_process_it_has_all_that_a_stage_has(signs: Path) -> None:
    now = [NOW]
    bad, good = article("bad", title=POISON).model_copy(update={"fetched_at": NOW}), _at_now("good")
    with working(signs / "wire.db", lambda: now[0]) as wire:
        (signs / "words hold").touch()
        wire.publish([Output(ARTICLES, one) for one in (good, bad)])
        wire.start()
        until(lambda: wire.held().get("words"), within=30)
        assert wire.waiting()["words"] == 2
        port = free_port()
        stop = serve(wire.metrics, port)
        scraped = httpx.get(f"http://127.0.0.1:{port}/metrics").text
        stop()
        assert 'wirewatch_waiting_records{stage="words"} 2.0' in scraped
        (signs / "words hold").unlink()
        wire.drain()

        assert ledger(wire.database, wire.topology.way).stages["words"] == {"done": 1, "dead": 1}
        assert [row.stage for row in trace(wire.database, "good")].count("words") == 1
        (signs / "cured").touch()
        assert wire.replay_letter("bad", "words") == 1
        wire.drain()
        assert ledger(wire.database, wire.topology.way).stages["words"] == {"done": 2}

        now[0] += timedelta(hours=1)
        until(lambda: all(hour.ended for hour in wire.log.items(HOURS, HourOfWords)), within=30)
        assert wire.forget("good")
        wire.log.replay([good])
        wire.drain()
        assert counted(list(wire.log.items(HOURS, HourOfWords))) == (2, words([good, bad]))


def _at_now(name: str) -> Article:
    return article(name).model_copy(update={"fetched_at": NOW})


# -- on real servers --------------------------------------------------------------------------------------


class Program:
    """The program with the new stage in its list, as processes of its own."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.metrics_port = free_port()
        settings = place.settings.model_copy(update={"metrics_port": self.metrics_port})
        self._environment = {
            **environment(settings),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}",
            "WIREWATCH_TEST_SIGNS": str(place.folder),
        }
        self._working: list[subprocess.Popen[bytes]] = []

    def work(self) -> "subprocess.Popen[bytes]":
        """`work words`, in the background."""
        with (self._place.folder / "words.log").open("ab") as out:
            process = subprocess.Popen(self._command("work", "words"), env=self._environment, stdout=out, stderr=out)
        self._working.append(process)
        return process

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Any other command."""
        return subprocess.run(self._command(*arguments), env=self._environment, capture_output=True, text=True)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "new_stage", *arguments]

    def end(self) -> None:
        """Kill what is left."""
        for process in self._working:
            process.kill()
            process.wait()

    def metric(self, line: str) -> bool:
        """Whether the worker's metrics have a line that begins so, and is not 0."""
        try:
            text = httpx.get(f"http://127.0.0.1:{self.metrics_port}/metrics").text
        except httpx.TransportError:
            return False
        return any(each.startswith(line) and float(each.split()[-1]) > 0 for each in text.splitlines())


@pytest.fixture
def place(kafka_bootstrap: str, elasticsearch_url: str, tmp_path: Path) -> Place:
    """Topics and indexes of its own."""
    return Place(apart(kafka_bootstrap, elasticsearch_url), tmp_path)


@pytest.fixture
def program(place: Place) -> Iterator[Program]:
    """Nothing of it runs yet."""
    made = Program(place)
    yield made
    made.end()


@pytest.mark.servers
def test_on_kafka_it_has_all_that_a_stage_has(place: Place, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "STAGES", (*pipeline.STAGES, WORDS))
    fleet = Fleet(place)
    try:
        fleet.start("enrich", "story", "index")
        _it_is_killed_and_goes_on(fleet, program)
        _its_letter_is_replayed(fleet, program)
        _the_hour_ends(place)
    finally:
        fleet.end()


def _it_is_killed_and_goes_on(fleet: Fleet, program: Program) -> None:
    folder, articles = fleet.place.folder, [*generated(60, "w"), article("bad", title=POISON)]
    (folder / "words hold").touch()
    worker = program.work()
    fleet.publish(articles)
    until(lambda: program.metric('wirewatch_held_seconds{stage="words"}'), within=90)
    worker.kill()
    (folder / "words hold").unlink()
    program.work()
    keys = [(one.id, one.revision) for one in articles]
    fleet.settle(keys, within=120, stages=["enrich", "story", "index", "words"])
    assert program.metric('wirewatch_handled_records_total{outcome="done",stage="words"}')
    assert program.run("ledger").returncode == 0


def _its_letter_is_replayed(fleet: Fleet, program: Program) -> None:
    (fleet.place.folder / "cured").touch()
    with ClusterPipeline(fleet.place.settings) as wire:
        assert [(letter.id, letter.stage) for letter in wire.dead_letters()] == [("bad", "words")]
        assert program.run("dead", "replay", "bad", "--stage", "words").returncode == 0
        until(lambda: not wire.dead_letters(), within=60)
        assert "words" in [row.stage for row in wire.trace("w-0")]
        assert wire.waiting()["words"] == 0
        assert program.run("replay", "--from", "now-1h", "--stage", "words").returncode == 0
        assert Counter(map(_outcome, wire.trace("w-1")))[("words", "done")] >= 1


def _outcome(row: OutcomeRow) -> tuple[str, str]:
    return row.stage, row.outcome


def _the_hour_ends(place: Place) -> None:
    """Restored from the broker: an hour later, by the clock that a new owner is given, its row is written."""
    with ClusterPipeline(place.settings) as wire:
        hours = list(wire.state.scan(HOURS, HourOfWords))
        assert sum(len(hour.articles) for hour in hours) == 61
        services = MemoryServices()
        services.state.publish([Output(HOURS, hour) for hour in hours])
        step = WORDS.open(services)
        later = max(hour.hour for hour in hours) + timedelta(hours=1)
        ended = step.tick(later)
        assert len(ended) == len([hour for hour in hours if not hour.ended])
        wire.publish(ended)
    assert all(hour.ended for hour in KafkaState(place.cluster).scan(HOURS, HourOfWords))


def test_a_forgotten_article_is_kept_from_it() -> None:
    from schemas.ledger import Forgotten
    from schemas.topics import FORGOTTEN

    services = MemoryServices(clock=lambda: NOW)
    services.state.publish([Output(FORGOTTEN, Forgotten(id="gone", at=NOW))])
    gone = WireArticle(**dict(article("gone")), story_id="gone", first_seen=NOW)
    assert run_through(WORDS, [gone], services) == [Dropped("forgotten")]
