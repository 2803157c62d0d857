"""Query DSL: what a node becomes, and that no leaf is read a second time by the server's own query parser."""

import json

from generated_news import queries
from hypothesis import assume, given
from wire_articles import NOON

from stores.elastic.dsl import FlatQuote, node_dsl, query_dsl
from stores.query import QueryError, parse


def test_a_word_is_one_leaf_over_all_its_fields() -> None:
    assert query_dsl(parse("2024", NOON)) == {
        "multi_match": {"type": "phrase", "query": "2024", "fields": ["title", "text", "name"]}
    }


def test_a_word_is_read_by_the_languages_of_its_letters_too() -> None:
    one, other = query_dsl(parse("صواريخ", NOON))["dis_max"]["queries"]
    assert one["multi_match"]["fields"] == ["title", "text", "name"]
    assert other == {
        "multi_match": {
            "type": "phrase",
            "query": "صواريخ",
            "fields": ["title_ar", "text_ar"],
            "analyzer": "whitespace",
        }
    }
    assert "_ar" not in json.dumps(query_dsl(parse("missile", NOON)))
    assert "text_de" not in json.dumps(query_dsl(parse("person:missile", NOON)))


def test_a_beginning_is_cut_for_text_and_whole_for_names() -> None:
    assert query_dsl(parse("missiles*", NOON)) == {
        "dis_max": {
            "queries": [
                {"prefix": {"title": {"value": "missil"}}},
                {"prefix": {"text": {"value": "missil"}}},
                {"prefix": {"name": {"value": "missiles"}}},
            ]
        }
    }


def test_nearness_is_a_span_in_any_order() -> None:
    assert query_dsl(parse('text:"1,000 2,000"~3', NOON)) == {
        "span_near": {
            "clauses": [{"span_term": {"text": {"value": "1000"}}}, {"span_term": {"text": {"value": "2000"}}}],
            "slop": 3,
            "in_order": False,
        }
    }


def test_one_quote_is_asked_in_the_article_and_alone() -> None:
    query = parse("speaker:trump AND kind:direct", NOON, in_quote=True)
    assert node_dsl(query.root, FlatQuote()) == {
        "bool": {
            "must": [
                {"multi_match": {"type": "phrase", "query": "trump", "fields": ["speaker"]}},
                {"term": {"kind": {"value": "direct"}}},
            ]
        }
    }
    nested = query_dsl(parse("quotes:(speaker:trump)", NOON))
    assert nested["nested"]["path"] == "quotes"
    assert nested["nested"]["query"]["multi_match"]["fields"] == ["quotes.called"]


def test_times_are_half_open() -> None:
    assert query_dsl(parse("published:2026-03-02", NOON)) == {
        "range": {"published": {"gte": "2026-03-02T00:00:00Z", "lt": "2026-03-03T00:00:00Z"}}
    }


@given(queries)
def test_nothing_is_parsed_twice_and_all_is_json(text: str) -> None:
    try:
        query = parse(text, NOON)
    except QueryError:
        assume(False)
    written = json.dumps(query_dsl(query))
    assert "query_string" not in written
    assert "now" not in written.replace("now_", "").split('"')
