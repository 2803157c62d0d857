"""What both ports of an installation promise, asked of each: a file, a process that works on it, and the cluster."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fleet.articles import article, generated
from fleet.fleet import STAGES, Fleet
from fleet.place import Place, apart
from fleet.signing import NOT_NEWS, POISON, light_stages, listed
from fleet.waiting import until

from runtime.ports import Control, ControlError, Reader, StageReport
from schemas.article import Article
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import ARTICLES, FEEDS
from stores.query import parse
from wirewatch.compose.open import open_control, open_reader
from wirewatch.settings import Settings

ROOT = Path(__file__).parents[2]
# Five workers start on a machine that has other things to do.
ENOUGH_SECONDS = 120


@dataclass(frozen=True)
class Installation:
    """Both ports, and where signs for the light enrich are left (fleet.signing)."""

    reader: Reader
    control: Control
    signs: Path

    def publish(self, *articles: Article) -> int:
        """How many went on."""
        return self.control.publish([Output(ARTICLES, one) for one in articles]).accepted

    def stage(self, name: str) -> StageReport:
        """How a stage stands."""
        (found,) = [report for report in self.reader.status() if report.stage == name]
        return found

    def see_through(self) -> None:
        """Return when nothing waits anywhere, whoever works the stages."""
        self.control.drain()
        until(lambda: not any(report.waiting for report in self.reader.status()), within=ENOUGH_SECONDS)

    @contextmanager
    def sign(self, name: str, content: str = "") -> Iterator[None]:
        """Leave a sign while something is done."""
        (self.signs / name).write_text(content)
        try:
            yield
        finally:
            (self.signs / name).unlink()


@pytest.fixture(scope="module", params=["file", "process", pytest.param("cluster", marks=pytest.mark.servers)])
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One of each kind, empty, for all tests: each has articles of its own."""
    folder = tmp_path_factory.mktemp(request.param)
    with listed(light_stages(folder)), _working(request, folder) as settings, open_control(settings) as control:
        control.start()
        with open_reader(settings) as reader:
            yield Installation(reader, control, folder)


@contextmanager
def _working(request: pytest.FixtureRequest, folder: Path) -> Iterator[Settings]:
    """Whoever works the stages, save where this process does it itself."""
    local = Settings(db=folder / "wire.db")
    if request.param == "file":
        yield local
    elif request.param == "process":
        with _process(local.db):
            yield local
    else:
        servers = (request.getfixturevalue("kafka_bootstrap"), request.getfixturevalue("elasticsearch_url"))
        fleet = Fleet(Place(apart(*servers), folder))
        fleet.start(*STAGES)
        try:
            yield fleet.place.settings
        finally:
            fleet.end()


