"""Asking Elasticsearch what was alerted: pages, those matched last first. Knows no writing."""

from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from schemas.alert import Recorded
from stores.elastic.names import Names
from stores.elastic.paging import LARGEST_PAGE, following, search_after
from stores.store import AlertPage

_SORT = [{"matched_at": "desc"}, {"id": "desc"}]


class AlertReader:
    """Reads through the alias; before the first month is written it is not there, and that is no error."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._alias = names.alias("alerts")

    def alerts(
        self,
        subscription: str | None,
        article: str | None,
        since: datetime | None,
        limit: int,
        after: str | None,
        id: str | None,
    ) -> AlertPage:
        """One page; see Store.alerts."""
        limit = min(limit, LARGEST_PAGE - 1)
        answer = self._client.search(
            index=self._alias,
            query={"bool": {"filter": _filters(subscription, article, since, id)}},
            size=limit + 1,
            sort=_SORT,
            search_after=search_after(after, _SORT, "among these alerts"),
            track_total_hits=False,
            ignore_unavailable=True,
        )
        found = answer["hits"]["hits"]
        return AlertPage(
            alerts=tuple(Recorded.model_validate(hit["_source"]) for hit in found[:limit]),
            next=following(found, limit),
        )


def _filters(
    subscription: str | None, article: str | None, since: datetime | None, id: str | None
) -> list[dict[str, Any]]:
    filters: list[dict[str, Any]] = []
    if id is not None:
        filters.append({"ids": {"values": [id]}})
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
