"""Story and first sight of each article of one day, and which signature was seen of it last: some 75 bytes each.

Plain arrays, with a hash table of open addressing: a dict and its texts take three times as much. An article is known
by 64 bits of its id: of a million, two are the same once in 37 million.
"""

import zlib
from array import array
from datetime import UTC, datetime, timedelta

from schemas.story import StoryMember

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_FEWEST = 1024


class Places:
    """Articles by row; a story has a number."""

    def __init__(self) -> None:
        self._ids = array("q")
        """Their hashes, as this process makes them."""
        self._seen = array("q")
        self._signatures = array("I")
        self._stories = array("I")
        self._slots = array("I", [0]) * _FEWEST
        """1 + the row of the article whose hash leads here; at most half are taken."""
        self._names = bytearray()
        self._starts = array("I", [0])
        self._elsewhere: dict[str, int] = {}
        """Stories whose first article is of another day, or was not kept."""

    def get(self, id: str) -> tuple[str, datetime] | None:
        """(story id, first seen) of an article that is known."""
        row = self._row(id)
        return None if row is None else (self.story(self._stories[row]), _EPOCH + self._seen[row] * _MICROSECOND)

    def story(self, number: int) -> str:
        """The id of a story."""
        return self._names[self._starts[number] : self._starts[number + 1]].decode()

    def put(self, member: StoryMember) -> int | None:
        """Remember an article; its story's number where its signature is new. The first place that an id was given
        stays."""
        mark = zlib.crc32(member.signature.encode())
        row = self._row(member.id)
        if row is not None:
            is_known = self._signatures[row] == mark
            self._signatures[row] = mark
            return None if is_known else self._stories[row]
        number = self._number(member)
        self._ids.append(hash(member.id))
        self._stories.append(number)
        self._seen.append((member.first_seen - _EPOCH) // _MICROSECOND)
        self._signatures.append(mark)
        if 2 * len(self._ids) > len(self._slots):
            self._grow()
        else:
            self._slots[self._slot(self._ids[-1])] = len(self._ids)
        return number

    def _number(self, member: StoryMember) -> int:
        first = self._row(member.story_id)
        if first is not None and self.story(self._stories[first]) == member.story_id:
            return self._stories[first]
        if (known := self._elsewhere.get(member.story_id)) is not None:
            return known
        number = len(self._starts) - 1
        self._names += member.story_id.encode()
        self._starts.append(len(self._names))
        if member.story_id != member.id:
            self._elsewhere[member.story_id] = number
        return number

    def _row(self, id: str) -> int | None:
        entry = self._slots[self._slot(hash(id))]
        return entry - 1 if entry else None

    def _slot(self, hashed: int) -> int:
        """Where this hash stands, or would."""
        mask = len(self._slots) - 1
        slot = hashed & mask
        while (entry := self._slots[slot]) and self._ids[entry - 1] != hashed:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        self._slots = array("I", [0]) * (2 * len(self._slots))
        for row, hashed in enumerate(self._ids, 1):
            self._slots[self._slot(hashed)] = row
