"""A fresh stack shows news: what docker-compose.yml starts, with its own environment, on the real servers, and nobody
types a command. A site on loopback stands in for the hosts of the seeds' feeds.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from composing import ROOT
from fleet.stack import Stack
from fleet.waiting import until
from loopback import Site, site
from moved_seeds import move
from servers import compose_file
from servers.composed import ComposedKafka
from servers.elasticsearch import Elasticsearch

pytestmark = pytest.mark.servers

# The first names Tomahawks in somebody's words, the next two are copies of one story, the last is of no concern.
ARTICLES = ("missile-defence-talks", "bridge-wire-north", "bridge-wire-south", "election-count")
# From the first poll, 25 s after the start, through the models to an index: a minute on two idle cores.
PATIENCE = 240


@pytest.fixture
def publishers() -> Iterator[Site]:
    """The seeds' hosts."""
    with site() as running:
        yield running


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The passwords of this installation."""
    return compose_file.fresh_environment(tmp_path)


@pytest.fixture
def node(servers_at_hand: None, environment: dict[str, str], server_files: Path) -> Iterator[Elasticsearch]:
    """Elasticsearch, with security on, as the compose file has it."""
    folder = server_files / "fresh-elasticsearch"
    folder.mkdir()
    server = Elasticsearch(folder, password=environment["ELASTIC_PASSWORD"])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def services(environment: dict[str, str]) -> dict[str, Any]:
    """Those of the compose file."""
    return compose_file.services(environment)


@pytest.fixture
def broker(servers_at_hand: None, services: dict[str, Any], tmp_path: Path) -> Iterator[ComposedKafka]:
    """Kafka, as the compose file has it."""
    folder = tmp_path / "kafka"
    folder.mkdir()
    server = ComposedKafka(folder, services["kafka"])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def stack(
    services: dict[str, Any], broker: ComposedKafka, node: Elasticsearch, publishers: Site, tmp_path: Path
) -> Iterator[Stack]:
    """The stack, with nothing started yet."""
    folder = tmp_path / "stack"
    folder.mkdir()
    move(folder, publishers, ARTICLES)
    places = {"kafka:9092": broker.bootstrap, "http://elasticsearch:9200": node.url}
    # All feeds are on one host, and that is on loopback: both are not so in the world.
    more = {
        "PYTHONPATH": f"{folder}:{ROOT}",
        "WIREWATCH_ALLOW_HOSTS": "127.0.0.1",
        "WIREWATCH_HOST_PAUSE_SECONDS": "0",
    }
    made = Stack(folder, services, places, more)
    yield made
    made.end()


class Newsroom:
    """Who looks at Kibana: sees in Elasticsearch what the role lets them see."""

    def __init__(self, address: str, password: str) -> None:
        self._client = httpx.Client(base_url=address, auth=("newsroom", password))

    def finds(self, alias: str, query: str = "*") -> list[dict[str, Any]]:
        """The documents behind an alias that meet a query. Raises HTTPStatusError where there is no such alias."""
        answer = self._client.get(f"/{alias}/_search", params={"q": query, "size": 100}).raise_for_status()
        return [hit["_source"] for hit in answer.json()["hits"]["hits"]]

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def newsroom(node: Elasticsearch, environment: dict[str, str]) -> Iterator[Newsroom]:
    """Somebody at the desk."""
    somebody = Newsroom(node.url, environment["NEWSROOM_PASSWORD"])
    yield somebody
    somebody.close()


def test_a_fresh_stack_shows_news(stack: Stack, newsroom: Newsroom) -> None:
    stack.setup()
    assert newsroom.finds("articles") == newsroom.finds("quotes") == [], "empty before the first article, and no error"

    def arrived() -> bool:
        stack.tend()
        return (
            len(newsroom.finds("articles")) == len(ARTICLES)
            and bool(newsroom.finds("quotes", "text:tomahawk"))
            and bool(_alerted(newsroom))
        )

    try:
        until(arrived, PATIENCE)
    except TimeoutError:
        pytest.fail(f"the news did not arrive; the workers said:\n{stack.log()}")
    [told] = _alerted(newsroom)
    assert "interceptors" in told
    _lists_show_what_it_began_with(stack)


def _alerted(newsroom: Newsroom) -> list[str]:
    """What became of the alerts of the example "Tomahawk", as it is shown: kept, since nobody is named to be told."""
    shown = [json.dumps(document) for document in newsroom.finds("alerts")]
    return [one for one in shown if '"Tomahawk"' in one and '"kept"' in one]


def _lists_show_what_it_began_with(stack: Stack) -> None:
    def all_polled() -> bool:
        feeds = _listed(stack, "feeds", "list")
        return len(feeds) > len(ARTICLES) and all(feed.get("succeeded_at") for feed in feeds)

    def all_accounted_for() -> bool:
        [account] = _listed(stack, "ledger")
        return bool(account["fetched"] == account["indexed"] == len(ARTICLES))

    until(all_polled, PATIENCE)
    until(all_accounted_for, PATIENCE)
    assert "Tomahawk" in [alert["name"] for alert in _listed(stack, "alert", "list")]


def _listed(stack: Stack, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stack.ask(*words, "--json").splitlines()]
