"""No key that Kibana does not know: a typing error in an object would be refused, or worse, passed over silently.

kibana_keys.json has the names of keys, read off Kibana's own sources of its main line (the one that leads to 9.5): the
schemas of its saved objects (dashboard 8.9.0, search 8.8.0, lens before its own versions, and the control and panel
that a dashboard keeps), the types of Lens's layers, columns and visualizations, and the schemas of a map's layers.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kibana_objects import OBJECTS, columns, layers, name, source

KEYS: dict[str, list[str]] = json.loads((Path(__file__).parent / "kibana_keys.json").read_text(encoding="utf-8"))

# A part of an object, and the list that knows its keys.
Part = tuple[str, dict[str, Any]]


def _parts(one: dict[str, Any]) -> Iterator[Part]:
    yield "object", one
    attributes = one["attributes"]
    yield one["type"], attributes
    if "kibanaSavedObjectMeta" in attributes:
        yield "searchSourceJSON", source(one)
        yield "query", source(one)["query"]
    yield from _OF[one["type"]](attributes, one)


def _data_view(attributes: dict[str, Any], _: dict[str, Any]) -> Iterator[Part]:
    for listed in ("fieldAttrs", "fieldFormatMap"):
        yield from ((f"index-pattern {listed}", part) for part in json.loads(attributes[listed]).values())
    yield from (("index-pattern sourceFilters", part) for part in json.loads(attributes["sourceFilters"]))


def _search(attributes: dict[str, Any], _: dict[str, Any]) -> Iterator[Part]:
    yield "search timeRange", attributes["timeRange"]


def _lens(attributes: dict[str, Any], one: dict[str, Any]) -> Iterator[Part]:
    state = attributes["state"]
    yield "lens state", state
    yield "query", state["query"]
    yield "lens datasourceStates", state["datasourceStates"]
    yield "lens formBased", state["datasourceStates"]["formBased"]
    yield from (("lens layer", layer) for layer in state["datasourceStates"]["formBased"]["layers"].values())
    for column in columns(one).values():
        yield "lens column", column
        yield f"lens params {column['operationType']}", column["params"]
    kind, shown = attributes["visualizationType"], state["visualization"]
    yield f"lens {kind}", shown
    for listed in ("columns", "layers"):
        yield from ((f"lens {kind} {listed}", part) for part in shown.get(listed, ()))
    for part in ("legend", "axisTitlesVisibilitySettings"):
        if part in shown:
            yield f"lens {kind} {part}", shown[part]


def _map(attributes: dict[str, Any], one: dict[str, Any]) -> Iterator[Part]:
    for part in ("mapStateJSON", "uiStateJSON"):
        yield f"map {part}", json.loads(attributes[part])
    for layer in layers(one):
        yield f"map {layer['type']}", layer
        yield f"map source {layer['sourceDescriptor']['type']}", layer["sourceDescriptor"]
        yield f"map style {layer['style']['type']}", layer["style"]
        yield "map style properties", layer["style"].get("properties", {})


def _dashboard(attributes: dict[str, Any], _: dict[str, Any]) -> Iterator[Part]:
    yield "dashboard refreshInterval", attributes["refreshInterval"]
    yield "dashboard optionsJSON", json.loads(attributes["optionsJSON"])
    for panel in json.loads(attributes["panelsJSON"]):
        yield "dashboard panelsJSON", panel
        yield "dashboard gridData", panel["gridData"]
    group = attributes["controlGroupInput"]
    yield "dashboard controlGroupInput", group
    yield "dashboard ignoreParentSettingsJSON", json.loads(group["ignoreParentSettingsJSON"])
    for control in json.loads(group["panelsJSON"]).values():
        yield "dashboard control", control
        yield "dashboard explicitInput", control["explicitInput"]


_OF = {"index-pattern": _data_view, "search": _search, "lens": _lens, "map": _map, "dashboard": _dashboard}


@pytest.mark.parametrize("one", OBJECTS, ids=name)
def test_kibana_knows_every_key(one: dict[str, Any]) -> None:
    for part, found in _parts(one):
        assert set(found) <= set(KEYS[part]), part


@pytest.mark.parametrize("one", OBJECTS, ids=name)
def test_what_kibana_keeps_as_text_is_text(one: dict[str, Any]) -> None:
    def texts(found: dict[str, Any]) -> Iterator[Any]:
        for key, value in found.items():
            if key.endswith("JSON") or key in ("fieldAttrs", "fieldFormatMap", "sourceFilters"):
                yield value
            elif isinstance(value, dict):
                yield from texts(value)

    for text in texts(one["attributes"]):
        assert isinstance(text, str)
        json.loads(text)


def test_no_object_is_of_a_version_that_any_kibana_9_is_older_than() -> None:
    for one in OBJECTS:
        for version in (one["coreMigrationVersion"], one["typeMigrationVersion"]):
            assert tuple(map(int, version.split("."))) < (9,), one["id"]
