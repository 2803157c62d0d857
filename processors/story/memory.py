"""State of the story stage: an index of the sketches of the last days, with the stories of their articles.

A day is read from the log when an article first asks for it: an article that comes now asks for three days, and those
before are asked for only by what comes late. Remembers and finds; it does not decide what is a copy (similarity.py
does), and knows no article by its id.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from processors.sketch import Packed, Sketch, packed_of
from processors.story.day_index import DayIndex
from processors.story.similarity import Candidate
from schemas.story import StoryMember

Members = Callable[[datetime], Iterable[StoryMember]]
"""What the log holds of those that were first seen since then, in any order; others may be among them. Raises Hold."""

_EPOCH = datetime.fromtimestamp(0, UTC)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_SECONDS_OF_A_DAY = _DAY // _SECOND
# What comes now may be that much older than what comes next, without a second reading.
_DISORDER = timedelta(hours=6)
# Members of days that are not read yet, which the log may not hold when they are: as many as a few batches have.
_LATER = 4096


class Memory:
    """The articles of the last days by what they can be recognised by. The rest of time is not kept."""

    def __init__(self, window: timedelta, members: Members) -> None:
        self._window = window
        self._members = members
        self._days: dict[int, DayIndex] = {}
        self._since: int | None = None
        """The first day that was read: all that come after it are here."""
        self._later: deque[StoryMember] = deque(maxlen=_LATER)

    def remember(self, member: StoryMember) -> None:
        """Remember an article by its signature. Raises Hold, and nothing is remembered, where it cannot be written."""
        day = _second(member.first_seen) // _SECONDS_OF_A_DAY
        if self._since is None or day < self._since:
            self._later.append(member)
        else:
            _add(self._days, member)
            self._clear()

    def candidates(self, sketch: Sketch, at: datetime) -> Iterator[Candidate]:
        """Those seen within the window of `at` that share a key; the oldest day first. Raises Hold."""
        self._reach(_second(at - self._window - _DISORDER) // _SECONDS_OF_A_DAY)
        start, end = _second(at - self._window), _second(at + self._window)
        for day in range(start // _SECONDS_OF_A_DAY, end // _SECONDS_OF_A_DAY + 1):
            if day in self._days:
                yield from self._days[day].candidates(sketch, start, end)

    def _reach(self, day: int) -> None:
        """Read the days from this one on that were not read yet; all of them or none."""
        day = max(day, self._oldest) if self._days else day
        if self._since is not None and self._since <= day:
            return
        read: dict[int, DayIndex] = {}
        for members in (self._members(_EPOCH + day * _DAY), self._later):
            for member in members:
                seen_on = _second(member.first_seen) // _SECONDS_OF_A_DAY
                if day <= seen_on and (self._since is None or seen_on < self._since):
                    _add(read, member)
        self._days |= read
        self._since = day
        self._later.clear()
        self._clear()

    @property
    def _oldest(self) -> int:
        """The first day that is kept; not fewer, since an article of yesterday may still come."""
        return max(self._days) - reach_of(self._window) // _DAY

    def _clear(self) -> None:
        if self._days and min(self._days) < self._oldest:
            oldest = self._oldest
            self._days = {day: index for day, index in self._days.items() if day >= oldest}


def _add(days: dict[int, DayIndex], member: StoryMember) -> None:
    packed = packed_or_none(member.signature)
    if packed is None:
        return
    second = _second(member.first_seen)
    day = second // _SECONDS_OF_A_DAY
    if day not in days:
        days[day] = DayIndex()
    days[day].add(member.story_id, second, packed)


def reach_of(window: timedelta) -> timedelta:
    """How far back is remembered: twice the window and more, in whole days."""
    return 2 * (window // _DAY + 1) * _DAY


def packed_or_none(signature: str) -> Packed | None:
    """None for an article without a word, and for a signature of another make: such an article resembles nothing."""
    try:
        return packed_of(signature) if signature else None
    except ValueError:
        return None


def _second(moment: datetime) -> int:
    return (moment - _EPOCH) // _SECOND
