"""The program itself on both runtimes: the same articles in, the same enriched articles, stories and alerts out."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fleet.place import apart, environment
from fleet.waiting import until

from runtime.ports import Control
from schemas.alert import Delivery, Subscription
from schemas.article import Article
from schemas.outcome import Output
from schemas.state import State
from schemas.topics import ARTICLES, DELIVERIES, SUBSCRIPTIONS
from seeds import FOLDER
from stores.store import Store
from wirewatch.compose.cluster_control import ClusterPipeline
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("counted_children")]

# A model is loaded, on a machine that has five workers to start as well.
ENOUGH_SECONDS = 180


def seeds() -> list[Article]:
    """The seed articles; two of them are copies of one story."""
    files = Path(str(FOLDER)).glob("articles/*.txt")
    texts = [(path.stem, *path.read_text(encoding="utf-8").split("\n", 1)) for path in files]
    return [
        Article(id=name, revision="1", title=title, text=text.strip(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
        for name, title, text in sorted(texts)
    ]


def publish(wire: Control) -> None:
    """A subscription, and then the articles."""
    wanted = Subscription(id="s", name="s", query="tomahawk OR missile OR bridge", policy="story")
    wire.publish([Output(SUBSCRIPTIONS, wanted)])
    wire.publish([Output(ARTICLES, article) for article in seeds()])


@dataclass(frozen=True)
class Result:
    """All that came out. Which of two copies came first names their story: partitions keep no order among them."""

    articles: dict[str, dict[str, object]]
    stories: frozenset[frozenset[str]]
    alerts: int


def result(store: Store, state: State) -> Result:
    """The articles as stored, who is with whom in a story, and how many alerts were told."""
    found = [article for seed in seeds() if (article := store.get(seed.id)) is not None]
    stories = {article.story_id for article in found}
    return Result(
        {article.id: article.model_dump(exclude={"story_id"}) for article in found},
        frozenset(frozenset(one.id for one in found if one.story_id == story) for story in stories),
        len(list(state.items(DELIVERIES, Delivery))),
    )


def whole(seen: Result, expected: Result) -> bool:
    """Whether as much has come out as must."""
    return len(seen.articles) >= len(expected.articles) and seen.alerts >= expected.alerts


@pytest.fixture
def settings(kafka_bootstrap: str, elasticsearch_url: str, tmp_path: Path) -> Settings:
    """Both runtimes', with topics and indexes of their own."""
    return apart(kafka_bootstrap, elasticsearch_url).model_copy(update={"db": tmp_path / "local.db"})


@pytest.fixture
def working(settings: Settings, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`wirewatch work all`."""
    with (tmp_path / "work.log").open("wb") as log:
        program = Path(sys.executable).with_name("wirewatch")
        process = subprocess.Popen(
            [program, "work", "all"], env=environment(settings), stdout=log, stderr=log, cwd=tmp_path
        )
    yield process
    process.kill()
    process.wait()


def test_both_runtimes_make_the_same_of_the_same_articles(
    settings: Settings, working: "subprocess.Popen[bytes]"
) -> None:
    with LocalPipeline(settings.model_copy(update={"elasticsearch": ""})) as local:  # on its own file
        publish(local)
        local.start()
        local.drain()
        expected = result(local.store, local.log)
    assert len(expected.articles) == len(seeds())
    assert len(expected.stories) == len(seeds()) - 1
    assert expected.alerts
    with ClusterPipeline(settings) as cluster:
        publish(cluster)
        until(lambda: cluster.ledger().indexed == len(seeds()), within=ENOUGH_SECONDS)
        # What is indexed is found a second later (Elasticsearch's refresh); alerts may be told before or after.
        until(lambda: whole(result(cluster.store, cluster.state), expected), within=ENOUGH_SECONDS)
        assert result(cluster.store, cluster.state) == expected
        assert cluster.ledger().balanced
        assert {row.stage for row in cluster.trace(seeds()[0].id)} >= {"fetch", "enrich", "story", "index", "match"}
    working.send_signal(signal.SIGTERM)
    assert working.wait(20) == 0
