"""A fleet on the real servers, with topics and indexes that no other test uses, and a channel to tell people by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fleet.fleet import Fleet
from fleet.place import Place, apart
from fleet.webhook import Webhook
from loopback import site
from servers.proxy import Proxy


@pytest.fixture
def place(kafka_bootstrap: str, elasticsearch_url: str, tmp_path: Path) -> Place:
    """Where the fleet works."""
    return Place(apart(kafka_bootstrap, elasticsearch_url), tmp_path)


@pytest.fixture
def fleet(place: Place) -> Iterator[Fleet]:
    """An empty fleet; whatever is started in it is killed after the test."""
    made = Fleet(place)
    yield made
    made.end()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """A channel that takes every message."""
    with site() as running:
        yield Webhook(running)


@pytest.fixture
def proxy(elasticsearch_url: str, fleet: Fleet) -> Iterator[Proxy]:
    """Between the fleet's workers and Elasticsearch."""
    made = Proxy(elasticsearch_url)
    fleet.place = fleet.place.at(elasticsearch=made.url)
    yield made
    fleet.end()
    made.close()
