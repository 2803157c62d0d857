"""An inverted index over the sketches of one day: which articles share a key with a given one. 100 bytes an article.

The keys are one sorted array of numbers, each a key and the row that has it. Sketches themselves, of some 300 bytes,
are looked at only where a key is shared, and stand on a temporary file. Finds candidates; decides nothing and knows no
window of time.
"""

from array import array
from collections.abc import Iterator
from struct import unpack_from

import numpy as np
from numpy.typing import NDArray

from processors.sketch import Packed, Sketch
from processors.story.scratch import Scratch
from processors.story.similarity import Candidate

BODY_KEYS = 8
"""Of the body's lowest hashes, those an article is found by: a copy at the threshold is missed once in 30, one that
is half like once in 250."""
LEAD_KEYS = 2
"""Of the opening's: lead-only copies of long articles share few of the body's."""
NEWEST = 64
"""Articles looked at per key: a thousand copies of one story need no thousand comparisons."""

_KEYS = BODY_KEYS + LEAD_KEYS
# In the place of the keys that a short text has not: a lowest of several hashes is never the highest number.
_NO_KEY = 0xFFFF_FFFF
_NO_KEYS = array("I", [_NO_KEY]) * BODY_KEYS
_KEY_BITS = np.uint64(32)
_ROW = np.uint64(0xFFFF_FFFF)
# Rows that are kept beside the sorted ones: to sort them in costs some milliseconds, whatever their number.
_FEW = 256


class DayIndex:
    """Articles by row, in the order they were added."""

    def __init__(self) -> None:
        self._rows = Scratch()
        self._seen = array("I")
        self._sorted: NDArray[np.uint64] = np.empty(0, np.uint64)
        """A key in the upper half, a row in the lower."""
        self._new = array("I")
        """The keys of the rows that are not sorted in yet, as many of each."""
        self._newest: dict[int, list[int]] = {}
        """Key -> these rows, of the first `_looked_up` of `_new`."""
        self._looked_up = 0

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, story_id: str, seen: int, packed: Packed) -> None:
        """Add an article of this story, first seen in the second `seen` since 1970. Raises Hold (Scratch.append)."""
        self._rows.append(b"".join((packed.sizes, packed.hashes, story_id.encode())))
        self._seen.append(seen)
        body, lead = packed.sizes[0], packed.sizes[1]
        self._add_keys(packed.hashes[: min(body, BODY_KEYS)], BODY_KEYS)
        self._add_keys(packed.hashes[body : body + min(lead, LEAD_KEYS)], LEAD_KEYS)

    def candidates(self, sketch: Sketch, start: int, end: int) -> Iterator[Candidate]:
        """Those seen from `start` to `end` that share a key with the sketch, in the order they were added."""
        if len(self._new) > _FEW * _KEYS:
            self._sort_in()
        keys = [*{*sketch.body[:BODY_KEYS], *sketch.lead[:LEAD_KEYS]}]
        for row in sorted({row for found in self._found(keys) for row in found}):
            if start <= self._seen[row] <= end:
                yield self._candidate(row)

    def _add_keys(self, keys: "array[int]", number: int) -> None:
        self._new.extend(keys)
        if len(keys) < number:
            self._new.extend(_NO_KEYS[: number - len(keys)])

    def _found(self, keys: list[int]) -> Iterator[list[int]]:
        """The newest rows of each key."""
        first = np.array(keys, np.uint64) << _KEY_BITS
        begins = np.searchsorted(self._sorted, first).tolist()
        ends = np.searchsorted(self._sorted, first | _ROW, side="right").tolist()
        self._look_up()
        for key, begin, end in zip(keys, begins, ends, strict=True):
            newest = self._newest.get(key, [])[-NEWEST:]
            if begin < end:
                newest += (self._sorted[max(begin, end - NEWEST + len(newest)) : end] & _ROW).tolist()
            yield newest

    def _look_up(self) -> None:
        """Have the rows that came since the last time among the newest."""
        first = len(self) - len(self._new) // _KEYS
        for at in range(self._looked_up, len(self._new)):
            self._newest.setdefault(self._new[at], []).append(first + at // _KEYS)
        self._looked_up = len(self._new)

    def _sort_in(self) -> None:
        entries = np.frombuffer(self._new, np.uint32).astype(np.uint64)
        entries <<= _KEY_BITS  # in place, as the next ones: of a large day each copy takes as much as all of its index
        entries |= np.repeat(np.arange(len(self) - len(entries) // _KEYS, len(self), dtype=np.uint64), _KEYS)
        entries.sort()
        if len(self._sorted):
            entries = np.insert(self._sorted, np.searchsorted(self._sorted, entries), entries)
        self._sorted = entries
        self._new, self._newest, self._looked_up = array("I"), {}, 0

    def _candidate(self, row: int) -> Candidate:
        kept = self._rows[row]
        body, lead, title, particulars = kept[:4]
        hashes = unpack_from(f"={body + lead + title + particulars}I", kept, 4)
        title_begins, title_ends = body + lead, body + lead + title
        parts = hashes[:body], hashes[body:title_begins], hashes[title_begins:title_ends], hashes[title_ends:]
        return Candidate(kept[4 + 4 * len(hashes) :].decode(), Sketch(*parts))
