"""A secured Elasticsearch as the compose file has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from composing import PASSWORDS, read
from servers.composed_elasticsearch import ComposedElasticsearch

from oneshots.node import Node


@pytest.fixture(scope="session")
def _composed(server_files: Path, servers_at_hand: None) -> Iterator[ComposedElasticsearch]:
    folder = server_files / "composed"
    folder.mkdir()
    server = ComposedElasticsearch(folder, read(PASSWORDS)["services"]["elasticsearch"])
    yield server
    server.stop()


@pytest.fixture
def server(_composed: ComposedElasticsearch) -> ComposedElasticsearch:
    """It runs, with the passwords of PASSWORDS and whatever data it has."""
    _composed.ensure_running()
    return _composed


@pytest.fixture
def fresh(_composed: ComposedElasticsearch) -> Iterator[ComposedElasticsearch]:
    """One without data, stopped; whatever the test does to it is gone after it."""
    _composed.stop()
    _composed.wipe()
    yield _composed
    _composed.stop()
    _composed.wipe()
    _composed.remember(PASSWORDS["ELASTIC_PASSWORD"])


@pytest.fixture
def node(server: ComposedElasticsearch) -> Iterator[Node]:
    """The one-shots' view of it."""
    made = Node(server.url, PASSWORDS["ELASTIC_PASSWORD"])
    yield made
    made.close()
