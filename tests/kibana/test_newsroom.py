"""Kibana's objects hold together: the file is what is declared, references lead somewhere, panels fit."""

import json
import subprocess
import sys
from typing import Any

import pytest
from kibana_objects import BY_ID, DASHBOARDS, FOLDER, OBJECTS, VIEWS, name, source


def test_the_file_is_what_build_writes() -> None:
    written = subprocess.run([sys.executable, FOLDER / "build.py"], capture_output=True, text=True, check=True).stdout
    assert (FOLDER / "newsroom.ndjson").read_text(encoding="utf-8") == written


def test_every_object_is_there_once_under_an_id_of_ours() -> None:
    assert len(BY_ID) == len(OBJECTS)
    assert all(one["id"].startswith("wirewatch-") for one in OBJECTS)


def test_what_was_delivered_before_keeps_its_id() -> None:
    before = {
        "dashboard": {"newsroom"},
        "index-pattern": {"articles", "quotes"},
        "map": {"places"},
        "search": {"latest-articles", "latest-quotes", "tomahawk", "tomahawk-said", "cruise-missiles", "zelenskyy"},
    }
    for type, ids in before.items():
        assert {(type, f"wirewatch-{id}") for id in ids} <= set(BY_ID)


def test_nothing_is_of_the_old_visualizations_that_kibana_10_drops() -> None:
    assert {one["type"] for one in OBJECTS} == {"index-pattern", "search", "lens", "map", "dashboard"}


def test_every_reference_leads_to_an_object() -> None:
    for one in OBJECTS:
        for reference in one["references"]:
            assert (reference["type"], reference["id"]) in BY_ID, (one["id"], reference)


def _named(one: dict[str, Any]) -> set[str]:
    """The names of references that an object's attributes ask for."""
    attributes = one["attributes"]
    named = {part.split('"')[2] for part in json.dumps(attributes).replace("\\", "").split("RefName")[1:]}
    if one["type"] == "lens":
        named |= {f"indexpattern-datasource-layer-{id}" for id in _layers(attributes)}
    if one["type"] == "dashboard":
        controls = json.loads(attributes["controlGroupInput"]["panelsJSON"])
        named = {f"{id.removeprefix('panel_')}:{id}" for id in named}
        named |= {f"controlGroup_{id}:optionsListDataView" for id in controls}
    return named


def _layers(attributes: dict[str, Any]) -> Any:
    return attributes["state"]["datasourceStates"]["formBased"]["layers"]


@pytest.mark.parametrize("one", OBJECTS, ids=name)
def test_every_name_of_a_reference_is_declared_and_asked_for(one: dict[str, Any]) -> None:
    assert {reference["name"] for reference in one["references"]} == _named(one)


@pytest.mark.parametrize("one", DASHBOARDS, ids=name)
def test_panels_fill_their_rows_and_none_lies_on_another(one: dict[str, Any]) -> None:
    cells: list[tuple[int, int]] = []
    for panel in json.loads(one["attributes"]["panelsJSON"]):
        place = panel["gridData"]
        columns, rows = range(place["x"], place["x"] + place["w"]), range(place["y"], place["y"] + place["h"])
        cells += [(x, y) for x in columns for y in rows]
    height = max(y for _, y in cells) + 1
    assert len(cells) == len(set(cells))
    assert set(cells) == {(x, y) for x in range(48) for y in range(height)}


def _shown(id: str) -> set[str]:
    references = BY_ID["dashboard", f"wirewatch-{id}"]["references"]
    return {one["id"].removeprefix("wirewatch-") for one in references}


def test_the_newsroom_shows_what_a_desk_asks() -> None:
    assert _shown("newsroom") >= {"latest-articles", "people", "places", "latest-quotes", "sources", "alerts-told"}
    alerts = BY_ID["search", "wirewatch-alerts-told"]["attributes"]["columns"]
    assert {"subscription_name", "title", "why", "status"} <= set(alerts)


def test_the_newsroom_is_controlled_by_source_language_person_and_story() -> None:
    group = BY_ID["dashboard", "wirewatch-newsroom"]["attributes"]["controlGroupInput"]
    controls = sorted(json.loads(group["panelsJSON"]).values(), key=lambda control: control["order"])
    assert [one["explicitInput"]["fieldName"] for one in controls] == ["source", "language", "people", "story_id"]


def test_operations_show_stages_feeds_letters_and_lag() -> None:
    assert _shown("operations") >= {"done", "not-done", "feeds", "letters", "lag"}


@pytest.mark.parametrize("one", [one for one in OBJECTS if one["type"] == "search"], ids=name)
def test_a_saved_search_opens_on_the_last_thirty_days_in_lucene(one: dict[str, Any]) -> None:
    assert one["attributes"]["timeRestore"] is True
    assert one["attributes"]["timeRange"] == {"from": "now-30d", "to": "now"}
    assert source(one)["query"]["language"] == "lucene"


def test_a_tomahawk_search_is_there() -> None:
    assert source(BY_ID["search", "wirewatch-tomahawk"])["query"]["query"] == "tomahawk"


@pytest.mark.parametrize("one", VIEWS, ids=name)
def test_an_address_is_a_link(one: dict[str, Any]) -> None:
    assert json.loads(one["attributes"]["fieldFormatMap"])["url"] == {"id": "url", "params": {"type": "a"}}


def test_the_address_is_a_column_of_every_search() -> None:
    assert all("url" in one["attributes"]["columns"] for one in OBJECTS if one["type"] == "search")
