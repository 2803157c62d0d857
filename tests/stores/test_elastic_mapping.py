"""The mappings know every field of the records, and refuse what nobody thought of."""

from typing import Any

import pytest
from pydantic import BaseModel

from schemas.alert import Recorded
from schemas.article import Quote, Speaker, WireArticle
from stores.elastic.mapping import DEFAULT_FIELDS, MAPPINGS, mapping
from stores.observation import Observation
from stores.query.field import Kind
from stores.query.fields import COUNTABLE, FIELDS
from stores.store import FACETS

COUNTED = {field.name: field.counted_as for field in COUNTABLE}
ARTICLES: dict[str, Any] = mapping("articles")["properties"]
QUOTES: dict[str, Any] = mapping("quotes")["properties"]
ALERTS: dict[str, Any] = mapping("alerts")["properties"]
OPERATIONS: dict[str, Any] = mapping("operations")["properties"]


@pytest.mark.parametrize(
    ("record", "mapped"),
    [
        (WireArticle, ARTICLES),
        (Recorded, ALERTS),
        (Observation, OPERATIONS | {"id": {}}),
        (Quote, ARTICLES["quotes"]["properties"]),
        (Speaker, ARTICLES["quotes"]["properties"]["speaker"]["properties"]),
    ],
)
def test_every_field_of_a_record_is_mapped(record: type[BaseModel], mapped: dict[str, Any]) -> None:
    assert set(record.model_fields) <= set(mapped)


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_is_strict_at_every_level(name: str) -> None:
    def levels(node: dict[str, Any]) -> list[dict[str, Any]]:
        inner = [child for child in node.get("properties", {}).values() if "properties" in child]
        return [node, *(level for child in inner for level in levels(child))]

    assert all(level["dynamic"] == "strict" for level in levels(mapping(name)))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_kibana_knows_every_field_of_the_query_language_by_every_name(field: Any) -> None:
    if field.kind is Kind.QUOTE:
        assert ARTICLES[field.name]["type"] == "nested"
        return
    for name in (field.name, *field.aliases):
        known = ARTICLES[name]
        assert known["type"] != "alias" or known["path"] in ARTICLES


def _parts(known: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(known.get("fields", {}).items())


def test_no_exact_value_can_exceed_lucenes_longest_term() -> None:
    for properties in (ARTICLES, QUOTES, ALERTS, OPERATIONS):
        fields = {f"{name}.{part}": sub for name, known in properties.items() for part, sub in _parts(known)}
        for name, known in {**properties, **fields}.items():
            searchable = known.get("index", True) or known.get("doc_values", True)
            if known["type"] == "keyword" and searchable:
                assert known["ignore_above"] * 4 < 32_766, name


def test_what_quotes_share_with_articles_is_mapped_alike() -> None:
    shared = set(QUOTES) & set(ARTICLES)
    assert {name: QUOTES[name] for name in shared} == {name: ARTICLES[name] for name in shared}
    assert {"people", "organisations", "places", "products", "speakers", "location", "story_id", "title"} <= shared


def test_what_facets_count_and_words_ask_is_mapped() -> None:
    assert set(COUNTED) == set(FACETS)
    assert all(ARTICLES[name]["type"] == "keyword" for name in COUNTED.values())
    assert all(QUOTES[name] == ARTICLES[name] for name in COUNTED.values())
    assert set(DEFAULT_FIELDS["articles"]) <= set(ARTICLES)
    assert set(DEFAULT_FIELDS["quotes"]) <= set(QUOTES)
    assert set(DEFAULT_FIELDS["alerts"]) <= set(ALERTS)
    assert set(DEFAULT_FIELDS["operations"]) <= set(OPERATIONS)
