"""Two questions of a page asked at once."""

from threading import Event

import pytest

from web.pages.at_once import at_once


def test_both_answers_come_and_one_may_wait_for_the_other() -> None:
    asked, answered = Event(), Event()

    def one() -> int:
        asked.set()
        assert answered.wait(10)
        return 1

    def other() -> str:
        assert asked.wait(10)
        answered.set()
        return "two"

    assert at_once(one, other) == (1, "two")


def test_what_either_raises_is_raised_when_both_have_ended() -> None:
    ended = Event()

    def wrong() -> int:
        raise ValueError("no place")

    with pytest.raises(ValueError, match="no place"):
        at_once(lambda: 1, wrong)
    with pytest.raises(ValueError, match="no place"):
        at_once(wrong, ended.set)
    assert ended.is_set()
