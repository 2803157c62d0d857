"""Stories in SQLite: what a walk over the matches asks for (stores/story_pages.py)."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from stores.outlines import StoryCounts
from stores.query.tree import Node
from stores.sqlite.matching import Matching
from stores.sqlite.searching import articles_of
from stores.store import StoryHit, StoryPage
from stores.story_pages import Match, Told, counted, ranked, story_page

_OF_STORIES = "a.story IN (SELECT value FROM json_each(?))"


def page(connection: sqlite3.Connection, root: Node, limit: int, after: str | None) -> StoryPage:
    """One page; see Store.stories."""
    shown, following = story_page(_Walk(connection, Matching.of(connection, root)), limit, after)
    leads = articles_of(connection, [int(one.match.cursor) for one in shown])
    return StoryPage(
        tuple(
            StoryHit(lead, told.matching, told.articles, told.sources)
            for lead, (_, told) in zip(leads, shown, strict=True)
        ),
        following,
    )


def counts(connection: sqlite3.Connection, root: Node, limit: int, after: str | None) -> StoryCounts:
    """One page; see Store.story_counts."""
    return counted(*story_page(_Walk(connection, Matching.of(connection, root)), limit, after))


class _Walk:
    """stores.story_pages.Walk over the matches of one query; a cursor is a row id."""

    def __init__(self, connection: sqlite3.Connection, matching: Matching) -> None:
        self._connection = connection
        self._matching = matching

    def matches(self, after: str | None, limit: int) -> Sequence[Match]:
        """See Walk."""
        found = self._connection.execute(*self._matching.newest_articles("a.id AS id, a.story AS story", after, limit))
        return [Match(str(row["rowid"]), row["id"], row["story"]) for row in found]

    def told(self, stories: Sequence[str]) -> Mapping[str, Told]:
        """See Walk."""
        asked = json.dumps(list(stories))
        sources: dict[str, Counter[str | None]] = defaultdict(Counter)
        sql = f"SELECT a.story, a.source, count(*) FROM articles a WHERE {_OF_STORIES} GROUP BY 1, 2"
        for story, source, count in self._connection.execute(sql, (asked,)):
            sources[story][source] = count
        # The newest row of each group is the one whose id is given: SQLite's rule for max() beside a bare column.
        sql = (
            "SELECT a.story AS story, count(*) AS number, max(a.rowid), a.id AS id FROM articles a"
            f" WHERE {_OF_STORIES} AND {self._matching.test} GROUP BY 1"
        )
        return {
            row["story"]: Told(row["id"], row["number"], sources[row["story"]].total(), ranked(sources[row["story"]]))
            for row in self._connection.execute(sql, (asked, *self._matching.test_parameters))
        }
