"""Taking articles out: one for good, or the months that are past. Knows no writing and no searching by query."""

from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from stores.elastic.months import Months
from stores.elastic.names import ended_before
from stores.elastic.responses import check_deleted

# A page of quotes of one article; the store keeps no more than 4,095.
_QUOTES = 5_000


class Remover:
    """Deletes from every index that holds a thing, also from one that is just being built anew."""

    def __init__(self, client: Elasticsearch, months: Months, refresh: bool) -> None:
        self._client = client
        self._months = months
        self._refresh = refresh

    def forget(self, id: str) -> bool:
        """Delete an article and its quotes; whether it was there."""
        articles = self._found("articles", {"ids": {"values": [id]}})
        quotes = self._found("quotes", {"term": {"article_id": {"value": id}}})
        if operations := [{"delete": place} for place in (*quotes, *articles)]:
            answer = self._client.bulk(operations=operations, refresh=self._refresh)
            for item in answer["items"]:
                check_deleted(item["delete"])
        return bool(articles)

    def expire(self, before: datetime) -> int:
        """Drop the months that ended before; how many articles went with them."""
        old = ended_before(self._months.indexes("articles"), before)
        count = sum(self._client.count(index=index)["count"] for index in old)
        self._months.drop(before)
        return int(count)

    def _found(self, kind: str, query: dict[str, Any]) -> list[dict[str, str]]:
        pattern = self._months.names.pattern(kind)
        # What was written a moment ago must be forgotten too.
        self._client.indices.refresh(index=pattern, ignore_unavailable=True, allow_no_indices=True)
        answer = self._client.search(index=pattern, query=query, size=_QUOTES, source=False)
        return [{"_index": hit["_index"], "_id": hit["_id"]} for hit in answer["hits"]["hits"]]
