"""Producers on the real Kafka: their group divides the hosts among them, and they find their memory again."""

import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fleet.fleet import ROOT, Fleet
from fleet.place import Place, apart, environment
from fleet.waiting import until
from kafka import KafkaAdminClient
from servers.kafka import Kafka

from runtime.kafka import ledger
from runtime.kafka.codec import Cluster
from runtime.kafka.host_group import SESSION_S
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from runtime.kafka.topic_reader import read
from schemas.alert import Subscription
from schemas.article import Article
from schemas.clock import utc_now
from schemas.feed import Feed, FeedState
from schemas.outcome import Output
from schemas.topics import ARTICLES, FEEDS, FEEDSTATE, SUBSCRIPTIONS
from wirewatch.first_run import Begun, begin
from wirewatch.pipeline import topology

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("counted_children")]

# Each is a host of its own, and all are this machine.
HOSTS = [f"127.0.0.{number}" for number in range(2, 42)]
# The list of feeds is read every ten seconds; the rest is a busy machine's.
PATIENCE = 60.0
# What a busy machine may need for what takes a second or two.
BUSY = 20.0
# As a cluster of machines has it on a bad day: one an hour ahead of the others.
AHEAD = """
import datetime, time, schemas.clock
now, seconds = schemas.clock.utc_now, time.time
schemas.clock.utc_now = lambda: now() + datetime.timedelta(hours=1)
time.time = lambda: seconds() + 3600
"""
PRODUCE = "from wirewatch.cli import main; main()"


class Web:
    """Every host's server: remembers which producer asked which host for which feed."""

    def __init__(self) -> None:
        self.asked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                who = self.headers["User-Agent"].rpartition(" ")[2].rstrip(")")
                web.asked[self.path][self.headers["Host"].partition(":")[0]].append(who)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<rss version='2.0'><channel><title>x</title></channel></rss>")

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("", 0), Handler)
        self.server.daemon_threads = True

    def feeds(self, path: str) -> list[Output]:
        return [Output(FEEDS, Feed(url=f"http://{host}:{self.server.server_port}{path}")) for host in HOSTS]

    def asked_by(self, path: str, within: float) -> set[str]:
        """Who asked for the feeds of this path, once all were asked for: each by one alone."""
        until(lambda: len(self.asked[path]) == len(HOSTS), within)
        assert all(len(set(who)) == 1 for who in self.asked[path].values()), self.asked[path]
        return {who[0] for who in self.asked[path].values()}


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


class Producer:
    """`wirewatch produce`, as it is run."""

    def __init__(self, name: str, place: Place, before: str = "") -> None:
        self._log = place.folder / f"{name}.log"
        of_its_own = {"contact": name, "allow_hosts": ",".join(HOSTS), "host_pause_seconds": 0.0}
        settings = place.settings.model_copy(update=of_its_own)
        with self._log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", before + PRODUCE, "produce"],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**environment(settings), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
                cwd=place.folder,
            )

    @property
    def log(self) -> str:
        """What it has said."""
        return self._log.read_text(errors="replace")

    @property
    def share(self) -> int:
        """How many partitions of the hosts it has, as it says itself."""
        number = 0
        for line in self.log.splitlines():
            if "hosts are" in line:
                gained = 1 if "hosts are this producer's" in line else -1
                number += gained * int(line.rpartition("partitions=")[2])
        return number


@pytest.fixture
def producers() -> Iterator[list[Producer]]:
    """Those that are started in the test; whatever is left is killed after it."""
    started: list[Producer] = []
    yield started
    for producer in started:
        producer.process.kill()
        producer.process.wait()


def test_hosts_are_shared_and_those_of_the_dead_are_taken_over(
    kafka_bootstrap: str, tmp_path: Path, web: Web, producers: list[Producer]
) -> None:
    """One of them is an hour ahead, one hangs for a while and comes back: no host ever has two owners."""
    place = Place(apart(kafka_bootstrap, "http://127.0.0.1:9"), tmp_path)  # the store is not asked for anything
    one, two, three = Producer("one", place), Producer("two", place, AHEAD), Producer("three", place)
    producers += [one, two, three]
    until(lambda: _share(one, two, three), PATIENCE)

    assert web.asked_by(_added(place, web, "/first"), PATIENCE) == {"one", "two", "three"}

    two.process.kill()
    three.process.send_signal(signal.SIGSTOP)
    until(lambda: one.share == 64, SESSION_S + BUSY)
    assert web.asked_by(_added(place, web, "/second"), PATIENCE) == {"one"}

    three.process.send_signal(signal.SIGCONT)  # it learns that it has been given up, and joins anew
    until(lambda: _share(one, three), PATIENCE)
    assert web.asked_by(_added(place, web, "/third"), PATIENCE) == {"one", "three"}

    one.process.terminate()
    assert one.process.wait(30) == 0
    assert _members(place.cluster) == 1, "one that is stopped leaves: nobody waits for its session"
    until(lambda: three.share == 64, PATIENCE)


