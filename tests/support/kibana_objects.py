"""Kibana's objects as tests look at them: read from the file that is delivered, and asked as Kibana would ask."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stores.elastic.mapping import mapping

Json = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "kibana"
OBJECTS: list[Json] = [
    json.loads(line) for line in (FOLDER / "newsroom.ndjson").read_text(encoding="utf-8").splitlines()
]
BY_ID = {(one["type"], one["id"]): one for one in OBJECTS}
DASHBOARDS = [one for one in OBJECTS if one["type"] == "dashboard"]
VIEWS = [one for one in OBJECTS if one["type"] == "index-pattern"]
ASKING = [one for one in OBJECTS if one["type"] in ("search", "lens", "map")]


def name(one: Json) -> str:
    """What a test calls it."""
    return f"{one['type']}-{one['id'].removeprefix('wirewatch-')}"


def alias(one: Json) -> str:
    """The alias behind the data view that an object asks."""
    view = next(reference for reference in one["references"] if reference["type"] == "index-pattern")
    return str(BY_ID[view["type"], view["id"]]["attributes"]["title"])


def fields(index: str) -> dict[str, str]:
    """The type of every field of an index, those within others under their whole names; an alias has its target's."""
    found: dict[str, str] = {}
    properties = mapping(index)["properties"]
    for field, known in properties.items():
        known = properties[known["path"]] if known["type"] == "alias" else known
        found[field] = known["type"]
        found |= {f"{field}.{part}": sub["type"] for part, sub in known.get("fields", {}).items()}
    return found


def source(one: Json) -> Json:
    """What a search or dashboard asks."""
    loaded: Json = json.loads(one["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    return loaded


def layers(one: Json) -> list[Json]:
    """The layers of a map."""
    loaded: list[Json] = json.loads(one["attributes"].get("layerListJSON", "[]"))
    return loaded


def columns(one: Json) -> dict[str, Json]:
    """A chart's columns, in order."""
    if one["type"] != "lens":
        return {}
    (layer,) = one["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    return {id: layer["columns"][id] for id in layer["columnOrder"]}


def query(one: Json) -> Json:
    """An object's query, as Kibana sends it."""
    if one["type"] == "map":
        return {"match_all": {}}
    found = one["attributes"]["state"]["query"] if one["type"] == "lens" else source(one)["query"]
    assert found["language"] == "lucene"
    if not found["query"]:
        return {"match_all": {}}
    return {"query_string": {"query": found["query"], "analyze_wildcard": True}}


def aggregations(one: Json) -> Json:
    """An object's aggregations, as Kibana asks them: each bucket in the one before, the numbers in each of them."""
    asked = columns(one)
    numbers = {id: _number(column) for id, column in asked.items() if not column["isBucketed"]}
    numbers = {id: number for id, number in numbers.items() if number}
    inner: Json = {}
    for id, column in reversed([(id, column) for id, column in asked.items() if column["isBucketed"]]):
        inner = {id: {**_bucket(column, asked), "aggs": {**numbers, **inner}}}
    for layer in layers(one):
        if layer["sourceDescriptor"]["type"] == "ES_GEO_GRID":
            inner["grid"] = {"geotile_grid": {"field": layer["sourceDescriptor"]["geoField"], "precision": 6}}
    return inner


def _bucket(column: Json, asked: dict[str, Json]) -> Json:
    field, params = column["sourceField"], column["params"]
    if column["operationType"] == "date_histogram":
        return {"date_histogram": {"field": field, "fixed_interval": "3h", "min_doc_count": 1}}
    by = params["orderBy"]["columnId"]
    by = "_count" if asked[by]["operationType"] == "count" else by
    return {"terms": {"field": field, "size": params["size"], "order": {by: params["orderDirection"]}}}


def _number(column: Json) -> Json | None:
    field = column["sourceField"]
    match column["operationType"]:
        case "count":
            return None
        case "unique_count":
            return {"cardinality": {"field": field}}
        case "last_value":
            sort = [{column["params"]["sortField"]: "desc"}]
            return {"top_hits": {"size": 1, "sort": sort, "fields": [field], "_source": False}}
        case operation:
            return {operation: {"field": field}}


def leaves(answer: Json, names: list[str]) -> Iterator[Json]:
    """The innermost buckets of an answer's aggregations."""
    for bucket in answer[names[0]]["buckets"]:
        yield from leaves(bucket, names[1:]) if names[1:] else [bucket]
