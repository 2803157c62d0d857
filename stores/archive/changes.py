"""What was changed after publication: of one article, or of all lately."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from schemas.answers import Change, LinesOfChanges
from schemas.article import WireArticle
from stores.archive.comparing import compare
from stores.archive.finding import PAGE
from stores.store import Store


def changes_of(store: Store, id: str) -> tuple[Change, ...]:
    """Every change of an article, the first first; none where it was never changed, or is not there."""
    return tuple(compare(old, new) for old, new in pairwise(_all(store, id)))


def recent(
    store: Store, since: datetime | None, limit: int, after: str | None = None, of_quotes: bool = False
) -> LinesOfChanges:
    """Changes, the last first; `of_quotes`: those alone in which a quote is not as it was.

    Raises ValueError for an `after` that no page gave.
    """
    found: list[Change] = []
    while True:
        page = store.replaced(since, min(PAGE, limit - len(found)), after)
        known = {id: _all(store, id) for id in {one.article_id for one in page.replaced}}
        for one in page.replaced:
            change = _since(known[one.article_id], one.revision)
            if change is not None and (change.quotes or not of_quotes):
                found.append(change)
        after = page.next
        if after is None or len(found) >= limit:
            return LinesOfChanges(changes=tuple(found), next=after)


def _since(revisions: Sequence[WireArticle], revision: str) -> Change | None:
    """From that revision to the next; None where one of them has been forgotten meanwhile."""
    for old, new in pairwise(revisions):
        if old.revision == revision:
            return compare(old, new)
    return None


def _all(store: Store, id: str) -> list[WireArticle]:
    """An article's revisions and what it is now."""
    now = store.get(id)
    return [*store.revisions(id), now] if now is not None else []
