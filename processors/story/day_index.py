"""An inverted index over the sketches of one day: which articles share a key with a given one. 420 bytes an article.

A hash table in plain arrays: an array of buckets, each the head of a chain of entries (a dict of Python objects takes
fifteen times as much). Finds candidates; decides nothing and knows no window of time.
"""

from array import array
from collections.abc import Iterator

from processors.particulars import MOST as PARTICULARS
from processors.sketch import BODY, LEAD, TITLE, Sketch
from processors.story.similarity import Candidate

BODY_KEYS = 8
"""Of the body's lowest hashes, those an article is found by: a copy at the threshold is missed once in 30, one that
is half like once in 250."""
LEAD_KEYS = 2
"""Of the opening's: lead-only copies of long articles share few of the body's."""
NEWEST = 64
"""Articles looked at per key: a thousand copies of one story need no thousand comparisons."""
LONGEST_WALK = 512
"""Steps along one chain: one that a common run of words shares with other keys may be long."""

_WIDTHS = (BODY, LEAD, TITLE, PARTICULARS)
_WIDTH = sum(_WIDTHS)
_STARTS = (0, BODY, BODY + LEAD, BODY + LEAD + TITLE)
_KEYS = BODY_KEYS + LEAD_KEYS
_FIRST_BUCKETS = 1024


class DayIndex:
    """Articles by row, in the order they were added."""

    def __init__(self) -> None:
        self._hashes = array("I")
        self._sizes = array("B")
        self._stories: list[str] = []
        self._seen = array("q")
        # An entry is one key of one row, numbered from 1; 0 ends a chain. A bucket holds the newest entry of its chain,
        # and _next the entry before each. A bucket is chosen by the low bits of the key: keys are hashes already.
        self._buckets = array("I", [0]) * _FIRST_BUCKETS
        self._next = array("I")

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, story_id: str, seen: int, sketch: Sketch) -> None:
        """Add an article, first seen in the second `seen` since 1970."""
        row = len(self._stories)
        self._seen.append(seen)
        self._stories.append(story_id)
        parts = (sketch.body, sketch.lead, sketch.title, sketch.particulars)
        for hashes, width in zip(parts, _WIDTHS, strict=True):
            self._sizes.append(len(hashes))
            self._hashes.extend(hashes + (0,) * (width - len(hashes)))
        self._next.extend([0] * _KEYS)
        if len(self._next) > len(self._buckets):
            self._grow()
        else:
            self._link(row)

    def candidates(self, sketch: Sketch, start: int, end: int) -> Iterator[Candidate]:
        """Those seen from `start` to `end` that share a key with the sketch, in the order they were added."""
        keys = {*sketch.body[:BODY_KEYS], *sketch.lead[:LEAD_KEYS]}
        for row in sorted({row for key in keys for row in self._rows(key)}):
            if start <= self._seen[row] <= end:
                yield Candidate(self._stories[row], self._sketch(row))

    def _rows(self, key: int) -> Iterator[int]:
        found = 0
        entry = self._buckets[key & (len(self._buckets) - 1)]
        for _ in range(LONGEST_WALK):
            if not entry or found == NEWEST:
                return
            row, slot = divmod(entry - 1, _KEYS)
            if self._key(row, slot) == key:
                found += 1
                yield row
            entry = self._next[entry - 1]

    def _key(self, row: int, slot: int) -> int:
        place = slot if slot < BODY_KEYS else BODY + slot - BODY_KEYS
        return self._hashes[row * _WIDTH + place]

    def _slots(self, row: int) -> Iterator[int]:
        body, lead = self._sizes[len(_WIDTHS) * row : len(_WIDTHS) * row + 2]
        yield from range(min(body, BODY_KEYS))
        yield from range(BODY_KEYS, BODY_KEYS + min(lead, LEAD_KEYS))

    def _link(self, row: int) -> None:
        for slot in self._slots(row):
            entry = row * _KEYS + slot
            place = self._key(row, slot) & (len(self._buckets) - 1)
            self._next[entry] = self._buckets[place]
            self._buckets[place] = entry + 1

    def _grow(self) -> None:
        """Twice the buckets, so that a chain stays about one entry long."""
        self._buckets = array("I", [0]) * (2 * len(self._buckets))
        for row in range(len(self._stories)):
            self._link(row)

    def _sketch(self, row: int) -> Sketch:
        own = self._hashes[row * _WIDTH : (row + 1) * _WIDTH]
        sizes = self._sizes[len(_WIDTHS) * row : len(_WIDTHS) * (row + 1)]
        return Sketch(*(tuple(own[start : start + size]) for start, size in zip(_STARTS, sizes, strict=True)))
