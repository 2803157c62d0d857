"""State of the story stage: the story of every article of the last days, and an index of their sketches.

Remembers and finds; it does not decide what is a copy (similarity.py does).
"""

import zlib
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from processors.sketch import Sketch, sketch_of
from processors.story.day_index import DayIndex
from processors.story.similarity import Candidate
from schemas.story import StoryMember

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


class Places:
    """Story and first sight of each article of a day, and which signature was seen of it last: some 230 bytes each."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._stories: list[str] = []
        self._seen = array("q")
        self._signatures = array("I")

    def get(self, id: str) -> tuple[str, datetime] | None:
        """(story id, first seen) of an article that is known."""
        row = self._rows.get(id)
        return None if row is None else (self._stories[row], _EPOCH + self._seen[row] * _MICROSECOND)

    def put(self, member: StoryMember) -> bool:
        """Remember an article; whether its signature is new. The first place that an id was given stays."""
        mark = zlib.crc32(member.signature.encode())
        row = self._rows.get(member.id)
        if row is None:
            founder = self._rows.get(member.story_id)
            shared = member.story_id if founder is None else self._stories[founder]
            self._rows[member.id] = len(self._stories)
            self._stories.append(member.id if shared == member.id else shared)
            self._seen.append((member.first_seen - _EPOCH) // _MICROSECOND)
            self._signatures.append(mark)
            return True
        is_new = self._signatures[row] != mark
        self._signatures[row] = mark
        return is_new


class Memory:
    """The articles of the last days: what they can be recognised by, and their places. The rest of time is not kept."""

    def __init__(self, window: timedelta) -> None:
        self._window = window
        self._places: dict[int, Places] = {}
        self._days: dict[int, DayIndex] = {}

    def place(self, id: str) -> tuple[str, datetime] | None:
        """(story id, first seen) of an article of the last days."""
        for day in reversed(self._places):
            if (found := self._places[day].get(id)) is not None:
                return found
        return None

    def remember(self, member: StoryMember) -> None:
        """Remember an article; one that is remembered with this very signature already, is not again."""
        day = _day(member.first_seen)
        if day not in self._days:
            self._places[day], self._days[day] = Places(), DayIndex()
            self._clear(max(self._days))
        if day not in self._days:
            return
        sketch = sketch_or_none(member.signature)
        if self._places[day].put(member) and sketch is not None:
            self._days[day].add(member.story_id, _second(member.first_seen), sketch)

    def candidates(self, sketch: Sketch, at: datetime) -> Iterator[Candidate]:
        """Those seen within the window of `at` that share a key; the oldest day first."""
        start, end = at - self._window, at + self._window
        for day in range(_day(start), _day(end) + 1):
            if day in self._days:
                yield from self._days[day].candidates(sketch, _second(start), _second(end))

    def _clear(self, newest: int) -> None:
        """Delete the days long before the newest one; not sooner, since an article of yesterday may still come."""
        oldest = newest - reach_of(self._window) // _DAY
        for day in [day for day in self._days if day < oldest]:
            del self._days[day], self._places[day]


def reach_of(window: timedelta) -> timedelta:
    """How far back is remembered: twice the window and more, in whole days."""
    return 2 * (window // _DAY + 1) * _DAY


def sketch_or_none(signature: str) -> Sketch | None:
    """None for an article without a word, and for a signature of another make: such an article resembles nothing."""
    try:
        return sketch_of(signature) if signature else None
    except ValueError:
        return None


def _day(moment: datetime) -> int:
    return (moment - _EPOCH) // _DAY


def _second(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)
