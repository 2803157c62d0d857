"""An inverted index over the sketches of one day: which articles share a key with a given one. 420 bytes an article.

A hash table in plain arrays: an array of buckets, each the head of a chain of entries (a dict of Python objects takes
fifteen times as much). It is made when the day is first asked: a hundred bytes less for a day that nobody asks.
Finds candidates; decides nothing and knows no window of time.
"""

from array import array
from collections.abc import Callable, Iterator

from processors.sketch import Packed, Sketch
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

_PARTS = 4
_KEYS = BODY_KEYS + LEAD_KEYS
_NO_ENTRIES = array("I", [0]) * _KEYS
_FEWEST_BUCKETS = 1024


class DayIndex:
    """Articles by row, in the order they were added."""

    def __init__(self, story: Callable[[int], str]) -> None:
        """`story`: the id of the story of a number."""
        self._story = story
        self._hashes = array("I")
        self._starts = array("I", [0])
        """Where each row's hashes begin, and where the next one's will."""
        self._sizes = array("B")
        self._stories = array("I")
        self._seen = array("I")
        # An entry is one key of one row, numbered from 1; 0 ends a chain. A bucket holds the newest entry of its chain,
        # and _next the entry before each. A bucket is chosen by the low bits of the key: keys are hashes already.
        self._buckets = array("I")
        self._next = array("I")

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, story: int, seen: int, packed: Packed) -> None:
        """Add an article of the story of this number, first seen in the second `seen` since 1970."""
        self._seen.append(seen)
        self._stories.append(story)
        self._sizes.extend(packed.sizes)
        self._hashes.extend(packed.hashes)
        self._starts.append(len(self._hashes))
        if not self._buckets:
            return
        if len(self._stories) * _KEYS > len(self._buckets):
            self._index()
        else:
            self._link(len(self._stories) - 1)

    def candidates(self, sketch: Sketch, start: int, end: int) -> Iterator[Candidate]:
        """Those seen from `start` to `end` that share a key with the sketch, in the order they were added."""
        if not self._buckets:
            self._index()
        keys = {*sketch.body[:BODY_KEYS], *sketch.lead[:LEAD_KEYS]}
        for row in sorted({row for key in keys for row in self._rows(key)}):
            if start <= self._seen[row] <= end:
                yield Candidate(self._story(self._stories[row]), self._sketch(row))

    def _rows(self, key: int) -> Iterator[int]:
        found = 0
        entry = self._buckets[key & (len(self._buckets) - 1)]
        for _ in range(LONGEST_WALK):
            if not entry or found == NEWEST:
                return
            row, slot = divmod(entry - 1, _KEYS)
            if self._hashes[self._place(row, slot)] == key:
                found += 1
                yield row
            entry = self._next[entry - 1]

    def _place(self, row: int, slot: int) -> int:
        body = slot if slot < BODY_KEYS else self._sizes[_PARTS * row] + slot - BODY_KEYS
        return self._starts[row] + body

    def _index(self) -> None:
        """Make the table anew, with twice the room that is needed: a chain stays about one entry long."""
        self._next = array("I", [0]) * (_KEYS * len(self._stories))
        needed = max(_FEWEST_BUCKETS, len(self._next))
        self._buckets = array("I", [0]) * (1 << needed.bit_length())
        for row in range(len(self._stories)):
            self._link(row)

    def _link(self, row: int) -> None:
        start, mask, buckets, following = self._starts[row], len(self._buckets) - 1, self._buckets, self._next
        body, lead = self._sizes[_PARTS * row], self._sizes[_PARTS * row + 1]
        if len(following) < (row + 1) * _KEYS:
            following.extend(_NO_ENTRIES)
        for first, at, size in ((0, start, min(body, BODY_KEYS)), (BODY_KEYS, start + body, min(lead, LEAD_KEYS))):
            for entry, key in enumerate(self._hashes[at : at + size], row * _KEYS + first + 1):
                following[entry - 1] = buckets[key & mask]
                buckets[key & mask] = entry

    def _sketch(self, row: int) -> Sketch:
        sizes = self._sizes[_PARTS * row : _PARTS * (row + 1)]
        return Packed(sizes.tobytes(), self._hashes[self._starts[row] : self._starts[row + 1]]).sketch
