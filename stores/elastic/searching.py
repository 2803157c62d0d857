"""Asking Elasticsearch: request bodies, and what the answers hold. Knows no writing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import ScanError, scan

from schemas.article import WireArticle
from schemas.outcome import Hold
from stores.elastic.documents import OF_RECORD, to_article
from stores.elastic.dsl import DSL, Place, node_dsl
from stores.elastic.names import Names
from stores.elastic.paging import LARGEST_PAGE, following, newest, search_after
from stores.outlines import PlacedPage, placed
from stores.query.fields import COUNTABLE
from stores.query.tree import Node
from stores.store import EXACT_TOTAL, FACET_VALUES, FACETS, Histogram, Hits, Interval, Moment, Order

# The keyword field that counts what a facet names.
_COUNTED = {field.name: field.counted_as for field in COUNTABLE}
# Milliseconds since 1970, in the year -9999: no date that a feed can give.
_UNDATED = -377_705_116_800_000
_FIXED: dict[Interval, str] = {"hour": "1h", "day": "1d"}
NEWEST = newest("articles")
_SORT: dict[Order, list[Any]] = {
    "newest": NEWEST,
    # The undated last: as a number far before any date, since a cursor takes none for "missing".
    "published": [{"published": {"order": "desc", "missing": _UNDATED}}, *NEWEST],
    "relevance": ["_score", *NEWEST],
}

# More sources than a newsroom has feeds.
SOURCES = 1_000

# What stores.outlines.placed asks for.
_OF_PLACES = ["story_id", *(f"entities.{name}" for name in ("kind", "name", "country", "latitude", "longitude"))]

Articles = Callable[[Sequence[str]], Mapping[str, WireArticle]]
"""Gets articles by their ids."""


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
        answer = self._page(root, limit, after, order, track_total_hits=EXACT_TOTAL, source_includes=OF_RECORD)
        found = answer["hits"]["hits"]
        total = answer["hits"]["total"]
        exact = total["relation"] == "eq"
        return Hits(
            total=total["value"],
            total_exact=exact,
            articles=tuple(to_article(hit["_source"]) for hit in found[:limit]),
            next=following(found, limit),
            facets=self._facets(root, facets, everything=exact) if facets else {},
        )

    def _facets(self, root: Node, facets: Sequence[str], *, everything: bool) -> dict[str, tuple[tuple[str, int], ...]]:
        """Of all matches, or of the newest alone: those of so many whole days as hold EXACT_TOTAL."""
        query = node_dsl(root, Place())
        if not everything:
            query = {"bool": {"filter": [query, {"range": {"first_seen": {"gte": self._newest_days(root)}}}]}}
        answer = self._client.search(
            index=self._names.alias("articles"),
            query=query,
            size=0,
            aggs={field: _facet(field) for field in facets},
            track_total_hits=False,
            ignore_unavailable=True,
        )
        return {field: _values(answer, field) for field in facets}

    def _newest_days(self, root: Node) -> str:
        """The first of them."""
        first, seen = datetime.min, 0
        for day, count in reversed(self.histogram(root, "day", "first_seen").bars):
            first, seen = day, seen + count
            if seen >= EXACT_TOTAL:
                break
        return first.isoformat()

    def places(self, root: Node, limit: int, after: str | None) -> PlacedPage:
        """One page; see Store.places."""
        limit = min(limit, LARGEST_PAGE - 1)
        answer = self._page(root, limit, after, "newest", track_total_hits=False, source_includes=_OF_PLACES)
        found = answer["hits"]["hits"]
        return PlacedPage(tuple(placed(hit["_source"]) for hit in found[:limit]), following(found, limit))

    def _page(self, root: Node, limit: int, after: str | None, order: Order, **asked: Any) -> Any:
        """The answer with one hit more than a page, by which `following` knows whether there is another."""
        return self._client.search(
            index=self._names.alias("articles"),
            query=node_dsl(root, Place()),
            size=limit + 1,
            sort=_SORT[order],
            search_after=search_after(after, _SORT[order], "in these results"),
            ignore_unavailable=True,
            **asked,
        )

    def histogram(self, root: Node, interval: Interval, moment: Moment) -> Histogram:
        """See Store.histogram."""
        answer = self._client.search(
            index=self._names.alias("articles"),
            query=node_dsl(root, Place()),
            size=0,
            aggs={
                "bars": {"date_histogram": {"field": moment, "fixed_interval": _FIXED[interval], "min_doc_count": 1}},
                "undated": {"missing": {"field": moment}},
            },
            ignore_unavailable=True,
        )
        found = answer.get("aggregations", {"bars": {"buckets": []}, "undated": {"doc_count": 0}})
        bars = tuple((moment_of(bucket["key"]), bucket["doc_count"]) for bucket in found["bars"]["buckets"])
        return Histogram(bars, found["undated"]["doc_count"])

    def get(self, id: str) -> WireArticle | None:
        """One article."""
        return self.articles([id]).get(id)

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

    def ids(self, since: datetime | None) -> Iterator[str]:
        """See Store.ids. Raises Hold where a part of the server does not answer."""
        seen = {"match_all": {}} if since is None else {"range": {"first_seen": {"gte": since.isoformat()}}}
        index = self._names.alias("articles")
        try:
            for hit in scan(
                self._client,
                index=index,
                query={"query": seen, "_source": False},
                size=LARGEST_PAGE,
                ignore_unavailable=True,
            ):
                yield hit["_id"]
        except ScanError as error:
            raise Hold(f"Elasticsearch does not give all of its ids: {error}") from error

    def articles(self, ids: Sequence[str]) -> dict[str, WireArticle]:
        """Those that are there, by their ids."""
        if not ids:
            return {}
        answer = self._client.search(
            index=self._names.alias("articles"),
            query={"ids": {"values": list(ids)}},
            size=len(ids),
            source_includes=OF_RECORD,
            ignore_unavailable=True,
        )
        return {hit["_id"]: to_article(hit["_source"]) for hit in answer["hits"]["hits"]}


def _facet(field: str) -> DSL:
    # Each month's index sends its best thousand, so that their sum is right for the best ten.
    return {"terms": {"field": _COUNTED[field], "size": FACET_VALUES, "shard_size": 1_000}}


def _values(answer: Any, field: str) -> tuple[tuple[str, int], ...]:
    buckets = answer.get("aggregations", {}).get(field, {}).get("buckets", [])
    return tuple((bucket["key"], bucket["doc_count"]) for bucket in buckets)


def moment_of(milliseconds: float) -> datetime:
    """A moment of an aggregation."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
