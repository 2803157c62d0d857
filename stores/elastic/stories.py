"""Stories in Elasticsearch: what a walk over the matches asks for (stores/story_pages.py)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from stores.elastic.dsl import DSL, Place, node_dsl
from stores.elastic.names import Names
from stores.elastic.paging import cursor, search_after
from stores.elastic.searching import NEWEST, SOURCES, Articles
from stores.outlines import StoryCounts
from stores.query.tree import Node
from stores.store import StoryHit, StoryPage
from stores.story_pages import Match, Told, counted, ranked, story_page


class StoryReader:
    """Reads through the alias; before the first month is written it is not there, and that is no error."""

    def __init__(self, client: Elasticsearch, names: Names, articles: Articles) -> None:
        self._client = client
        self._alias = names.alias("articles")
        self._articles = articles

    def page(self, root: Node, limit: int, after: str | None) -> StoryPage:
        """One page; see Store.stories."""
        shown, following = story_page(self._walk(root), limit, after)
        leads = self._articles([one.match.id for one in shown])
        return StoryPage(
            tuple(
                StoryHit(leads[match.id], told.matching, told.articles, told.sources)
                for match, told in shown
                if match.id in leads  # forgotten a moment ago
            ),
            following,
        )

    def counts(self, root: Node, limit: int, after: str | None) -> StoryCounts:
        """One page; see Store.story_counts."""
        return counted(*story_page(self._walk(root), limit, after))

    def _walk(self, root: Node) -> "_Walk":
        return _Walk(self._client, self._alias, node_dsl(root, Place()))


class _Walk:
    """stores.story_pages.Walk over the matches of one query."""

    def __init__(self, client: Elasticsearch, alias: str, query: DSL) -> None:
        self._client = client
        self._alias = alias
        self._query = query

    def matches(self, after: str | None, limit: int) -> Sequence[Match]:
        """See Walk."""
        answer = self._client.search(
            index=self._alias,
            query=self._query,
            size=limit,
            sort=NEWEST,
            search_after=search_after(after, NEWEST, "in these results"),
            track_total_hits=False,
            source_includes=["id", "story_id"],
            ignore_unavailable=True,
        )
        return [
            Match(cursor(hit), hit["_source"]["id"], hit["_source"]["story_id"].lower())
            for hit in answer["hits"]["hits"]
        ]

    def told(self, stories: Sequence[str]) -> Mapping[str, Told]:
        """See Walk."""
        matching = {
            "filter": self._query,
            "aggs": {"newest": {"top_hits": {"size": 1, "sort": NEWEST, "_source": ["id"]}}},
        }
        each = {"sources": {"terms": {"field": "source", "size": SOURCES}}, "matching": matching}
        answer = self._client.search(
            index=self._alias,
            query={"terms": {"story_id": list(stories)}},
            size=0,
            aggs={"stories": {"terms": {"field": "story_id", "size": max(1, len(stories))}, "aggs": each}},
            ignore_unavailable=True,
        )
        buckets = answer.get("aggregations", {}).get("stories", {}).get("buckets", [])
        return {bucket["key"]: _told(bucket) for bucket in buckets if bucket["matching"]["doc_count"]}


def _told(bucket: Any) -> Told:
    sources = Counter[str | None]({one["key"]: one["doc_count"] for one in bucket["sources"]["buckets"]})
    if unnamed := bucket["doc_count"] - sources.total():
        sources[None] = unnamed
    matching = bucket["matching"]
    (newest,) = matching["newest"]["hits"]["hits"]
    return Told(newest["_source"]["id"], matching["doc_count"], bucket["doc_count"], ranked(sources))
