"""Asking Elasticsearch what was alerted: pages, those matched last first. Knows no writing."""

import json
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from stores.elastic.names import Names
from stores.recorded import Recorded
from stores.store import AlertPage

# The server's own limit (index.max_result_window); what is beyond comes by `next`.
_LARGEST_PAGE = 10_000
_SORT = [{"matched_at": "desc"}, {"id": "desc"}]


class AlertReader:
    """Reads through the alias; before the first month is written it is not there, and that is no error."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._alias = names.alias("alerts")

    def alerts(
        self, subscription: str | None, article: str | None, since: datetime | None, limit: int, after: str | None
    ) -> AlertPage:
        """One page; see Store.alerts."""
        limit = min(limit, _LARGEST_PAGE - 1)
        answer = self._client.search(
            index=self._alias,
            query={"bool": {"filter": _filters(subscription, article, since)}},
            size=limit + 1,
            sort=_SORT,
            search_after=_cursor(after),
            track_total_hits=False,
            ignore_unavailable=True,
        )
        found = answer["hits"]["hits"]
        return AlertPage(
            alerts=tuple(Recorded.model_validate(hit["_source"]) for hit in found[:limit]),
            next=json.dumps(found[limit - 1]["sort"]) if 0 < limit < len(found) else None,
        )


def _filters(subscription: str | None, article: str | None, since: datetime | None) -> list[dict[str, Any]]:
    filters: list[dict[str, Any]] = []
    if subscription is not None:
        named = [{"term": {field: {"value": subscription}}} for field in ("subscription", "subscription_name")]
        filters.append({"bool": {"should": named, "minimum_should_match": 1}})
    if article is not None:
        filters.append({"term": {"article_id": {"value": article}}})
    if since is not None:
        # Times are kept to the millisecond.
        bound = since.isoformat(timespec="milliseconds")
        filters.append({"range": {"matched_at": {"gte": bound, "format": "strict_date_optional_time"}}})
    return filters


def _cursor(after: str | None) -> list[Any] | None:
    if after is None:
        return None
    try:
        cursor = json.loads(after)
    except ValueError:
        cursor = None
    if not isinstance(cursor, list) or len(cursor) != len(_SORT):
        raise ValueError(f"“{after}” is no place among these alerts: pass what `next` gave")
    return cursor
