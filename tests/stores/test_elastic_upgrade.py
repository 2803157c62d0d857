"""Months are built anew for a new mapping without a search missing anything, and an interrupted run is finished."""

from datetime import timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from stores.elastic import mapping as schema
from stores.elastic import months as months_module
from stores.elastic import upgrade as upgrading
from stores.elastic import writing
from stores.elastic.documents import to_document
from stores.elastic.store import ElasticStore
from stores.elastic.writing import Writer
from stores.query import parse
from stores.store import Said

pytestmark = pytest.mark.servers

SAID = "“Send Tomahawks,” said Ann."


@pytest.fixture
def client(elasticsearch_url: str) -> Any:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def _article(id: str, **fields: Any) -> WireArticle:
    return wire_article(id, SAID, said=[("Send Tomahawks,", "Ann")], **fields)


def _newer_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mapping of the next generation, with a field more."""

    def mapping(name: str) -> dict[str, Any]:
        known = schema.mapping(name)
        properties = {**known["properties"], "added": {"type": "keyword"}}
        return {**known, "properties": properties, "_meta": {"generation": schema.GENERATION + 1}}

    monkeypatch.setattr(months_module, "mapping", mapping)
    monkeypatch.setattr(upgrading, "GENERATION", schema.GENERATION + 1)


def test_an_index_of_this_generation_is_left_alone(elastic: ElasticStore, client: Elasticsearch) -> None:
    elastic.write([_article("a")])
    before = elastic.months.indexes("articles")
    assert upgrading.upgrade(elastic.months) == []
    assert elastic.months.indexes("articles") == before


def test_every_month_is_built_anew_with_its_quotes(
    elastic: ElasticStore, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    elastic.write([_article("a"), _article("b", first_seen=NOON - timedelta(days=40)), _article("c")])
    _newer_schema(monkeypatch)
    told: list[str] = []
    rebuilt = upgrading.upgrade(elastic.months, tell=told.append)
    assert [one.articles for one in rebuilt] == [1, 2]
    assert len(told) == 2
    assert all(index.endswith("-2") for kind in ("articles", "quotes") for index in elastic.months.indexes(kind))
    for index in elastic.months.indexes("articles"):
        assert "added" in client.indices.get_mapping(index=index)[index]["mappings"]["properties"]
    assert elastic.count(parse("tomahawk", NOON)) == 3
    assert len(elastic.quotes(Said(speaker="ann")).quotes) == 3
    assert upgrading.upgrade(elastic.months) == []


def test_what_is_written_during_the_copy_is_there_after(
    elastic: ElasticStore, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    elastic.write([_article("a"), _article("b")])
    copied = upgrading._copy
    later: dict[str, Any] = {"fetched_at": NOON + timedelta(seconds=1), "revision": "2"}

    def copy_while_others_write(client: Elasticsearch, writer: Writer, index: str, query: dict[str, Any]) -> int:
        count = copied(client, writer, index, query)
        if query == {"match_all": {}}:
            elastic.write([_article("c"), wire_article("a", "Nothing was said.", **later)])
        return count

    monkeypatch.setattr(upgrading, "_copy", copy_while_others_write)
    upgrading.upgrade(elastic.months, all_months=True)
    client.indices.refresh(index=elastic.months.names.pattern("articles"))
    client.indices.refresh(index=elastic.months.names.pattern("quotes"))
    assert elastic.get("a") == wire_article("a", "Nothing was said.", **later)
    assert sorted(hit.article.id for hit in elastic.quotes(Said(speaker="ann")).quotes) == ["b", "c"]


@pytest.mark.parametrize("step", ["_copy", "_switch", "_catch_up"])
def test_an_interrupted_run_is_finished_by_the_next(
    elastic: ElasticStore, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    elastic.write([_article("a"), _article("b")])

    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(upgrading, step, fail)
        with pytest.raises(KeyboardInterrupt):
            upgrading.upgrade(elastic.months, all_months=True)
    assert elastic.count() == 2
    upgrading.upgrade(elastic.months, all_months=True)
    client.indices.refresh(index=elastic.months.names.pattern("*"))
    assert elastic.count() == 2
    assert len(elastic.quotes(Said()).quotes) == 2
    assert len(elastic.months.indexes("articles")) == len(elastic.months.indexes("quotes")) == 1


def test_an_article_that_the_new_mapping_refuses_stops_it_and_stays(
    elastic: ElasticStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    elastic.write([_article("a"), _article("b")])
    monkeypatch.setattr(writing, "to_document", lambda *of: {**to_document(*of), "n_quotes": "many"})
    with pytest.raises(upgrading.UpgradeError, match="n_quotes"):
        upgrading.upgrade(elastic.months, all_months=True)
    assert elastic.count() == 2
