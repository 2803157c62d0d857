"""From a query's tree to Elasticsearch's Query DSL: one leaf a term over all its fields, never query_string.

What it gives may be pasted into Kibana as a filter or into Dev Tools. Knows the mappings; knows no client.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from stores.elastic.record_fields import own_field
from stores.query.field import Kind
from stores.query.fields import ANY, ANY_NAMES, ANY_TEXTS, ARTICLE, VALUES
from stores.query.tree import And, Everything, Has, InQuote, Keyword, Node, Not, Or, Own, Query, Range, Words

DSL = dict[str, Any]
_STORED = {field.name: field.stored for field in VALUES}


class Place:
    """Where a leaf's fields lie: in an article."""

    def stemmed(self, field: str) -> tuple[str, ...]:
        """The fields of running text."""
        if field == ANY:
            return ANY_TEXTS
        return (field,) if ARTICLE[field].kind is Kind.TEXT else ()

    def named(self, field: str) -> tuple[str, ...]:
        """The fields of names."""
        if field == ANY:
            return ANY_NAMES
        return (field,) if ARTICLE[field].kind is Kind.NAME else ()

    def exact(self, field: str) -> str:
        """The field of an exact value or a time."""
        return _STORED[field]


class NestedQuote(Place):
    """A leaf's fields in one quote of an article."""

    def stemmed(self, field: str) -> tuple[str, ...]:
        """See Place."""
        return ("quotes.text",) if field == "text" else ()

    def named(self, field: str) -> tuple[str, ...]:
        """See Place."""
        return ("quotes.called",) if field == "speaker" else ()

    def exact(self, field: str) -> str:
        """See Place."""
        return f"quotes.{field}"


class FlatQuote(Place):
    """A leaf's fields in a document of the quotes index."""

    def stemmed(self, field: str) -> tuple[str, ...]:
        """See Place."""
        return ("text",) if field == "text" else ()

    def named(self, field: str) -> tuple[str, ...]:
        """See Place."""
        return ("speaker",) if field == "speaker" else ()

    def exact(self, field: str) -> str:
        """See Place."""
        return field


class BesideQuote(Place):
    """A leaf's fields of the article, in a document of the quotes index: they are called as in an article."""


def query_dsl(query: Query) -> DSL:
    """The whole query, for a search of the articles alias."""
    return node_dsl(query.root, Place())


def node_dsl(node: Node, place: Place) -> DSL:
    """One node, where `place` is."""
    match node:
        case Everything():
            return {"match_all": {}}
        case Words():
            return _words(node, place)
        case Keyword():
            return _keyword(node, place.exact(node.field))
        case Has(field):
            return {
                "exists": {
                    "field": next(iter((*place.stemmed(field), *place.named(field))), None) or place.exact(field)
                }
            }
        case Range(field, start, end):
            bounds = {"gte": _written(start), "lt": _written(end)}
            return {"range": {place.exact(field): {sign: bound for sign, bound in bounds.items() if bound}}}
        case InQuote(part):
            return {"nested": {"path": "quotes", "query": node_dsl(part, NestedQuote())}}
        case Not(part):
            return {"bool": {"must_not": [node_dsl(part, place)]}}
        case And(parts):
            return {"bool": {"must": [node_dsl(part, place) for part in parts]}}
        case Or(parts):
            return {"bool": {"should": [node_dsl(part, place) for part in parts], "minimum_should_match": 1}}


def _keyword(node: Keyword, name: str) -> DSL:
    if not node.host:
        return {"prefix" if node.prefix else "term": {name: {"value": node.value}}}
    if node.prefix:
        forms = [{"prefix": {name: {"value": value}}} for value in (node.value, f"www.{node.value}")]
    else:
        under = "*." + re.sub(r"[*?\\]", r"\\\g<0>", node.value)
        forms = [{"term": {name: {"value": node.value}}}, {"wildcard": {name: {"value": under}}}]
    return {"bool": {"should": forms, "minimum_should_match": 1}}


def _words(node: Words, place: Place) -> DSL:
    stemmed, named = place.stemmed(node.field), place.named(node.field)
    if node.near is not None:
        forms = [(node.stems, stemmed), *((own.stems, _own_fields(own, stemmed)) for own in node.own)]
        return _any([_near(stems, field, node.near) for stems, fields in forms for field in fields])
    if node.prefix:
        beginnings = [(field, node.stems[0]) for field in stemmed] + [(field, node.names[0]) for field in named]
        return _any([{"prefix": {field: {"value": value}}} for field, value in beginnings])
    # Folded words, which each field's analyser reads as it read its text: stemmed here, as they are there.
    words = {"type": "phrase", "query": " ".join(node.names), "fields": [*stemmed, *named]}
    own = [_own(one, stemmed) for one in node.own] if stemmed else []
    return _any([{"multi_match": words}, *own])


def _own(own: Own, stemmed: Sequence[str]) -> DSL:
    """The words in a language, analysed here: two characters that a bigram joins would stand apart in names."""
    fields = list(_own_fields(own, stemmed))
    return {"multi_match": {"type": "phrase", "query": " ".join(own.stems), "fields": fields, "analyzer": "whitespace"}}


def _own_fields(own: Own, stemmed: Sequence[str]) -> tuple[str, ...]:
    return tuple(own_field(field, own.language) for field in stemmed)


def _near(stems: Sequence[str], field: str, distance: int) -> DSL:
    clauses = [{"span_term": {field: {"value": stem}}} for stem in stems]
    return {"span_near": {"clauses": clauses, "slop": distance, "in_order": False}}


def _any(parts: list[DSL]) -> DSL:
    return parts[0] if len(parts) == 1 else {"dis_max": {"queries": parts}}


def _written(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