@contextmanager
def _process(db: Path) -> Iterator[None]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'support'}"}
    command = [sys.executable, "-m", "fleet.local", str(db)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        yield
        process.terminate()
        assert process.wait(30) == 0


def test_what_is_published_goes_its_way_and_is_found(installation: Installation) -> None:
    articles = generated(3, "way")
    assert installation.publish(*articles) == 3
    installation.see_through()
    reader = installation.reader
    until(lambda: all(reader.store.get(one.id) is not None for one in articles), within=ENOUGH_SECONDS)
    wanted = parse('title:"Headline of way-1"', datetime.now(UTC))
    until(lambda: [hit.id for hit in reader.store.search(wanted).articles] == ["way-1"], within=ENOUGH_SECONDS)

    trace = reader.trace("way-1")
    stages = [row.stage for row in trace]
    assert [stage for stage in stages if stage != "match"] == ["fetch", "enrich", "story", "index"]
    assert stages.index("match") > stages.index("story")
    assert [row.at for row in trace] == sorted(row.at for row in trace)
    assert reader.trace("never seen") == []


def test_the_ledger_gives_everything_its_place(installation: Installation) -> None:
    before = installation.reader.ledger()
    installation.publish(*generated(5, "ledger"))
    installation.see_through()
    after = installation.reader.ledger()
    assert (after.balanced, after.in_flight) == (True, 0)
    assert (after.fetched - before.fetched, after.indexed - before.indexed) == (5, 5)


def test_what_is_indexed_is_held_against_what_somebody_has(installation: Installation) -> None:
    installation.publish(*generated(3, "held"), article("not held", title=NOT_NEWS))
    installation.see_through()
    every = installation.reader.indexed()
    held = {one.id for one in generated(3, "held")}
    assert held <= every.keys()
    assert "not held" not in every
    others = [*(every.keys() - held), "held by nobody else"]
    assert installation.reader.indexed(but=others) == {id: every[id] for id in held}
    assert installation.reader.indexed(but=iter(every)) == {}


def test_a_dead_letter_is_listed_and_sent_on_its_way_again(installation: Installation) -> None:
    reader, control = installation.reader, installation.control

    def letters() -> list[tuple[str, str]]:
        return [(letter.stage, letter.reason) for letter in reader.dead_letters() if letter.id == "bad"]

    installation.publish(article("bad", title=POISON))
    installation.see_through()
    until(lambda: letters() == [("enrich", "ValueError")], within=ENOUGH_SECONDS)
    assert reader.ledger().dead == {"enrich: ValueError": 1}
    with installation.sign("cured"):
        assert control.replay_letter("bad", "story") == 0
        assert control.replay_letter("bad", "enrich") == 1
        installation.see_through()
        until(lambda: reader.store.get("bad") is not None, within=ENOUGH_SECONDS)
    assert letters() == []
    assert reader.ledger().dead == {}


def test_what_is_forgotten_is_gone_and_not_let_in_again(installation: Installation) -> None:
    reader, control = installation.reader, installation.control
    (gone,) = generated(1, "gone")
    installation.publish(gone)
    installation.see_through()
    until(lambda: reader.store.get(gone.id) is not None, within=ENOUGH_SECONDS)
    assert control.forget(gone.id)
    until(lambda: reader.store.get(gone.id) is None, within=ENOUGH_SECONDS)
    installation.publish(gone.model_copy(update={"revision": "2", "fetched_at": datetime.now(UTC)}))
    installation.see_through()
    assert reader.store.get(gone.id) is None
    assert ("2", "index", "done") not in [(row.revision, row.stage, row.outcome) for row in reader.trace(gone.id)]
    assert reader.ledger().balanced
    assert not control.forget("never seen")


def test_what_is_held_says_since_when_and_why(installation: Installation) -> None:
    reader, control = installation.reader, installation.control
    began = datetime.now(UTC)
    assert [report.stage for report in reader.status()] == list(STAGES)
    with installation.sign("hold"):
        installation.publish(article("held"))
        until(lambda: installation.stage("enrich").held, within=ENOUGH_SECONDS)
        (wait,) = installation.stage("enrich").held
        assert (wait.what, wait.why) == ("enrich", "the test says so")
        assert began <= wait.since <= datetime.now(UTC)
        assert installation.stage("enrich").waiting == control.waiting()["enrich"] == 1
        assert installation.stage("story").held == ()
        assert reader.trace("held")[-1].stage == "fetch"
        assert reader.ledger().in_flight == 1
    installation.see_through()
    until(lambda: not installation.stage("enrich").held, within=ENOUGH_SECONDS)
    assert reader.trace("held")[1].stage == "enrich"


def test_the_state_that_was_published_is_read(installation: Installation) -> None:
    reader = installation.reader
    feed = Feed(url="https://example.org/feed", tags=("a",))
    installation.control.publish([Output(FEEDS, feed)])
    until(lambda: reader.state.get(FEEDS, feed.url, Feed) == feed, within=ENOUGH_SECONDS)
    assert feed in list(reader.state.items(FEEDS, Feed))
    assert reader.state.get(FEEDS, "https://example.org/other", Feed) is None


def test_a_replay_makes_new_of_what_came_since_then(installation: Installation) -> None:
    reader, control = installation.reader, installation.control
    began = datetime.now(UTC) - timedelta(minutes=5)
    installation.publish(*generated(4, "again"))
    installation.see_through()
    until(lambda: reader.store.get("again-3") is not None, within=ENOUGH_SECONDS)
    told: list[tuple[int, int]] = []
    with installation.sign("model", "3"):
        number = control.replay("enrich", began, "again", lambda done, of: told.append((done, of)))
        installation.see_through()
    assert number >= 4
    assert told[-1] == (number, number)
    until(lambda: _made(reader, "again") == {("1", 3)}, within=ENOUGH_SECONDS)
    assert reader.ledger().balanced


def _made(reader: Reader, prefix: str) -> set[tuple[str, int]]:
    """(revision, generation) of four articles."""
    found = (reader.store.get(f"{prefix}-{number}") for number in range(4))
    return {(one.revision, one.generation) for one in found if one is not None}


def test_a_stage_that_cannot_be_replayed_is_told_in_one_line(installation: Installation) -> None:
    with pytest.raises(ControlError, match="enrich") as told:
        installation.control.replay("dance", datetime.now(UTC))
    assert "\n" not in str(told.value)
