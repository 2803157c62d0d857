"""The articles of the last days by what they can be recognised by. Finds those that share something; judges not."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from processors.signature import Sketch
from processors.story.likeness import Candidate

BODY_KEYS = 12
"""Of the body's lowest hashes, those an article is found by: a copy at the threshold is missed once in 500."""
LEAD_KEYS = 4
"""Of the opening's: lead-only copies of long articles share few of the body's."""
NEWEST = 64
"""Articles looked at per hash: a thousand copies of one story need no thousand comparisons."""


class Memory:
    """Articles of the window, found by any hash they share with another."""

    def __init__(self, window: timedelta) -> None:
        self._window = window
        self._rows: list[tuple[datetime, Candidate]] = []
        self._last: dict[str, Sketch] = {}
        self._by_key: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, article_id: str, story_id: str, first_seen: datetime, sketch: Sketch) -> None:
        """Remember an article; one that is remembered with this very sketch already, is not again."""
        if self._last.get(article_id) == sketch:
            return
        self._last[article_id] = sketch
        row = len(self._rows)
        self._rows.append((first_seen, Candidate(story_id, sketch)))
        for key in _keys(sketch):
            self._by_key[key].append(row)

    def resembling(self, sketch: Sketch, at: datetime) -> list[Candidate]:
        """Those within the window of `at` that share a key, in the order they were added."""
        rows = {row for key in _keys(sketch) for row in self._by_key.get(key, ())[-NEWEST:]}
        return list(self._inside(sorted(rows), at))

    def _inside(self, rows: list[int], at: datetime) -> Iterator[Candidate]:
        for row in rows:
            first_seen, candidate = self._rows[row]
            if abs(at - first_seen) <= self._window:
                yield candidate


def _keys(sketch: Sketch) -> set[int]:
    return {*sketch.body[:BODY_KEYS], *sketch.lead[:LEAD_KEYS]}
