"""A secured Elasticsearch as the compose file has it."""

from collections.abc import Iterator

import pytest
from composing import PASSWORDS
from servers.composed_elasticsearch import ComposedElasticsearch

from oneshots.node import Node


@pytest.fixture
def server(composed_elasticsearch: ComposedElasticsearch) -> ComposedElasticsearch:
    """It runs, with the passwords of PASSWORDS and whatever data it has."""
    composed_elasticsearch.ensure_running()
    return composed_elasticsearch


@pytest.fixture
def fresh(composed_elasticsearch: ComposedElasticsearch) -> Iterator[ComposedElasticsearch]:
    """One without data, stopped; whatever the test does to it is gone after it."""
    composed_elasticsearch.stop()
    composed_elasticsearch.wipe()
    yield composed_elasticsearch
    composed_elasticsearch.stop()
    composed_elasticsearch.wipe()
    composed_elasticsearch.remember(PASSWORDS["ELASTIC_PASSWORD"])


@pytest.fixture
def node(server: ComposedElasticsearch) -> Iterator[Node]:
    """The one-shots' view of it."""
    made = Node(server.url, PASSWORDS["ELASTIC_PASSWORD"])
    yield made
    made.close()