def _share(*producers: Producer) -> bool:
    """Whether each has some hosts, and all together have all."""
    shares = [producer.share for producer in producers]
    return min(shares) > 0 and sum(shares) == 64


def _added(place: Place, web: Web, path: str) -> str:
    """A feed of this path at every host, to be polled from now on."""
    publish = KafkaPublish(place.cluster)
    publish(web.feeds(path))
    publish.close()
    return path


def _members(cluster: Cluster) -> int:
    admin = KafkaAdminClient(**cluster.arguments())
    try:
        group = cluster.group("producers")
        return len(admin.describe_groups([group])[group]["members"])
    finally:
        admin.close()


def test_a_producer_stops_while_kafka_is_away_and_goes_on_afterwards(
    kafka_server: Kafka, tmp_path: Path, web: Web, producers: list[Producer]
) -> None:
    place = Place(apart(kafka_server.bootstrap, "http://127.0.0.1:9"), tmp_path)
    one = Producer("one", place)
    producers.append(one)
    until(lambda: "group answers" in one.log, PATIENCE)
    kafka_server.kill()
    until(lambda: "no host is polled" in one.log, SESSION_S + BUSY)
    kafka_server.ensure_running()
    assert web.asked_by(_added(place, web, "/after"), PATIENCE) == {"one"}


def test_a_source_of_ones_own_runs_into_kafka(kafka_bootstrap: str, tmp_path: Path) -> None:
    place = Place(apart(kafka_bootstrap, "http://127.0.0.1:9"), tmp_path)  # the store is not asked for anything
    (tmp_path / "folder").mkdir()
    rows = [f'{{"id": "{number}", "text": "Number {number} came down in Ghent."}}\n' for number in range(3)]
    (tmp_path / "folder" / "new.jsonl").write_text("".join(rows))
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "support" / "folder_source.py"), str(tmp_path / "folder"), "produce"],
        env={**environment(place.settings), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
    )
    try:
        until(lambda: (tmp_path / "folder" / "new.done").exists(), PATIENCE)
        process.terminate()
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
    articles = [Article.model_validate_json(row.value or b"") for row in read(place.cluster, ARTICLES)]
    assert sorted(article.guid or "" for article in articles) == ["0", "1", "2"]
    assert ledger.account(place.cluster, topology().way).fetched == 3


def test_state_is_read_back_at_once_by_others(fleet: Fleet) -> None:
    publish = KafkaPublish(fleet.place.cluster)
    mine, theirs = KafkaState(fleet.place.cluster), KafkaState(fleet.place.cluster)
    try:
        assert theirs.get(FEEDSTATE, "https://a.example/feed", FeedState) is None
        publish([Output(FEEDSTATE, FeedState(url="https://a.example/feed", etag=etag)) for etag in ("1", "2")])
        for state in (mine, theirs):
            state.catch_up(FEEDSTATE)
            found = state.get(FEEDSTATE, "https://a.example/feed", FeedState)
            assert found is not None
            assert found.etag == "2"
        again = mine.mapping(FEEDSTATE, FeedState)
        assert mine.mapping(FEEDSTATE, FeedState) is again, "the same object as long as nothing changed"
    finally:
        publish.close()
        mine.close()
        theirs.close()


def test_several_that_start_at_once_begin_with_the_seeds_and_whoever_removes_all_is_left_alone(fleet: Fleet) -> None:
    together = threading.Barrier(3, timeout=60)

    def start(_: int) -> Begun:
        publish, state = KafkaPublish(fleet.place.cluster), KafkaState(fleet.place.cluster)
        try:
            together.wait()
            return begin(publish, state, utc_now())
        finally:
            publish.close()
            state.close()

    with ThreadPoolExecutor(3) as producers:
        begun = list(producers.map(start, range(3)))
    state, publish = KafkaState(fleet.place.cluster), KafkaPublish(fleet.place.cluster)
    try:
        feeds, alerts = list(state.items(FEEDS, Feed)), list(state.items(SUBSCRIPTIONS, Subscription))
        assert Begun(len(feeds), len(alerts)) in begun
        publish([Output(FEEDS, feed.model_copy(update={"deleted": True})) for feed in feeds])
        publish([Output(SUBSCRIPTIONS, alert.model_copy(update={"deleted": True})) for alert in alerts])
        with ThreadPoolExecutor(3) as producers:
            assert set(producers.map(start, range(3))) == {Begun(0, 0)}
        state.catch_up(FEEDS, SUBSCRIPTIONS)
        assert all(feed.deleted for feed in state.items(FEEDS, Feed))
        assert all(alert.deleted for alert in state.items(SUBSCRIPTIONS, Subscription))
    finally:
        publish.close()
        state.close()
