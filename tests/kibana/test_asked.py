"""What Kibana's objects ask, a real Elasticsearch can answer, and one filter serves articles and quotes."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from kibana_objects import (
    ASKING,
    DASHBOARDS,
    VIEWS,
    aggregations,
    alias,
    columns,
    fields,
    layers,
    leaves,
    name,
    query,
)
from wire_articles import NOON, entity, wire_article

from stores.elastic.mapping import mapping
from stores.elastic.months import body
from stores.elastic.store import ElasticStore

NUMBERS = {"integer", "long", "byte", "float", "double"}
# What an operation of Lens can read.
READS = {
    "terms": {"keyword"},
    "unique_count": {"keyword"},
    "date_histogram": {"date"},
    "sum": NUMBERS,
    "max": {*NUMBERS, "date"},
    "last_value": {"keyword", "text", "date", *NUMBERS},
}
SHARED = ("people", "organisations", "places", "products", "speakers", "source", "language", "story_id")


def _fields(one: dict[str, Any]) -> Iterator[tuple[str, set[str] | None]]:
    """Each field that an object names, and of what types it may be; None: of any."""
    attributes = one["attributes"]
    yield from ((field, None) for field in attributes.get("columns", ()))
    yield from ((field, {"date"}) for field, _ in attributes.get("sort", ()))
    for column in columns(one).values():
        if column["sourceField"] != "___records___":
            yield column["sourceField"], READS[column["operationType"]]
        if "sortField" in column["params"]:
            yield column["params"]["sortField"], {"date"}
    for layer in layers(one):
        found = layer["sourceDescriptor"]
        if "geoField" in found:
            yield found["geoField"], {"geo_point"}
            yield from ((field, None) for field in found.get("tooltipProperties", ()))
        if "sortField" in found:
            yield found["sortField"], {"date"}


@pytest.mark.parametrize("one", ASKING, ids=name)
def test_every_field_is_mapped_and_of_a_fitting_type(one: dict[str, Any]) -> None:
    known = fields(alias(one))
    for field, types in _fields(one):
        assert field in known
        assert types is None or known[field] in types, field


@pytest.mark.parametrize("one", [one for one in ASKING if one["type"] == "lens"], ids=name)
def test_a_columns_type_is_its_fields(one: dict[str, Any]) -> None:
    """Lens formats what it shows by the type that a column says."""
    shown = {"keyword": "string", "text": "string", "date": "date"}
    known = fields(alias(one))
    for id, column in columns(one).items():
        type = shown.get(known.get(column["sourceField"], ""), "number")
        assert column["dataType"] == ("number" if column["operationType"] == "unique_count" else type), id


@pytest.mark.parametrize("one", VIEWS, ids=name)
def test_a_data_view_names_fields_that_are_there(one: dict[str, Any]) -> None:
    attributes = one["attributes"]
    known = fields(attributes["title"])
    assert known[attributes["timeFieldName"]] == "date"
    assert set(json.loads(attributes["fieldAttrs"])) <= set(known)
    assert set(json.loads(attributes["fieldFormatMap"])) <= set(known)
    for pattern in json.loads(attributes["sourceFilters"]):
        assert any(field.startswith(pattern["value"].rstrip("*")) for field in known), pattern


def test_a_control_is_on_a_field_that_articles_and_quotes_have() -> None:
    for dashboard in DASHBOARDS:
        for control in json.loads(dashboard["attributes"]["controlGroupInput"]["panelsJSON"]).values():
            field = control["explicitInput"]["fieldName"]
            assert fields("articles")[field] == fields("quotes")[field] == "keyword"


ALERT: dict[str, Any] = {
    "id": "1", "subscription": "t", "subscription_name": "Tomahawk", "query": "tomahawk", "status": "delivered",
    "matched_at": NOON.isoformat(), "article_id": "a", "story_id": "a", "title": "Kyiv asks", "why": "Send Tomahawk",
    "url": "https://example.org/a", "source": "example.org", "speakers": "Volodymyr Zelenskyy",
}  # fmt: skip
OPERATIONS: list[dict[str, Any]] = [
    {"kind": "outcomes", "stage": "index", "outcome": "done", "records": 7},
    {"kind": "outcomes", "stage": "match", "outcome": "dead", "reason": "refused", "records": 1},
    {"kind": "lag", "stage": "enrich", "waiting": 12},
    {"kind": "feed", "feed": "https://example.org/rss", "title": "Example", "state": "silent", "problem": "silent",
     "last_new": NOON.isoformat(), "fails": 0, "error": "none"},
    {"kind": "letter", "stage": "match", "reason": "refused", "error": "e", "article_id": "a", "url": "https://e.org"},
]  # fmt: skip


@pytest.fixture(scope="module")
def asked(elasticsearch_url: str) -> Iterator[tuple[Elasticsearch, str]]:
    """Indexes that hold one article with something in every field that is asked for, and what became of it."""
    text = "Volodymyr Zelenskyy of Ukraine asked NATO in Kyiv: “Send Tomahawk cruise missiles.” Bob Ray said: “No.”"
    kyiv = entity(text, "place", "Kyiv").model_copy(update={"latitude": 50.45, "longitude": 30.52})
    article = wire_article(
        "a",
        text,
        people=["Volodymyr Zelenskyy", "Bob Ray"],
        said=[("Send Tomahawk cruise missiles.", "Volodymyr Zelenskyy"), ("No.", "Bob Ray")],
        title="Kyiv asks",
        source="example.org",
        language="en",
        first_seen=NOON,
    )
    named = (*article.entities, kyiv, entity(text, "organisation", "NATO"), entity(text, "weapon", "Tomahawk"))
    prefix = f"kibana-{uuid4().hex[:8]}-"
    with Elasticsearch(elasticsearch_url) as client:
        store = ElasticStore(client, prefix=prefix, refresh=True)
        store.write([article.model_copy(update={"entities": named})])
        settings = body("articles", 0)["settings"]
        for index, documents in {"alerts": [ALERT], "operations": OPERATIONS}.items():
            # under the alias's own name: no index of the store is called so
            client.indices.create(
                index=prefix + index, mappings=mapping(index), settings={"analysis": settings["analysis"]}
            )
            for document in documents:
                client.index(index=prefix + index, document={"at": NOON.isoformat(), **document}, refresh=True)
        yield client, prefix
        for index in list(client.indices.get(index=f"{prefix}*", features="aliases")):
            client.indices.delete(index=index)
        for template in client.indices.get_index_template(name=f"{prefix}*")["index_templates"]:
            client.indices.delete_index_template(name=template["name"])


@pytest.mark.servers
@pytest.mark.parametrize("one", ASKING, ids=name)
def test_elasticsearch_answers_every_object(one: dict[str, Any], asked: tuple[Elasticsearch, str]) -> None:
    client, prefix = asked
    sort = [{field: order} for field, order in one["attributes"].get("sort", ())]
    aggs = aggregations(one)
    answer = client.search(index=prefix + alias(one), query=query(one), sort=sort or None, aggs=aggs or None)
    assert answer["hits"]["total"]["value"] > 0
    if "grid" in aggs:
        assert answer["aggregations"]["grid"]["buckets"]
        return
    found = columns(one)
    buckets = [id for id, column in found.items() if column["isBucketed"]]
    for leaf in leaves(answer["aggregations"], buckets) if buckets else ():
        for id in set(found) - set(buckets):
            assert _value(leaf, id, found[id]), id


def _value(leaf: dict[str, Any], id: str, column: dict[str, Any]) -> Any:
    """What a column shows in a row."""
    match column["operationType"]:
        case "count":
            return leaf["doc_count"]
        case "last_value":
            return leaf[id]["hits"]["hits"][0]["fields"][column["sourceField"]]
        case _:
            return leaf[id]["value"] is not None


@pytest.mark.servers
def test_one_filter_serves_articles_and_quotes(asked: tuple[Elasticsearch, str]) -> None:
    client, prefix = asked
    for field in SHARED:
        top = client.search(index=f"{prefix}articles", size=0, aggs={"top": {"terms": {"field": field}}})
        values = [bucket["key"] for bucket in top["aggregations"]["top"]["buckets"]]
        assert values, field
        for value in values:
            for kind in ("articles", "quotes"):
                assert client.count(index=prefix + kind, query={"match_phrase": {field: value}})["count"], (field, kind)


@pytest.mark.servers
def test_a_speaker_selects_his_quotes_his_articles_and_his_alerts(asked: tuple[Elasticsearch, str]) -> None:
    client, prefix = asked
    one = {"match_phrase": {"speakers": "Volodymyr Zelenskyy"}}
    found = client.search(index=f"{prefix}quotes", query=one)["hits"]["hits"]
    assert [hit["_source"]["text"] for hit in found] == ["Send Tomahawk cruise missiles."]
    assert client.count(index=f"{prefix}articles", query=one)["count"] == 1
    assert client.count(index=f"{prefix}alerts", query=one)["count"] == 1


@pytest.mark.servers
def test_the_search_bar_finds_a_person_in_both(asked: tuple[Elasticsearch, str]) -> None:
    client, prefix = asked
    for typed in ("person:zelensky*", "weapon:tomahawk AND org:nato", "place:kyiv"):
        for kind in ("articles", "quotes"):
            assert client.count(index=prefix + kind, query={"query_string": {"query": typed}})["count"], (typed, kind)
