"""Kibana's objects hold together, name fields that exist, and ask what a real Elasticsearch can answer."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from wire_articles import NOON, entity, wire_article

from schemas.index import mapping
from stores.elastic.store import ElasticStore

KIBANA = Path(__file__).parents[2] / "kibana"
OBJECTS = [json.loads(line) for line in (KIBANA / "newsroom.ndjson").read_text(encoding="utf-8").splitlines()]
BY_ID = {(one["type"], one["id"]): one for one in OBJECTS}
ASKING = [one for one in OBJECTS if one["type"] in ("search", "visualization", "map")]


def _name(one: dict[str, Any]) -> str:
    return str(one["id"])


def _index(one: dict[str, Any]) -> str:
    """The alias behind the data view that an object asks."""
    view = next(reference for reference in one["references"] if reference["type"] == "index-pattern")
    return str(BY_ID[view["type"], view["id"]]["attributes"]["title"])


def _source(one: dict[str, Any]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(one["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    return loaded


def _aggregations(one: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for agg in json.loads(one["attributes"].get("visState", '{"aggs": []}'))["aggs"]:
        if agg["type"] != "count":
            yield agg["type"], agg["params"]


def _layers(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in json.loads(one["attributes"].get("layerListJSON", "[]")):
        if "geoField" in layer["sourceDescriptor"]:
            yield layer["sourceDescriptor"]


def _fields(one: dict[str, Any]) -> Iterator[str]:
    yield from one["attributes"].get("columns", ())
    yield from (field for field, _ in one["attributes"].get("sort", ()))
    yield from (params["field"] for _, params in _aggregations(one))
    yield from (layer["geoField"] for layer in _layers(one))


def test_the_file_is_what_build_writes() -> None:
    written = subprocess.run([sys.executable, KIBANA / "build.py"], capture_output=True, text=True, check=True).stdout
    assert (KIBANA / "newsroom.ndjson").read_text(encoding="utf-8") == written


def test_every_reference_leads_to_an_object() -> None:
    for one in OBJECTS:
        for reference in one["references"]:
            assert (reference["type"], reference["id"]) in BY_ID, (one["id"], reference)


def test_every_name_of_a_reference_is_declared() -> None:
    for one in OBJECTS:
        declared = {reference["name"].split(":")[-1] for reference in one["references"]}
        text = json.dumps(one["attributes"]).replace("\\", "")
        named = {part.split('"')[2] for part in text.split("RefName")[1:]}
        assert named == declared, one["id"]


def test_panels_neither_overlap_nor_leave_the_grid() -> None:
    panels = json.loads(BY_ID["dashboard", "wirewatch-newsroom"]["attributes"]["panelsJSON"])
    cells: list[tuple[int, int]] = []
    for panel in panels:
        place = panel["gridData"]
        assert place["x"] + place["w"] <= 48
        cells += [
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        ]
    assert len(cells) == len(set(cells))


def test_a_tomahawk_search_is_there_and_the_dashboard_shows_what_it_should() -> None:
    assert _source(BY_ID["search", "wirewatch-tomahawk"])["query"] == {"query": "tomahawk", "language": "lucene"}
    shown = {
        reference["id"].removeprefix("wirewatch-")
        for reference in BY_ID["dashboard", "wirewatch-newsroom"]["references"]
    }
    assert {"articles-over-time", "people", "places", "speakers", "latest-quotes", "sources"} <= shown


@pytest.mark.parametrize("one", ASKING, ids=_name)
def test_every_field_is_mapped(one: dict[str, Any]) -> None:
    mapped = mapping(_index(one))["properties"]
    assert set(_fields(one)) <= set(mapped)


@pytest.fixture(scope="module")
def asked(elasticsearch_url: str) -> Iterator[tuple[Elasticsearch, str]]:
    """A store that holds one article with something in every field that is asked for."""
    text = "Volodymyr Zelenskyy of Ukraine asked NATO in Kyiv: “Send Tomahawk cruise missiles.”"
    kyiv = entity(text, "place", "Kyiv").model_copy(update={"latitude": 50.45, "longitude": 30.52})
    article = wire_article(
        "a",
        text,
        people=["Volodymyr Zelenskyy"],
        said=[("Send Tomahawk cruise missiles.", "Volodymyr Zelenskyy")],
        source="example.org",
        first_seen=NOON,
    )
    named = (*article.entities, kyiv, entity(text, "organisation", "NATO"), entity(text, "weapon", "Tomahawk"))
    prefix = f"kibana-{uuid4().hex[:8]}-"
    with Elasticsearch(elasticsearch_url) as client:
        store = ElasticStore(client, prefix=prefix, refresh=True)
        store.write([article.model_copy(update={"entities": named})])
        yield client, prefix
        for kind in ("articles", "quotes"):
            for index in store.months.indexes(kind):
                client.indices.delete(index=index)
            client.indices.delete_index_template(name=f"{prefix}{kind}")


def _aggregation(type: str, params: dict[str, Any]) -> dict[str, Any]:
    """As Kibana asks it."""
    if type == "date_histogram":
        return {"date_histogram": {"field": params["field"], "fixed_interval": "3h", "min_doc_count": 1}}
    return {type: {"field": params["field"], "size": params["size"], "order": {"_count": params["order"]}}}


@pytest.mark.servers
@pytest.mark.parametrize("one", ASKING, ids=_name)
def test_elasticsearch_answers_every_object(one: dict[str, Any], asked: tuple[Elasticsearch, str]) -> None:
    client, prefix = asked
    query = _source(one)["query"]["query"] if one["type"] != "map" else "*"
    aggs = {type: _aggregation(type, params) for type, params in _aggregations(one)}
    for layer in _layers(one):
        aggs["grid"] = {"geotile_grid": {"field": layer["geoField"], "precision": 6}}
    answer = client.search(
        index=prefix + _index(one),
        query={"query_string": {"query": query, "analyze_wildcard": True}},
        sort=[{"first_seen": "desc"}],
        aggs=aggs or None,
    )
    assert answer["hits"]["total"]["value"] == 1
    for name in aggs:
        assert answer["aggregations"][name]["buckets"], name
