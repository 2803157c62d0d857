"""What an earlier generation of the mapping holds is built anew for this one; until then nothing is written to it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from wire_articles import wire_article

from schemas.outcome import Done, Hold
from stores.elastic.mapping import GENERATION
from stores.elastic.paging import ORDERS
from stores.elastic.store import ElasticStore
from stores.elastic.upgrade import upgrade

pytestmark = pytest.mark.servers

# As generation 1 wrote them: the bodies of its indexes, one article, and its quotes by a named speaker and by "He".
FIRST = json.loads((Path(__file__).parent / "generation_1.json").read_text(encoding="utf-8"))
MONTH = "2026.03"


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def _create(store: ElasticStore, client: Elasticsearch, number: int, *, used: bool, documents: bool) -> None:
    """The month's indexes of generation 1, under this number; `used`: the aliases lead to them."""
    prefix = store.months.names.prefix
    for kind, found in FIRST.items():
        month = f"{prefix}{kind}-{MONTH}"
        aliases: dict[str, Any] = {month: {}, f"{prefix}{kind}": {}} if used else {}
        client.indices.create(index=f"{month}-{number}", **found["body"], aliases=aliases)
        for one in found["documents"] if documents else ():
            client.index(
                index=f"{month}-{number}",
                id=one["id"],
                document=one["source"],
                version=one["version"],
                version_type="external",
                refresh=True,
            )


@pytest.fixture
def old(elastic: ElasticStore, client: Elasticsearch) -> ElasticStore:
    """A store whose only month is of generation 1."""
    _create(elastic, client, 1, used=True, documents=True)
    return elastic


def _quotes(store: ElasticStore, client: Elasticsearch, filter: dict[str, Any]) -> list[str]:
    alias = store.months.names.alias("quotes")
    client.indices.refresh(index=alias)
    found = client.search(index=alias, query={"term": filter}, sort=["number"])
    return [hit["_source"]["text"] for hit in found["hits"]["hits"]]


def test_an_older_generation_is_held_not_refused_until_it_is_built_anew(old: ElasticStore) -> None:
    article = wire_article("b", "“Later,” said Ann.", said=[("Later,", "Ann")])
    with pytest.raises(Hold, match=f"articles-{MONTH} has an older wirewatch's mapping: run `wirewatch index upgrade`"):
        old.write([article])
    assert old.get("a") is not None
    upgrade(old.months)
    assert old.write([article]) == [Done()]


def test_quotes_get_what_their_article_names(old: ElasticStore, client: Elasticsearch) -> None:
    before = old.get("a")
    (rebuilt,) = upgrade(old.months)
    assert rebuilt.articles == 1
    assert old.get("a") == before
    both = ["Send Tomahawk cruise missiles,", "time is short"]
    named = {"organisations": "NATO", "places": "Kyiv", "products": "Tomahawk", "people": "Zelensky"}
    for field, value in named.items():
        assert _quotes(old, client, {field: value}) == both, field
    assert _quotes(old, client, {"speakers": "Volodymyr Zelenskyy"}) == both[:1]
    for kind in ("articles", "quotes"):
        for index in old.months.indexes(kind):
            body: Any = client.indices.get(index=index)[index]
            assert body["mappings"]["_meta"]["generation"] == GENERATION
            assert body["settings"]["index"]["codec"] == {"articles": "default", "quotes": "best_compression"}[kind]
            assert body["settings"]["index"]["sort"]["field"] == list(ORDERS[kind])


def test_a_title_is_counted(old: ElasticStore, client: Elasticsearch) -> None:
    upgrade(old.months)
    for kind in ("articles", "quotes"):
        alias = old.months.names.alias(kind)
        found = client.search(index=alias, aggs={"titles": {"terms": {"field": "title.keyword"}}})
        assert [one["key"] for one in found["aggregations"]["titles"]["buckets"]] == ["Kyiv asks for missiles"]


def test_what_an_interrupted_run_of_the_earlier_version_left_is_taken_in(
    elastic: ElasticStore, client: Elasticsearch
) -> None:
    _create(elastic, client, 1, used=False, documents=True)
    _create(elastic, client, 2, used=True, documents=False)
    upgrade(elastic.months)
    client.indices.refresh(index=elastic.months.names.pattern("*"))
    assert elastic.count() == 1
    assert _quotes(elastic, client, {"places": "Kyiv"}) == ["Send Tomahawk cruise missiles,", "time is short"]
    assert [len(elastic.months.indexes(kind)) for kind in FIRST] == [1, 1]


def test_a_template_of_an_older_generation_is_put_anew_before_a_month_is_made(
    elastic: ElasticStore, client: Elasticsearch
) -> None:
    """Somebody restored it, or only the indexes were dropped: no article dies of it."""
    for kind, found in FIRST.items():
        alias = elastic.months.names.alias(kind)
        client.indices.put_index_template(
            name=alias, index_patterns=[elastic.months.names.pattern(kind)], priority=200, template=found["body"]
        )
    article = wire_article("b", "“Later,” said Ann.", said=[("Later,", "Ann")])
    assert elastic.write([article]) == [Done()]
    assert elastic.get("b") == article


def test_an_index_that_lacks_a_field_holds(elastic: ElasticStore, client: Elasticsearch) -> None:
    """Its mapping says it is of today and is not: that is no article's fault."""
    article = wire_article("b", "“Later,” said Ann.", said=[("Later,", "Ann")])
    month = elastic.months.names.month("articles", article.first_seen)
    mapping = {"dynamic": "strict", "properties": {"id": {"type": "keyword"}}, "_meta": {"generation": GENERATION}}
    client.indices.create(
        index=f"{month}-1", mappings=mapping, aliases={month: {}, elastic.months.names.alias("articles"): {}}
    )
    with pytest.raises(Hold, match="strict_dynamic_mapping_exception"):
        elastic.write([article])
