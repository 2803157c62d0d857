"""What the story stage remembers of a day: all that shares a key, whenever it is asked first, and on a full disk."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.sketch import Packed, packed_of, signature_of
from processors.story import day_index
from processors.story.day_index import BODY_KEYS, LEAD_KEYS, NEWEST, DayIndex
from processors.story.memory import Memory
from processors.story.scratch import Scratch
from schemas.outcome import Hold
from schemas.story import StoryMember


def packed(text: int) -> Packed:
    """Of a text of a few words, of which its neighbours have most."""
    return packed_of(signature_of("", " ".join(f"w{text * 3 + n}" for n in range(text + 3))))


def keys(one: Packed) -> set[int]:
    return {*one.sketch.body[:BODY_KEYS], *one.sketch.lead[:LEAD_KEYS]}


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=60),
    st.sets(st.integers(0, 59)),
    st.integers(0, 10),
    st.integers(0, 3),
)
def test_all_that_share_a_key_are_found_whenever_it_was_asked_before(
    texts: list[int], asked: set[int], start: int, few: int
) -> None:
    every = [packed(text) for text in texts]
    index = DayIndex()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(day_index, "_FEW", few)
        for number, one in enumerate(every):
            if number in asked:
                list(index.candidates(one.sketch, 0, 99))
            index.add(f"story {number} é", number, one)
        for one in every:
            alike = [n for n, other in enumerate(every) if start <= n <= 40 and keys(one) & keys(other)]
            found = list(index.candidates(one.sketch, start, 40))
            assert [each.story_id for each in found] == [f"story {n} é" for n in alike]
            assert [each.sketch for each in found] == [every[n].sketch for n in alike]


@pytest.mark.parametrize("asked", [0, 100, 199])
def test_of_many_copies_the_newest_are_looked_at(asked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day_index, "_FEW", 30)
    index = DayIndex()
    for number in range(200):
        index.add(str(number), number, packed(40))
        if number == asked:
            list(index.candidates(packed(40).sketch, 0, 999))
    found = [each.story_id for each in index.candidates(packed(40).sketch, 0, 999)]
    assert found == [str(number) for number in range(200 - NEWEST, 200)]


NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


class Log:
    """Members as the log holds them: by day an article of its own and a copy of one text."""

    def __init__(self) -> None:
        self.members = [
            StoryMember(id=f"{day}", story_id=f"{day}", first_seen=NOW - timedelta(days=day), signature=SIGNED)
            for day in range(12, -1, -1)
        ]
        self.asked: list[datetime] = []
        self.fails = False

    def __call__(self, since: datetime) -> Iterator[StoryMember]:
        self.asked.append(since)
        for member in self.members:
            if member.first_seen >= since:
                yield member
                if self.fails:
                    raise Hold("the log is away")


SIGNED = signature_of("", "a b c d e f g h i j k l m n o p")
SKETCH = packed_of(SIGNED).sketch


def found(memory: Memory, days_ago: float) -> list[str]:
    return [one.story_id for one in memory.candidates(SKETCH, NOW - timedelta(days=days_ago))]


def test_a_day_is_read_once_when_an_article_first_asks_for_it() -> None:
    log = Log()
    memory = Memory(timedelta(days=3), log)
    assert found(memory, 0) == ["3", "2", "1", "0"]
    assert found(memory, 0.2) == ["3", "2", "1", "0"]
    assert len(log.asked) == 1
    assert NOW - timedelta(days=5) < log.asked[0] < NOW - timedelta(days=3)
    assert found(memory, 3) == ["6", "5", "4", "3", "2", "1", "0"]
    assert found(memory, 2) == ["5", "4", "3", "2", "1", "0"]
    assert len(log.asked) == 2
    # no further back than twice the window
    assert found(memory, 9) == ["8", "7", "6"]
    assert len(log.asked) == 3
    assert found(memory, 10) == ["8", "7"]
    assert len(log.asked) == 3


def test_what_is_remembered_of_a_day_that_was_not_read_is_found_when_it_is() -> None:
    """An edit, and in the same batch an old copy of it: the log has not got the edit yet."""
    log = Log()
    memory = Memory(timedelta(days=3), log)
    found(memory, 0)
    signed = signature_of("", "x y z w")
    edited = StoryMember(id="e", story_id="5", first_seen=NOW - timedelta(days=5), signature=signed)
    memory.remember(edited)
    sketch = packed_of(signed).sketch
    assert [one.story_id for one in memory.candidates(sketch, NOW - timedelta(days=5))] == ["5"]


def test_a_log_that_goes_away_while_a_day_is_read_is_read_again_and_nothing_is_there_twice() -> None:
    log = Log()
    memory = Memory(timedelta(days=3), log)
    found(memory, 0)
    log.fails = True
    for _ in range(3):
        with pytest.raises(Hold, match="away"):
            found(memory, 3)
    log.fails = False
    assert found(memory, 3) == ["6", "5", "4", "3", "2", "1", "0"]


@given(st.lists(st.binary(max_size=40), max_size=50))
def test_rows_stay_as_they_were_added(rows: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("processors.story.scratch._PORTION", 64)
        scratch = Scratch()
        for number, row in enumerate(rows, 1):
            scratch.append(row)
            assert [scratch[each] for each in range(len(scratch))] == rows[:number]


def appended(scratch: Scratch, row: bytes, folder: str) -> bool:
    known = len(scratch)
    try:
        scratch.append(row)
    except Hold as hold:
        assert (folder in hold.why, "No space left" in hold.why, len(scratch)) == (True, True, known)  # noqa: PT017
        return False
    return True


def test_a_disk_without_room_is_waited_for_and_loses_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("processors.story.scratch._PORTION", 64)
    real, room = os.pwrite, [0]

    def pwrite(file: int, what: bytes, at: int) -> int:
        """As on a disk that fills up in the middle of a write."""
        if room[0] == 0:
            raise OSError(28, "No space left on device")
        written = real(file, bytes(what)[: room[0]], at)
        room[0] -= written
        return written

    monkeypatch.setattr(os, "pwrite", pwrite)
    scratch, rows = Scratch(), [bytes([number]) * 10 for number in range(30)]
    for row in rows:
        while not appended(scratch, row, str(tmp_path)):
            room[0] = 90
    assert [scratch[number] for number in range(30)] == rows
    assert not list(tmp_path.iterdir())
