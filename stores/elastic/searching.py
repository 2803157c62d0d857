"""Asking Elasticsearch: request bodies, and what the answers hold. Knows no writing."""

from collections.abc import Sequence
from typing import Any

from elasticsearch import Elasticsearch

from schemas.article import WireArticle
from stores.elastic.documents import to_article
from stores.elastic.dsl import DSL, FlatQuote, Place, node_dsl
from stores.elastic.names import Names
from stores.elastic.paging import LARGEST_PAGE, following, search_after
from stores.query.fields import COUNTABLE
from stores.query.tree import Node
from stores.store import EXACT_TOTAL, FACET_VALUES, FACETS, Hits, Order, QuoteHit

# The keyword field that counts what a facet names.
_COUNTED = {field.name: field.counted_as for field in COUNTABLE}
_SORT: dict[Order, list[Any]] = {
    "newest": [{"first_seen": "desc"}, {"id": "desc"}],
    "relevance": ["_score", {"first_seen": "desc"}, {"id": "desc"}],
}


class Searcher:
    """Reads through the aliases; before the first month is written they are not there, and that is no error."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._names = names

    def search(self, root: Node, limit: int, after: str | None, order: Order, facets: Sequence[str]) -> Hits:
        """One page; see Store.search."""
        if unknown := set(facets) - set(FACETS):
            raise ValueError(f"{', '.join(sorted(unknown))} cannot be counted, only {', '.join(FACETS)}")
        limit = min(limit, LARGEST_PAGE - 1)
        answer = self._client.search(
            index=self._names.alias("articles"),
            query=node_dsl(root, Place()),
            size=limit + 1,
            sort=_SORT[order],
            search_after=search_after(after, _SORT[order], "in these results"),
            track_total_hits=EXACT_TOTAL,
            aggs={field: _facet(field) for field in facets} or None,
            ignore_unavailable=True,
        )
        found = answer["hits"]["hits"]
        total = answer["hits"]["total"]
        return Hits(
            total=total["value"],
            total_exact=total["relation"] == "eq",
            articles=tuple(to_article(hit["_source"]) for hit in found[:limit]),
            next=following(found, limit),
            facets={field: _values(answer, field) for field in facets},
        )

    def quotes(self, node: Node, limit: int) -> list[QuoteHit]:
        """Quotes that meet the node, newest article first."""
        answer = self._client.search(
            index=self._names.alias("quotes"),
            query=node_dsl(node, FlatQuote()),
            size=min(limit, LARGEST_PAGE),
            sort=[{"first_seen": "desc"}, {"article_id": "desc"}, {"number": "asc"}],
            source_includes=["article_id", "number"],
            ignore_unavailable=True,
        )
        found = [(hit["_source"]["article_id"], hit["_source"]["number"]) for hit in answer["hits"]["hits"]]
        articles = self._articles(list(dict.fromkeys(id for id, _ in found)))
        # A quote may be found a moment before its article or after it: searches see writes within a second.
        return [
            QuoteHit(articles[id], articles[id].quotes[number])
            for id, number in found
            if id in articles and number < len(articles[id].quotes)
        ]

    def get(self, id: str) -> WireArticle | None:
        """One article."""
        return self._articles([id]).get(id)

    def count(self, root: Node) -> int:
        """How many articles match, exactly."""
        answer = self._client.count(
            index=self._names.alias("articles"), query=node_dsl(root, Place()), ignore_unavailable=True
        )
        return int(answer["count"])

    def there(self, ids: Sequence[str]) -> set[str]:
        """Which of these articles are here, also those written a moment ago."""
        index = self._names.alias("articles")
        self._client.indices.refresh(index=index, ignore_unavailable=True)
        query = {"ids": {"values": list(ids)}}
        answer = self._client.search(index=index, query=query, size=len(ids), source=False, ignore_unavailable=True)
        return {hit["_id"] for hit in answer["hits"]["hits"]}

    def _articles(self, ids: Sequence[str]) -> dict[str, WireArticle]:
        if not ids:
            return {}
        answer = self._client.search(
            index=self._names.alias("articles"),
            query={"ids": {"values": list(ids)}},
            size=len(ids),
            ignore_unavailable=True,
        )
        return {hit["_id"]: to_article(hit["_source"]) for hit in answer["hits"]["hits"]}


def _facet(field: str) -> DSL:
    # Each month's index sends its best thousand, so that their sum is right for the best ten.
    return {"terms": {"field": _COUNTED[field], "size": FACET_VALUES, "shard_size": 1_000}}


def _values(answer: Any, field: str) -> tuple[tuple[str, int], ...]:
    buckets = answer.get("aggregations", {}).get(field, {}).get("buckets", [])
    return tuple((bucket["key"], bucket["doc_count"]) for bucket in buckets)
