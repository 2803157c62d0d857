"""State of the story stage: the story of every article of the last days, and an index of their sketches.

Remembers and finds; it does not decide what is a copy (similarity.py does).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from processors.sketch import Packed, Sketch, packed_of
from processors.story.day_index import DayIndex
from processors.story.places import Places
from processors.story.similarity import Candidate
from schemas.story import StoryMember

_EPOCH = datetime.fromtimestamp(0, UTC)
_DAY = timedelta(days=1)


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
            self._places[day] = Places()
            self._days[day] = DayIndex(self._places[day].story)
            self._clear(max(self._days))
        if day not in self._days:
            return
        story = self._places[day].put(member)
        if story is not None and (packed := packed_or_none(member.signature)) is not None:
            self._days[day].add(story, _second(member.first_seen), packed)

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


def packed_or_none(signature: str) -> Packed | None:
    """None for an article without a word, and for a signature of another make: such an article resembles nothing."""
    try:
        return packed_of(signature) if signature else None
    except ValueError:
        return None


def _day(moment: datetime) -> int:
    return (moment - _EPOCH) // _DAY


def _second(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)
