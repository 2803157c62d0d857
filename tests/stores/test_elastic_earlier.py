"""What an earlier wirewatch left on Elasticsearch 8.19 is taken over on the Elasticsearch of today: `index upgrade`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from earlier.installations import INDEXED
from elasticsearch import Elasticsearch
from servers import elasticsearch
from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from schemas.outcome import Done
from stores.elastic.mapping import GENERATION
from stores.elastic.names import NEWS
from stores.elastic.store import ElasticStore
from stores.elastic.upgrade import upgrade
from stores.query import parse
from stores.store import Said

pytestmark = pytest.mark.servers

# The month of all its articles.
MONTH = "articles-2026.11"
# The generation of the fixture's mappings.
EARLIER = 1


@pytest.fixture
def client(earlier_elasticsearch: elasticsearch.Elasticsearch) -> Iterator[Elasticsearch]:
    with Elasticsearch(earlier_elasticsearch.url) as client:
        yield client


def _all(store: ElasticStore) -> list[WireArticle]:
    return sorted(store.search(parse("*", NOON), limit=100).articles, key=lambda article: article.id)


def _said(store: ElasticStore) -> list[tuple[str, int, str]]:
    """Every quote, by its article and place."""
    return sorted((hit.article.id, hit.quote.start, hit.text) for hit in store.quotes(Said(), limit=100).quotes)


def _generations(client: Elasticsearch, kind: str) -> set[int]:
    """Of the mappings behind the alias that is searched."""
    found: Any = client.indices.get_mapping(index=kind)
    return {index["mappings"]["_meta"]["generation"] for index in found.values()}


def test_an_index_of_an_earlier_wirewatch_and_server_is_taken_over(client: Elasticsearch) -> None:
    store = ElasticStore(client, refresh=True)
    before, said = _all(store), _said(store)
    assert len(before) == INDEXED
    assert said
    assert all(_generations(client, kind) == {EARLIER} for kind in NEWS)

    rebuilt = upgrade(store.months)

    assert [(one.month, one.articles) for one in rebuilt] == ([(MONTH, INDEXED)] if GENERATION > EARLIER else [])
    assert all(_generations(client, kind) == {GENERATION} for kind in NEWS)
    assert all(len(store.months.indexes(kind)) == 1 for kind in NEWS)
    assert _all(store) == before
    assert _said(store) == said
    assert store.count(parse("person:brandt AND divers", NOON)) == 2
    assert {hit.article.title for hit in store.quotes(Said(speaker="lindqvist")).quotes} == {
        "Dockers walk out at Ellery"
    }
    assert upgrade(store.months) == []
    _goes_on(store, before[0])


def _goes_on(store: ElasticStore, known: WireArticle) -> None:
    """An article comes again, edited; a new one comes, of another month; one is taken out."""
    edited = known.model_copy(update={"title": "Said anew", "fetched_at": known.fetched_at + timedelta(days=1)})
    new = wire_article("new", "“Send Tomahawks,” said Ann.", said=[("Send Tomahawks,", "Ann")])
    assert store.write([edited, new]) == [Done(), Done()]
    assert store.count() == INDEXED + 1
    assert store.get(known.id) == edited
    assert store.forget(known.id)
    assert store.count() == INDEXED
