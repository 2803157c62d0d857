"""Pages of a search in Elasticsearch: how large one may be, and the cursor that leads to the next."""

import json
from collections.abc import Sequence
from typing import Any

LARGEST_PAGE = 10_000
"""The server's own limit (index.max_result_window); what is beyond comes by `next`."""


ORDERS = {
    "articles": {"first_seen": "desc", "id": "desc"},
    "quotes": {"first_seen": "desc", "article_id": "desc", "number": "asc"},
}
"""How pages are sorted that ask for nothing else. Indexes are kept in this order too, so that the newest matches are
found without a look at all the others."""


def newest(kind: str) -> list[Any]:
    """The sort of a search."""
    return [{field: order} for field, order in ORDERS[kind].items()]


def search_after(after: str | None, sort: Sequence[Any], where: str) -> list[Any] | None:
    """What `after` says for a search sorted so. Raises ValueError for one that no page gave."""
    if after is None:
        return None
    try:
        cursor = json.loads(after)
    except ValueError:
        cursor = None
    if not isinstance(cursor, list) or len(cursor) != len(sort):
        raise ValueError(f"“{after}” is no place {where}: pass what `next` gave")
    return cursor


def following(hits: Sequence[Any], limit: int) -> str | None:
    """The cursor behind the first `limit` hits; None where there are no more."""
    return cursor(hits[limit - 1]) if 0 < limit < len(hits) else None


def cursor(hit: Any) -> str:
    """The cursor behind one hit."""
    return json.dumps(hit["sort"])
