"""Taking articles and alerts out: one for good, or the months that are past. Knows no writing, and no queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from stores.elastic.months import Months
from stores.elastic.names import ended_before
from stores.elastic.responses import answers, check_deleted

# The quotes of one article, of which the store keeps no more than 4,095; its alerts, one for each subscription met.
_MOST = 10_000


class Remover:
    """Deletes from every index that holds a thing, also from one that is just being built anew."""

    def __init__(self, client: Elasticsearch, months: Months, refresh: bool) -> None:
        self._client = client
        self._months = months
        self._refresh = refresh

    def forget(self, id: str) -> bool:
        """Delete an article, its revisions, quotes and alerts; whether the article was there."""
        articles = self.find("articles", {"ids": {"values": [id]}})
        quotes = self.find("quotes", _of_article(id))
        # What it was before, alerts, and what is observed of it: a dead letter has its title.
        told = [place for kind in ("revisions", "alerts", "operations") for place in self.find(kind, _of_article(id))]
        self.delete([*told, *quotes, *articles])
        return bool(articles)

    def remove_alerts(self, ids: Sequence[str]) -> None:
        """Delete alerts by their own ids."""
        if ids:
            self.delete(self.find("alerts", {"ids": {"values": list(ids)}}))

    def expire(self, before: datetime) -> int:
        """Drop the months that ended before; how many articles went with them."""
        old = ended_before(self._months.indexes("articles"), before)
        count = sum(self._client.count(index=index)["count"] for index in old)
        self._months.drop(before)
        return int(count)

    def delete(self, places: Sequence[dict[str, str]]) -> None:
        """Delete documents by index and id."""
        if not places:
            return
        answer = self._client.bulk(operations=[{"delete": place} for place in places], refresh=self._refresh)
        for item in answers(answer.body, "items", len(places)):
            check_deleted(item["delete"])

    def find(self, kind: str, query: dict[str, Any]) -> list[dict[str, str]]:
        """Index and id of the documents that meet the query, 10,000 at most."""
        pattern = self._months.names.pattern(kind)
        # What was written a moment ago must be forgotten too.
        self._client.indices.refresh(index=pattern, ignore_unavailable=True, allow_no_indices=True)
        answer = self._client.search(index=pattern, query=query, size=_MOST, source=False)
        return [{"_index": hit["_index"], "_id": hit["_id"]} for hit in answer["hits"]["hits"]]


def _of_article(id: str) -> dict[str, Any]:
    return {"term": {"article_id": {"value": id}}}
