"""Asking Elasticsearch who said what: pages of quotes, and how often each speaker is quoted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from stores.elastic.dsl import DSL, BesideQuote, FlatQuote, node_dsl
from stores.elastic.names import Names
from stores.elastic.paging import LARGEST_PAGE, following, newest, search_after
from stores.elastic.searching import SOURCES, Articles, moment_of
from stores.query import beside_quotes
from stores.query.terms import quoted_by
from stores.store import EXACT_TOTAL, QuoteHit, QuotePage, Said, SpeakerCount

_SORT = newest("quotes")
# The server counts different articles exactly up to here, and within a few per cent beyond.
_PRECISION = 40_000
_EACH = {
    "id": {"terms": {"field": "speaker_id", "size": 1}},
    "articles": {"cardinality": {"field": "article_id", "precision_threshold": _PRECISION}},
    "words": {"sum": {"field": "words"}},
    "sources": {"terms": {"field": "source", "size": SOURCES}},
    "first": {"min": {"field": "published"}},
    "last": {"max": {"field": "published"}},
    "seen": {"min": {"field": "first_seen"}},
}
"""What is counted of one speaker."""


class QuoteReader:
    """Reads through the alias; before the first month is written it is not there, and that is no error."""

    def __init__(self, client: Elasticsearch, names: Names, articles: Articles) -> None:
        self._client = client
        self._alias = names.alias("quotes")
        self._articles = articles

    def page(self, said: Said, limit: int, after: str | None) -> QuotePage:
        """One page; see Store.quotes."""
        query = _query(said)
        if query is None:
            return QuotePage((), 0, True)
        limit = min(limit, LARGEST_PAGE - 1)
        answer = self._client.search(
            index=self._alias,
            query=query,
            size=limit + 1,
            sort=_SORT,
            search_after=search_after(after, _SORT, "in these results"),
            track_total_hits=EXACT_TOTAL,
            source_includes=["article_id", "number"],
            ignore_unavailable=True,
        )
        hits, total = answer["hits"]["hits"], answer["hits"]["total"]
        found = [(hit["_source"]["article_id"], hit["_source"]["number"]) for hit in hits[:limit]]
        articles = self._articles(list(dict.fromkeys(id for id, _ in found)))
        # A quote may be found a moment before its article or after it: searches see writes within a second.
        quotes = tuple(
            QuoteHit(articles[id], articles[id].quotes[number])
            for id, number in found
            if id in articles and number < len(articles[id].quotes)
        )
        return QuotePage(quotes, total["value"], total["relation"] == "eq", following(hits, limit))

    def speakers(self, said: Said, limit: int, names: Sequence[str]) -> tuple[SpeakerCount, ...]:
        """See Store.speakers."""
        query = _query(said)
        if query is None:
            return ()
        # Each month's index sends more than are asked for, so that their sum is right for those that are.
        by_count = {"size": limit, "shard_size": max(5_000, 3 * limit)}
        if not 0 < len(names) <= limit:
            names = [bucket["key"] for bucket in self._buckets(query, names, by_count)]
        if not names:
            return ()
        # Only of these, since the server takes 0.3 MB to count the different articles of each.
        return tuple(map(_count, self._buckets(query, names, {"size": len(names), "include": list(names)}, _EACH)))

    def _buckets(self, query: DSL, names: Sequence[str], size: DSL, each: DSL | None = None) -> list[Any]:
        """One for each speaker, or for each of `names`, who says most first."""
        wanted = [{"terms": {"speakers": list(names)}}] if names else []
        terms: DSL = {"terms": {"field": "speakers", **size}}
        answer = self._client.search(
            index=self._alias,
            query={"bool": {"filter": [query, *wanted]}},
            size=0,
            aggs={"speakers": {**terms, "aggs": each} if each else terms},
            ignore_unavailable=True,
        )
        return list(answer.get("aggregations", {}).get("speakers", {}).get("buckets", []))


def _query(said: Said) -> DSL | None:
    words = quoted_by(said.speaker, said.about)
    if words is None:
        return None
    filters = [node_dsl(words, FlatQuote())]
    if said.person is not None:
        exact = [{"term": {field: {"value": said.person}}} for field in ("speakers", "speaker_id")]
        filters.append({"bool": {"should": exact, "minimum_should_match": 1}})
    if said.where is not None:
        beside_quotes.check(said.where)
        filters.append(node_dsl(said.where.root, BesideQuote()))
    return {"bool": {"filter": filters}}


def _count(bucket: Any) -> SpeakerCount:
    ids = [one["key"] for one in bucket["id"]["buckets"]]
    return SpeakerCount(
        name=bucket["key"],
        id=ids[0] if ids else None,
        quotes=bucket["doc_count"],
        articles=bucket["articles"]["value"],
        words=int(bucket["words"]["value"]),
        sources=tuple((one["key"], one["doc_count"]) for one in bucket["sources"]["buckets"]),
        first_published=_dated(bucket["first"]["value"]),
        last_published=_dated(bucket["last"]["value"]),
        first_seen=moment_of(bucket["seen"]["value"]),  # every quote has it
    )


def _dated(milliseconds: float | None) -> datetime | None:
    return None if milliseconds is None else moment_of(milliseconds)
