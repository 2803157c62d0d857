"""Asking Elasticsearch what articles were before. Knows no writing."""

from datetime import UTC, datetime
from typing import Any

from elasticsearch import Elasticsearch

from schemas.article import WireArticle
from stores.elastic.names import Names
from stores.elastic.paging import LARGEST_PAGE, following, search_after
from stores.store import Replaced, ReplacedPage

_SORT: list[Any] = [{"replaced_at": "desc"}, {"article_id": "desc"}, {"revision": "desc"}]
# An article that its publisher changes every minute of a day.
_MOST = 1_500


class RevisionReader:
    """Reads through the alias; before the first revision is kept it is not there, and that is no error."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._alias = names.alias("revisions")

    def of(self, id: str) -> list[WireArticle]:
        """See Store.revisions."""
        answer = self._client.search(
            index=self._alias,
            query={"term": {"article_id": {"value": id}}},
            size=_MOST,
            ignore_unavailable=True,
        )
        found = [WireArticle.model_validate(hit["_source"]["record"]) for hit in answer["hits"]["hits"]]
        return sorted(found, key=lambda one: one.version)

    def page(self, since: datetime | None, limit: int, after: str | None) -> ReplacedPage:
        """See Store.replaced."""
        limit = min(limit, LARGEST_PAGE - 1)
        # Times are kept to the millisecond.
        bound = {"gte": since.isoformat(timespec="milliseconds")} if since is not None else {}
        answer = self._client.search(
            index=self._alias,
            query={"range": {"replaced_at": bound}},
            size=limit + 1,
            sort=_SORT,
            search_after=search_after(after, _SORT, "among these changes"),
            source_includes=["article_id", "revision", "replaced_at"],
            track_total_hits=False,
            ignore_unavailable=True,
        )
        found = answer["hits"]["hits"]
        return ReplacedPage(tuple(_replaced(hit["_source"]) for hit in found[:limit]), following(found, limit))


def _replaced(source: dict[str, Any]) -> Replaced:
    at = datetime.fromisoformat(source["replaced_at"]).astimezone(UTC)
    return Replaced(source["article_id"], source["revision"], at)
