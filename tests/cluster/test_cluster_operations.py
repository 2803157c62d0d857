"""How the installation does, counted off a real Kafka into a real Elasticsearch; counted again it is the same."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from fleet.place import Place

from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.topics import Layout, create
from schemas.feed import Feed, FeedState
from schemas.ledger import Letter, Origin, OutcomeRow
from schemas.outcome import Output
from schemas.topics import DEAD, FEEDS, FEEDSTATE, OUTCOMES
from stores.elastic.store import ElasticStore
from wirewatch.operations.observer import Observer
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers

MINUTE = timedelta(minutes=1)
HERALD, TIMES = "https://herald.example/rss", "https://times.example/rss"


class Room:
    """An installation that only a test writes to, and who observes it by the test's clock."""

    def __init__(self, place: Place, client: Elasticsearch) -> None:
        create(place.cluster, Layout(), topology().topics)
        self._publish = KafkaPublish(place.cluster)
        self._place = place
        self._client = client
        self.store = ElasticStore(client, prefix=place.settings.index_prefix, refresh=True)
        self.forgotten: Callable[[], set[str]] = set
        self._started: list[Observer] = []
        self.now = datetime.now(UTC) + 2 * MINUTE

    def observing(self) -> Callable[[], None]:
        """Somebody who has just started."""
        store = self.store
        made = Observer(self._place.cluster, topology(), store.observations, lambda: self.forgotten(), store.forget)
        self._started.append(made)
        return lambda: made(self.now)

    def publish(self, *outputs: Output) -> None:
        self._publish(outputs)

    def kept(self, kind: str) -> dict[str, dict[str, Any]]:
        """Documents of a kind, by their ids."""
        alias = self.store.months.names.alias("operations")
        hits = self._client.search(index=alias, query={"term": {"kind": kind}}, size=1000)["hits"]["hits"]
        return {hit["_id"]: hit["_source"] for hit in hits}

    def counts(self) -> Counter[tuple[str, str, str | None]]:
        """Records by stage, outcome and reason: over all minutes, since a test may begin at the end of one."""
        counts: Counter[tuple[str, str, str | None]] = Counter()
        for one in self.kept("outcomes").values():
            counts[one["stage"], one["outcome"], one.get("reason")] += one["records"]
        return counts

    def close(self) -> None:
        self._publish.close()
        for observing in self._started:
            observing.close()


@pytest.fixture
def room(place: Place) -> Iterator[Room]:
    with Elasticsearch(place.settings.elasticsearch) as client:
        made = Room(place, client)
        yield made
        made.close()


def row(id: str, stage: str, outcome: Any = "done", reason: str | None = None) -> Output:
    made = OutcomeRow(id=id, revision="1", stage=stage, outcome=outcome, reason=reason, at=datetime.now(UTC))
    return Output(OUTCOMES, made)


def dead(id: str) -> Output:
    letter = Letter(
        id=id,
        revision="1",
        stage="index",
        reason="unlucky",
        error="it rained",
        origin=Origin(topic="wire", offset=1),
        code_version="1",
        record={"id": id, "title": f"News of {id}"},
        at=datetime.now(UTC),
    )
    return Output(DEAD, letter)


def test_a_minute_counted_twice_gives_the_same_documents(room: Room) -> None:
    room.publish(*(row(f"a{number}", stage) for number in range(20) for stage in ("fetch", "index")))
    room.publish(row("b", "index", "dropped", "superseded"), row("c", "index", "dead", "unlucky"), dead("c"), dead("d"))
    room.publish(
        *(Output(FEEDS, Feed(url=url, title=title)) for url, title in ((HERALD, "Herald"), (TIMES, "Times"))),
        Output(FEEDSTATE, FeedState(url=TIMES, polled_at=room.now, failures=9, error="404", seen={"x": "y"})),
    )
    room.forgotten = lambda: {"d"}
    room.observing()()
    kinds = ("outcomes", "lag", "feed", "letter")
    first = {kind: room.kept(kind) for kind in kinds}
    assert room.counts() == {
        ("fetch", "done", None): 20,
        ("index", "done", None): 20,
        ("index", "dropped", "superseded"): 1,
        ("index", "dead", "unlucky"): 1,
    }
    assert {one["stage"]: one["waiting"] for one in first["lag"].values()} == dict.fromkeys(topology().names, 0)
    (letter,) = first["letter"].values()
    assert (letter["article_id"], letter["title"], letter["reason"]) == ("c", "News of c", "unlucky")
    feeds = {one["feed"]: one for one in first["feed"].values()}
    assert (feeds[HERALD]["state"], feeds[HERALD]["title"]) == ("new", "Herald")
    assert (feeds[TIMES]["state"], feeds[TIMES]["fails"]) == ("failing", 9)
    assert "404" in feeds[TIMES]["problem"]
    room.observing()()
    assert {kind: room.kept(kind) for kind in kinds} == first


def test_what_comes_later_is_counted_once_and_what_is_over_goes(room: Room) -> None:
    room.publish(Output(FEEDS, Feed(url=HERALD)), Output(FEEDS, Feed(url=TIMES)), row("a", "index"))
    observing = room.observing()
    observing()
    observing()
    assert room.counts() == {("index", "done", None): 1}
    room.publish(Output(FEEDS, Feed(url=TIMES, deleted=True)))
    room.now += MINUTE
    observing()
    assert room.counts() == {("index", "done", None): 1}
    assert [one["feed"] for one in room.kept("feed").values()] == [HERALD]
    assert len(room.kept("lag")) == 2 * len(topology().names)


def test_after_a_long_pause_all_minutes_since_are_counted(room: Room) -> None:
    room.publish(row("a", "index"))
    room.observing()()
    room.publish(row("b", "index"))
    room.now += timedelta(hours=5)
    observing = room.observing()
    for _ in range(6):
        observing()
    assert room.counts() == {("index", "done", None): 2}


def test_a_letter_whose_article_is_forgotten_while_it_is_written_goes_out_again(room: Room) -> None:
    answers = iter([set(), {"c"}])
    room.forgotten = lambda: next(answers)
    room.publish(dead("c"), dead("d"))
    room.observing()()
    assert [one["article_id"] for one in room.kept("letter").values()] == ["d"]
