"""The stores that the contract is asked of: SQLite always, Elasticsearch where a real one runs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from wire_articles import NOON

from stores.elastic.names import KINDS
from stores.elastic.store import ElasticStore
from stores.query import parse
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.store import Store


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """An empty store on SQLite."""
    database = Database(tmp_path / "store.db")
    yield EmbeddedStore(database)
    database.close()


@pytest.fixture
def elastic(elasticsearch_url: str) -> Iterator[ElasticStore]:
    """An empty store on a real Elasticsearch: indexes under a prefix of its own, dropped after."""
    prefix = f"test-{uuid4().hex[:8]}-"
    with Elasticsearch(elasticsearch_url) as client:
        store = ElasticStore(client, prefix=prefix, refresh=True)
        yield store
        for kind in KINDS:
            for index in store.months.indexes(kind):
                client.indices.delete(index=index)
            client.options(ignore_status=404).indices.delete_index_template(name=f"{prefix}{kind}")


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.servers)])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store, empty."""
    found: Store = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def found(store: Store) -> Callable[[str], list[str]]:
    """The ids that a query finds, newest first."""

    def ids(query: str) -> list[str]:
        return [article.id for article in store.search(parse(query, NOON), limit=100).articles]

    return ids
